import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeGoal, InitiativeTheme, NoveltyClaim
from tests import factories as make
from tests.web import body_of, ids, json_of, page_ids

pytestmark = pytest.mark.django_db


def test_titles_in_order_by_default_and_turned(client):
    for title in ("beta", "Alpha", "gamma"):
        make.make_case(title, slug=title.lower())
    assert page_ids(client) == ids(client) == ids(client, "sort=title") == ["alpha", "beta", "gamma"]
    assert ids(client, "sort=-title") == ["gamma", "beta", "alpha"]


def test_by_city_slugs_breaking_ties(client):
    b, a = make.make_city("Bijie"), make.make_city("aachen")
    for slug, city in [("3", b), ("2", b), ("1", a)]:
        make.make_case("T", slug=slug, city=city)
    assert ids(client, "sort=city") == ["1", "2", "3"]
    assert ids(client, "sort=-city") == ["2", "3", "1"]


def test_newest_by_the_start_unknown_last_both_ways(client):
    for slug, started in [("a", "2017"), ("b", ""), ("c", "2018-06"), ("d", "2017-11")]:
        make.make_case("T", slug=slug, started=started)
    assert ids(client, "sort=newest") == ["c", "d", "a", "b"]
    assert ids(client, "sort=-newest") == ["a", "d", "c", "b"]


def test_by_the_largest_printed_population_none_last_both_ways(client):
    big, small, mute = (
        make.make_city("Big", population=5),
        make.make_city("Small", population=900),
        make.make_city(),
    )
    make.make_population(big, 1000)
    make.make_population(big, None)
    make.make_population(small, 2000, hidden=True)
    make.make_population(mute, None)
    for slug, city in [("big", big), ("small", small), ("none", mute)]:
        make.make_case("T", slug=slug, city=city)
    assert ids(client, "sort=population") == ["big", "small", "none"]
    assert ids(client, "sort=-population") == ["small", "big", "none"]


def test_relevance_is_the_best_match_first_and_a_word_in_the_title_weighs_more(client):
    make.make_case("Water and park", slug="both", summary="")
    make.make_case("Water", slug="one", summary="park")
    make.make_case("Aqueduct", slug="none", summary="water, park")
    make.make_case("Another park", slug="tie", summary="water")
    best = ids(client, "q=water+park")
    assert best == ids(client, "q=water+park&sort=relevance") == page_ids(client, "q=water+park")
    assert (best[0], sorted(best[1:3]), best[3]) == ("both", ["one", "tie"], "none")
    assert ids(client, "q=water+park&sort=-relevance") == best[::-1]
    assert page_ids(client, "q=water+park&sort=-relevance") == best[::-1]
    assert ids(client, "q=water+park&sort=title") == ["tie", "none", "one", "both"]


def test_relevance_without_words_is_the_order_of_titles(client):
    for title in ("b", "A"):
        make.make_case(title, slug=title.lower())
    assert ids(client, "sort=relevance") == ids(client, "sort=-relevance") == ["a", "b"]


def _many_cases(count: int) -> None:
    """Cases made in bulk, each in a city, with two themes, two goals, a claim."""
    first = Initiative.objects.count()
    themes = list(make.Theme.objects.all()) or [make.make_theme() for _ in range(8)]
    goals = [make.make_goal(number) for number in range(1, 18)]
    cities = list(make.City.objects.all()) or [make.make_city(population=n) for n in range(1, 9)]
    programme = make.Programme.objects.first() or make.make_programme()
    cases = Initiative.objects.bulk_create(
        Initiative(
            slug=f"case-{n:04}",
            title=f"Case {n:04}",
            city=cities[n % 8],
            programme=programme,
            state=make.PUBLISHED,
            started=str(2000 + n % 20),
        )
        for n in range(first, first + count)
    )
    for step in (0, 3):
        InitiativeTheme.objects.bulk_create(
            InitiativeTheme(initiative=case, theme=themes[(n + step) % 8], reason="r")
            for n, case in enumerate(cases)
        )
        InitiativeGoal.objects.bulk_create(
            InitiativeGoal(initiative=case, goal=goals[(n + step) % 17], reason="r")
            for n, case in enumerate(cases)
        )
    NoveltyClaim.objects.bulk_create(
        NoveltyClaim(initiative=c, kind="incremental", said_by="x") for c in cases[::2]
    )


def _queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
        body_of(response)
    return len(queries)


def _queries_of_each(client, addresses: list[str]) -> list[int]:
    """The queries of each page, once the index holds the cases: bringing many in is the work of another."""
    client.get("/cases/")
    return [_queries(client, address) for address in addresses]


EVERYTHING = (
    "q=case&city={city}&country=china&theme={theme}&goal=1&goal=2&programme={programme}&started=2001&started=unknown"
    "&novelty=incremental&novelty=none&sort=-population"
)


def test_a_page_costs_the_same_few_queries_at_any_size(client):
    _many_cases(14)
    everything = EVERYTHING.format(
        city=make.City.objects.first().slug,
        theme=make.Theme.objects.first().slug,
        programme=make.Programme.objects.first().slug,
    )
    addresses = [
        "/cases/",
        "/cases/?page=1&sort=population",
        f"/cases/?{everything}",
        "/cases/?q=case&theme=&goal=3",
    ]
    addresses += ["/cases.csv", f"/cases.json?{everything}"]
    few = _queries_of_each(client, addresses)
    _many_cases(286)
    assert _queries_of_each(client, addresses) == few
    assert max(few) < 30


def test_the_page_that_brings_a_change_into_the_index_costs_few_queries_too(client):
    _many_cases(14)
    client.get("/cases/")
    few = []
    for title in ("Waterworks", "Fountains"):
        Initiative.objects.filter(slug="case-0003").update(title=title)
        few.append(_queries(client, f"/cases/?q={title}&sort=title"))
        assert ids(client, f"q={title}") == ["case-0003"]
        _many_cases(286)
        client.get("/cases/")
    assert few[0] == few[1] < 40


def test_all_rows_of_a_large_list_once_each(client):
    _many_cases(1201)
    found = ids(client, "sort=population")
    assert len(found) == len(set(found)) == json_of(client, "/cases.json")["count"] == 1201
