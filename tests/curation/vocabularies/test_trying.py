"""A group of synonyms tried before it is saved: what the list of cases gives now, and what it would give then."""

import pytest

from curation.vocabularies import trying
from curation.vocabularies.trying import MOST_QUERIES, own_words, trial
from listing import indexed
from records.operations import Operation
from search.models import Synonym
from search.service import Building
from tests.factories import make_case
from tests.staff import address, change_page, curator, filled, staff_with
from tests.web import page_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    make_case("Trams", slug="trams", summary="A tram, a tram and a tram.")
    make_case("A tramway", slug="tramway", summary="A streetcar line to the harbour.")
    make_case("Boats", slug="boats", summary="A harbour for boats.")


def slugs(difference):
    return [place.case.slug for place in difference.places]


def one(*queries, **groups):
    (compared,) = trial(queries, **groups).compared
    return compared


@pytest.mark.parametrize(
    "query", ["streetcar", "tram", "tram harbour", "harbour -tram", '"tram"', "rail", "street car"]
)
def test_what_is_told_is_what_the_list_gives_before_and_after_saving(client, cases, query):
    group = Synonym.objects.create(words="rail\ntram", reason="r")
    typed = Synonym(pk=group.pk, words="tram\nstreetcar", only_typed="rail\nstreet car", reason="r")
    compared = one(query, changed=[typed])
    before = page_ids(client, f"q={query}")
    typed.save()
    page = client.get("/cases/", {"q": query})
    after = page_ids(client, f"q={query}")
    assert slugs(compared.come) == [slug for slug in after if slug not in before]
    assert slugs(compared.go) == [slug for slug in before if slug not in after]
    assert (compared.now.count, compared.then.count) == (len(before), len(after))
    assert compared.then.near == len(page.context["near"])
    assert [(place.now, place.then) for place in compared.moved.places] == [
        (before.index(slug) + 1, after.index(slug) + 1)
        for slug in after
        if slug in before and before.index(slug) != after.index(slug)
    ]


def test_places_are_compared_on_the_first_page_and_the_rest_is_counted(cases):
    group = Synonym.objects.create(words="harbour\nport", reason="r")
    other_things = "Of other things. " * 40
    for n in range(25):
        make_case(f"Pier {n}", slug=f"pier-{n}", summary=f"A port. {other_things}")
    compared = one("harbour", changed=[Synonym(pk=group.pk, words="harbour\nquay")])
    assert (compared.now.count, compared.then.count) == (27, 2)
    assert (len(compared.go.places), compared.go.more, compared.go.count) == (20, 5, 25)
    for _ in range(60):
        make_case("Something else")
    make_case("Quay", slug="quay", summary=f"A port. {other_things * 2}")
    compared = one("port", changed=[Synonym(pk=group.pk, words="harbour\nport\nquay")])
    assert (compared.come.count, compared.go.count, compared.now.count) == (0, 0, 28)
    moved = {place.case.slug: (place.now, place.then) for place in compared.moved.places}
    now, then = moved.pop("quay")
    assert (now, then <= 3) == (28, True)
    assert sorted(moved.values()) == [(place, place + 1) for place in range(then, trying.FIRST + 1)]


def test_a_query_that_a_group_says_nothing_of_is_the_same_on_both_sides(cases):
    compared = one("harbour", changed=[Synonym(words="tram\nstreetcar")])
    assert compared.is_same
    assert compared.now.count == 2


def test_what_a_group_that_goes_takes_with_it(cases):
    group = Synonym.objects.create(words="tram\nstreetcar", reason="r")
    assert slugs(one("streetcar", gone=[group]).go) == ["trams"]


def test_how_a_query_is_understood_is_told_on_both_sides(cases):
    compared = one("harbor trolley", changed=[Synonym(words="trolley\nstreetcar")])
    assert (compared.now.is_partial, compared.then.is_partial) == (True, False)
    compared = one("streetcarr", changed=[Synonym(words="streetcarr\ntram")])
    assert compared.now.corrections == [("streetcarr", "streetcar")]
    assert compared.then.corrections == []


def test_drafts_are_not_told_of(cases):
    make_case("A draft", slug="draft", summary="A velocipede.", state="draft")
    assert one("tram", changed=[Synonym(words="tram\nvelocipede")]).is_same


def test_what_the_list_does_not_take_is_told_with_its_message(cases):
    compared = one("tram\x01")
    assert "invisible characters" in compared.problems[0]


def test_without_a_query_the_words_are_tried_those_first_that_are_new_or_gone(cases):
    group = Synonym.objects.create(words="tram\nstreetcar", only_typed="rail", reason="r")
    typed = Synonym(pk=group.pk, words="tram\ntrolley", only_typed="rail")
    assert own_words([typed]) == ["trolley", "streetcar", "tram", "rail"]
    assert own_words([], [group]) == ["tram", "streetcar", "rail"]
    made = trial([], changed=[typed])
    assert made.is_own
    assert [each.query for each in made.compared] == ["trolley", "streetcar", "tram", "rail"]


