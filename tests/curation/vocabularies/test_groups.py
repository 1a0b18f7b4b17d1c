"""Groups of synonyms merged and split: one operation, taken back whole, and left alone by the loader."""

import pytest
from django.core.management import call_command

from curation.merging.merge import state_of
from curation.vocabularies import groups
from curation.vocabularies.groups import Changed, merge, parted, split, union
from records.operations import Operation
from records.plain import plain
from records.reverting import undo
from search import seeds
from search.models import Synonym
from search.seeds import Seed
from tests.factories import make_case
from tests.staff import act, address, change_page, curator, staff_with, told
from tests.web import page_ids

pytestmark = pytest.mark.django_db
BIKE = Seed("bike", "bike\nbicycle", "", "One vehicle.")
CYCLE = Seed("cycle", "velocipede\nbicycles", "cycling", "An old word.")
SEEDS = [BIKE, CYCLE]


def everything() -> dict:
    return {row.pk: plain(row) for row in Synonym.with_gone.all()}


@pytest.fixture
def two():
    seeds.load(SEEDS)
    return Synonym.objects.get(key="bike"), Synonym.objects.get(key="cycle")


def merged(*chosen, kept=None, why="One thing."):
    kept = kept or chosen[0]
    changed = Synonym(pk=kept.pk, **union(chosen).values)
    others = [group for group in chosen if group.pk != kept.pk]
    return merge(changed, others, state_of(chosen), None, why)


# --- merging


def test_a_union_holds_each_word_once_as_search_tells_them_apart():
    one = Synonym(pk=1, words="bike\nbicycle", only_typed="pedal", reason="One vehicle.")
    two = Synonym(pk=2, words="bicycles\nvelocipede\npedals", only_typed="ride", reason="An old word.")
    three = Synonym(pk=3, words="organisation\norganization", only_typed="rides", reason="One vehicle.")
    made = union([one, two, three])
    assert made.words == ["bike", "bicycle", "velocipede", "pedals", "organisation", "organization"]
    assert made.only_typed == ["ride"]
    assert made.reason == "One vehicle.\nAn old word."
    assert [(each.word, each.group.pk, each.same, each.is_word) for each in made.doubles] == [
        ("bicycles", 2, "bicycle", False),
        ("pedal", 1, "pedals", True),
        ("rides", 3, "ride", False),
    ]
    assert [(group.pk, doubled) for group, doubled in made.said] == [(1, False), (2, False), (3, True)]


def test_a_reason_within_a_longer_one_is_a_double_whichever_comes_first():
    short, long = Synonym(reason="One vehicle."), Synonym(reason="One vehicle. Both are used.")
    assert [doubled for _group, doubled in union([short, long]).said] == [True, False]
    assert union([short, long]).reason == "One vehicle. Both are used."


def test_one_group_stays_with_the_words_of_all_and_finds_by_them(client, two):
    bike, cycle = two
    make_case("Sheds for bikes", slug="shed")
    assert page_ids(client, "q=velocipede") == []
    done = merged(bike, cycle)
    bike.refresh_from_db()
    assert (bike.members, bike.only_typed) == (["bike", "bicycle", "velocipede"], "cycling")
    assert bike.reason == "One vehicle.\nAn old word."
    assert list(Synonym.objects.all()) == [bike]
    assert (done.kind, done.reason) == (Operation.Kind.MERGE, "One thing.")
    assert done.changes.count() == 2
    assert page_ids(client, "q=velocipede") == page_ids(client, "q=cycling") == ["shed"]


@pytest.mark.parametrize("stays", [0, 1])
def test_loading_brings_no_merged_group_back_and_undo_parts_them_again(two, stays):
    before = everything()
    done = merged(*two, kept=two[stays])
    after = everything()
    assert seeds.load(SEEDS).added == seeds.load(SEEDS).changed == []
    newer = [Seed(seed.key, seed.words + "\nwheels", "", "Newer.") for seed in SEEDS]
    report = seeds.load(newer)
    assert (report.kept, report.removed) == ([SEEDS[stays].key], [SEEDS[1 - stays].key])
    assert everything() == after
    undo(done, None, "They differ.")
    assert everything() == before
    assert str(seeds.load(SEEDS)) == "unchanged"


def test_a_group_made_here_is_merged_and_comes_back_with_its_number(two):
    own = Synonym.objects.create(words="penny-farthing\nhigh wheeler", reason="Both old.")
    before = everything()
    done = merged(two[0], own)
    assert not Synonym.with_gone.filter(pk=own.pk).exists()
    undo(done, None, "They differ.")
    assert everything() == before
    done = merged(own, two[0])  # and the other way: what came with the catalogue goes
    assert seeds.load(SEEDS).removed == ["bike"]
    undo(done, None, "They differ.")
    assert everything() == before


def test_groups_that_somebody_changed_meanwhile_are_not_merged(two):
    bike, cycle = two
    seen = state_of(two)
    Synonym.objects.filter(pk=cycle.pk).update(words="velocipede\nwheels")
    before = everything()
    with pytest.raises(Changed):
        merge(Synonym(pk=bike.pk, **union(two).values), [cycle], seen, None, "One thing.")
    cycle.delete()
    with pytest.raises(Changed):
        merge(Synonym(pk=bike.pk, **union(two).values), [cycle], seen, None, "One thing.")
    assert everything()[bike.pk] == before[bike.pk]
    assert not Operation.objects.exists()


def test_the_synonyms_of_the_catalogue_stay_merged_and_split_when_it_is_loaded_again(catalogue):
    one, two, three = Synonym.objects.order_by("pk")[:3]
    merging = merged(one, two)
    parts = parted(three, three.members[1:], three.members[:1] * 2)
    parts[0].only_typed = parts[1].only_typed = "pedalling"
    splitting = split(three, parts, state_of([three]), None, "Two things.")
    after = everything()
    call_command("load_catalogue", verbosity=0)
    assert everything() == after
    for done in (splitting, merging):
        undo(done, None, "Not so.")
    assert Synonym.objects.count() == len(after) - 1
    before = everything()
    call_command("load_catalogue", verbosity=0)
    assert everything() == before


# --- splitting


def test_the_words_that_leave_become_a_group_of_their_own_and_one_may_stand_in_both(client):
    group = Synonym.objects.create(words="bike\nbicycle\nmotorbike\nmoped", only_typed="ride", reason="r")
    make_case("Sheds for bicycles", slug="shed")
    before = everything()
    parts = parted(group, {"bike", "bicycle"}, {"bike", "motorbike", "moped", "ride"})
    parts[1].reason = "With an engine."
    done = split(group, parts, state_of([group]), None, "Two things.")
    stays, leaves = Synonym.objects.order_by("pk")
    assert (stays.pk, stays.members, stays.only_typed) == (group.pk, ["bike", "bicycle"], "")
    assert (leaves.members, leaves.only_typed) == (["bike", "motorbike", "moped"], "ride")
    assert (stays.reason, leaves.reason) == ("r", "With an engine.")
    assert page_ids(client, "q=moped") == []
    assert page_ids(client, "q=bike") == ["shed"]
    assert (done.kind, done.reason, done.changes.count()) == (Operation.Kind.MERGE, "Two things.", 2)
    undo(done, None, "Not so.")
    assert everything() == before


def test_loading_does_not_put_a_split_group_together_again(two):
    bike = two[0]
    Synonym.objects.filter(pk=bike.pk).update(only_typed="wheels")
    bike.refresh_from_db()
    before = everything()
    done = split(
        bike, parted(bike, {"bike", "wheels"}, {"bicycle", "wheels"}), state_of([bike]), None, "Two."
    )
    after = everything()
    assert seeds.load(SEEDS).kept == ["bike"]
    assert everything() == after
    undo(done, None, "Not so.")
    assert everything() == before