def test_too_many_words_are_counted(cases):
    words = "\n".join(f"word{n}x" for n in range(MOST_QUERIES + 3))
    made = trial([], changed=[Synonym(words=words)])
    assert (len(made.compared), made.left_out) == (MOST_QUERIES, 3)


def test_while_the_index_is_built_nothing_is_compared(monkeypatch, cases):
    def building(index):
        raise Building

    monkeypatch.setattr(indexed, "snapshot", building)
    assert trial(["tram"]).is_building


# --- the pages


def tried(client, url, **typed):
    return client.post(url, {**filled(client, url, **typed), "_try": "Try"})


def test_the_page_comes_back_as_it_was_typed_with_the_comparison_and_nothing_is_saved(cases):
    group = Synonym.objects.create(words="tram\nrail", reason="r")
    client = curator()
    page = tried(
        client,
        change_page(group),
        words="tram\nstreetcar",
        only_typed="rail",
        reason="new",
        queries="streetcar\nboats",
        reason_for_change="why not",
    )
    html = page.content.decode()
    assert page.status_code == 200
    form = page.context["adminform"].form
    names = ("words", "only_typed", "reason", "queries", "reason_for_change")
    assert [form[name].value() for name in names] == [
        "tram\nstreetcar",
        "rail",
        "new",
        "streetcar\nboats",
        "why not",
    ]
    assert "errornote" not in html
    assert [each.query for each in page.context["trial"].compared] == ["streetcar", "boats"]
    assert 'href="/cases/trams/"' in html
    assert 'href="/cases/?q=streetcar"' in html
    group.refresh_from_db()
    assert (group.words, group.only_typed, group.reason) == ("tram\nrail", "", "r")
    assert not Operation.objects.exists()


def test_a_new_group_is_tried_before_its_reason_is_written(cases):
    client = curator()
    page = client.post(address(Synonym, "add"), {"words": "tram\nstreetcar", "_try": "Try"})
    made = page.context["trial"]
    assert slugs(next(each for each in made.compared if each.query == "streetcar").come) == ["trams"]
    assert page.context["adminform"].form.errors == {}
    assert not Synonym.objects.exists()
    page = client.post(address(Synonym, "add"), {"words": "tram\nstreetcar", "_save": "Save"})
    assert "reason" in page.context["adminform"].form.errors


def test_what_is_no_group_is_marked_and_not_tried(cases):
    page = curator().post(address(Synonym, "add"), {"words": "tram", "_try": "Try"})
    assert page.context["trial"] is None
    assert "words" in page.context["adminform"].form.errors
    assert "Correct what is marked above" in page.content.decode()


def test_too_many_queries_are_refused_when_tried_and_no_reason_not_to_save(cases):
    client = curator()
    data = {"words": "tram\nstreetcar", "reason": "r", "queries": "\n".join("abcdefghijklmnopqrstuvw")}
    page = client.post(address(Synonym, "add"), data | {"_try": "Try"})
    assert "These are 23 queries: try at most 20 at once." in page.content.decode()
    assert page.context["trial"] is None
    assert client.post(address(Synonym, "add"), data | {"_save": "Save"}).status_code == 302
    assert Synonym.objects.count() == 1


def test_a_group_is_saved_with_the_reason_for_the_change(cases):
    group = Synonym.objects.create(words="tram\nrail", reason="r")
    client, url = curator(), change_page(group)
    client.post(url, filled(client, url, words="tram\nstreetcar", queries="tram", reason_for_change="better"))
    assert Operation.objects.get().reason == "better"


def test_the_page_of_deleting_says_what_goes_out(cases):
    group = Synonym.objects.create(words="tram\nstreetcar", reason="r")
    client, url = curator(), address(Synonym, "delete", group.pk)
    made = client.get(url).context["trial"]
    assert {each.query: slugs(each.go) for each in made.compared} == {
        "tram": ["tramway"],
        "streetcar": ["trams"],
    }
    page = client.get(url, {"queries": "streetcar line\nboats"})
    assert [each.query for each in page.context["trial"].compared] == ["streetcar line", "boats"]
    assert Synonym.objects.exists()
    client.post(url, {"post": "yes", "reason_for_change": "not the same"})
    assert not Synonym.objects.exists()
    assert Operation.objects.get().reason == "not the same"


def test_whoever_may_only_look_tries_nothing(cases):
    group = Synonym.objects.create(words="tram\nrail", reason="r")
    client = staff_with("search.view_synonym")
    page = client.get(change_page(group))
    assert page.status_code == 200
    assert 'name="_try"' not in page.content.decode()
    assert client.post(change_page(group), {"words": "a\nb", "_try": "Try"}).status_code == 403
    assert client.post(address(Synonym, "add"), {"words": "a\nb", "_try": "Try"}).status_code == 403


def test_a_trial_reads_as_many_rows_whatever_the_number_of_cases(cases, django_assert_max_num_queries):
    for n in range(40):
        make_case(f"Ports {n}", summary="A port.")
    changed = [Synonym(words="boats\nport")]
    trial(["boats"], changed=changed)
    with django_assert_max_num_queries(12):
        trial(["boats"], changed=changed)
    assert trying.FIRST == 20