def test_a_group_that_somebody_changed_meanwhile_is_not_split(two):
    bike, seen = two[0], state_of(two[:1])
    Synonym.objects.filter(pk=bike.pk).update(reason="Another.")
    with pytest.raises(Changed):
        split(bike, parted(bike, {"bike"}, {"bicycle"}), seen, None, "Two things.")
    assert Synonym.objects.count() == 2
    assert groups.FIELDS == ("words", "only_typed", "reason")


# --- the pages


def merge_page(*chosen) -> str:
    return f"{address(Synonym)}merge/?ids={','.join(str(group.pk) for group in chosen)}"


def sent(page, **typed) -> dict:
    """What a browser would send from the page of merging or splitting, with this typed in."""
    form = page.context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    data |= {name: page.context[name] for name in ("ids", "seen") if name in page.context}
    return {**data, **typed}


def test_groups_are_chosen_in_the_list_looked_at_and_merged(two):
    make_case("Sheds for bikes", slug="shed")
    client = curator()
    page = act(client, Synonym, "merge_selected", *two)
    html = page.content.decode()
    assert "“bicycles” of “velocipede, bicycles” is the same as “bicycle” to search" in html
    assert page.context["form"]["words"].value() == "bike\nbicycle\nvelocipede"
    url = page.request["PATH_INFO"]
    page = client.post(url, sent(page, kept=two[1].pk, words="bike\nvelocipede", preview="1"))
    tried = {each.query: each.come.count for each in page.context["trial"].compared}
    assert tried["velocipede"] == 1
    assert page.context["form"]["words"].value() == "bike\nvelocipede"
    assert Synonym.objects.count() == 2
    page = client.post(url, sent(page, confirm="1"))
    assert "reason_for_change" in page.context["form"].errors
    page = client.post(url, sent(page, reason_for_change="One thing.", confirm="1"), follow=True)
    assert "These are one group now: “bike, velocipede”" in told(page)
    kept = Synonym.objects.get()
    assert (kept.pk, kept.key, kept.members) == (two[1].pk, "cycle", ["bike", "velocipede"])
    operation = Operation.objects.get()
    assert (operation.reason, operation.by) == ("One thing.", "curator")


def test_what_was_merged_or_split_meanwhile_is_looked_at_again(two):
    client = curator()
    page = client.get(merge_page(*two))
    data = sent(page, reason_for_change="One.", confirm="1")
    Synonym.objects.filter(pk=two[0].pk).update(reason="Another.")
    page = client.post(f"{address(Synonym)}merge/", data)
    assert "Somebody changed this meanwhile" in told(page)
    assert "Another." in page.content.decode()
    url = address(Synonym, "split", two[1].pk)
    data = sent(client.get(url), stays=["velocipede", "cycling"], leaves=["bicycles", "cycling"])
    data |= {"new_reason": "n", "reason_for_change": "w", "confirm": "1"}
    Synonym.objects.filter(pk=two[1].pk).update(reason="Another.")
    assert "Somebody changed this meanwhile" in told(client.post(url, data))
    assert Synonym.objects.count() == 2


@pytest.mark.parametrize("ids", ["", "1", "x", "1,1", "9" * 30, "0,99999", "both,99999"])
def test_a_merge_of_what_is_not_there_leads_back_to_the_list(two, ids):
    ids = ids.replace("both", f"{two[0].pk},{two[1].pk}")
    answer = curator().get(f"{address(Synonym)}merge/", {"ids": ids}, follow=True)
    assert "Tick from two to 6 records that are still there." in told(answer)


def test_a_merge_of_words_that_mean_nothing_to_search_is_refused_with_what_was_typed(two):
    client = curator()
    page = client.get(merge_page(*two))
    data = sent(page, words="bike\nbikes", reason_for_change="One.", confirm="1")
    page = client.post(f"{address(Synonym)}merge/", data)
    assert "“bikes” is the same as “bike” to search." in page.context["form"].errors["words"]
    assert page.context["form"]["reason_for_change"].value() == "One."
    page = client.post(f"{address(Synonym)}merge/", data | {"kept": "99999"})
    assert "kept" in page.context["form"].errors
    assert Synonym.objects.count() == 2


def test_a_group_is_split_from_its_page(two):
    cycle = two[1]
    client, url = curator(), address(Synonym, "split", two[1].pk)
    assert url in client.get(change_page(cycle)).content.decode()
    page = client.get(url)
    assert page.context["form"].rows == [
        ("velocipede", False, True, False),
        ("bicycles", False, True, False),
        ("cycling", True, True, False),
    ]
    ticked = {"stays": ["velocipede", "cycling"], "leaves": ["bicycles", "cycling"]}
    page = client.post(url, sent(page, **ticked, preview="1"))
    assert page.context["trial"].is_own
    assert "The new group: bicycles" in page.content.decode()
    page = client.post(url, sent(page, confirm="1"))
    assert {"new_reason", "reason_for_change"} == page.context["form"].errors.keys()
    said = {"new_reason": "A vehicle.", "reason_for_change": "Two things."}
    page = client.post(url, sent(page, **said, confirm="1"), follow=True)
    assert "“bicycles” is a group of its own now." in told(page)
    assert "“cycling” stands in another group, too" in told(page)
    assert Operation.objects.get().reason == "Two things."
    assert Synonym.objects.get(key=None).reason == "A vehicle."


@pytest.mark.parametrize(
    ("stays", "leaves", "field", "problem"),
    [
        (["velocipede"], ["bicycles"], "stays", "In neither group: cycling."),
        (["velocipede", "bicycles", "cycling"], ["cycling"], "leaves", "At least one word has to leave"),
        (["velocipede", "bicycles"], ["cycling"], "leaves", "Give at least two"),
        (["velocipede"], ["bicycles", "cycling"], "stays", "Give at least two"),
        (["velocipede", "cycling"], ["bicycles", "boats"], "leaves", "boats is not one of"),
    ],
)
def test_a_split_that_makes_no_two_groups_is_refused(two, stays, leaves, field, problem):
    client, url = curator(), address(Synonym, "split", two[1].pk)
    data = sent(
        client.get(url), stays=stays, leaves=leaves, new_reason="n", reason_for_change="w", confirm="1"
    )
    page = client.post(url, data)
    assert problem in str(page.context["form"].errors[field])
    assert Synonym.objects.count() == 2


def test_many_deleted_at_once_are_one_operation_that_can_be_undone(two):
    before = everything()
    data = {"action": "delete_selected", "_selected_action": [group.pk for group in two], "post": "yes"}
    curator().post(address(Synonym), data)
    assert not Synonym.objects.exists()
    undo(Operation.objects.get(), None, "Not so.")
    assert everything() == before


def test_the_history_of_a_group_that_was_merged_away_leads_to_bringing_it_back(two):
    before = everything()
    done = merged(*two)
    client = curator()
    page = client.get(address(Synonym, "history", two[1].pk))
    assert address(Synonym, "restore", two[1].pk) in page.content.decode()
    answer = client.get(address(Synonym, "restore", two[1].pk))
    assert answer["Location"] == address(Operation, "undo", done.pk)
    client.post(answer["Location"], {"reason_for_change": "They differ."})
    assert everything() == before
    assert client.get(address(Synonym, "restore", two[1].pk)).status_code == 302
    assert staff_with("search.change_synonym").get(address(Synonym, "restore", 1)).status_code == 403


@pytest.mark.parametrize(
    "rights",
    [
        ("search.view_synonym", "search.change_synonym", "search.delete_synonym"),
        ("search.view_synonym", "curation.merge_records", "search.change_synonym"),
        ("search.view_synonym", "search.add_synonym", "search.delete_synonym"),
    ],
)
def test_nobody_merges_or_splits_without_the_rights_not_even_by_hand(two, rights):
    client = staff_with(*rights)
    for url in (merge_page(*two), address(Synonym, "split", two[0].pk)):
        assert client.get(url).status_code == client.post(url, {"confirm": "1"}).status_code == 403
    assert "merge_selected" not in client.get(address(Synonym)).content.decode()
    assert address(Synonym, "split", two[0].pk) not in client.get(change_page(two[0])).content.decode()
    assert Synonym.objects.count() == 2
