"""Merging: everything moves, nothing is lost silently, addresses lead on, and taking it back restores all of it."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Initiative, Organisation
from cities.models import City, CityFigures, Figure
from curation.merging.merge import BOTH, KEPT, OTHER, Refused, look, merge, state_of
from curation.merging.names import choosable
from curation.merging.relations import relations
from records.models import FormerSlug, LoadedRecord, Publishable
from records.operations import Operation
from records.reverting import undo
from tests.curation.merging.hangings import KINDS, World, counts, everything, partner_of
from tests.factories import make_case, make_city
from tests.web import csv_rows

pytestmark = pytest.mark.django_db


def do(kept, *others, fields=None, choose=KEPT, **choices):
    """Merges, deciding every pair of rows that differ by `choose` where `choices` say nothing."""
    report = look(kept, others, fields or {}, {})
    made = {}
    while report.undecided:
        made |= {each.name: choose if choose in each.choices else KEPT for each in report.undecided}
        report = look(kept, others, fields or {}, made)
    seen = state_of([kept, *others])
    return merge(kept, others, fields or {}, {**made, **choices}, None, "The same.", seen)


def hung(world, city, kinds):
    for number, kind in enumerate(kinds):
        world.hang(city, kind, KINDS.index(kind) % 2 if kind == "f" else number)


def test_all_that_hangs_on_a_city_moves_to_the_one_that_stays():
    world, kept, gone = World(), make_city("Bijie"), make_city("Bi Jie")
    for number, kind in enumerate(KINDS):
        world.hang(gone, kind, number % 2)
    before = counts()
    report = do(kept, gone)
    assert not City.objects.filter(pk=gone.pk).exists()
    for relation in relations(City):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: kept})
        key = f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        assert rows.count() == report.moved[key].after
    after = counts()
    # Gone: the city. New: the address that leads on, and the mark that keeps the loader from bringing it back.
    differing = {label: after[label] - count for label, count in before.items() if after[label] != count}
    assert differing == {"cities.City": -1, "records.FormerSlug": 1, "records.LoadedRecord": 1}


hangings = st.lists(
    st.tuples(st.booleans(), st.sampled_from(KINDS), st.integers(0, 2)), max_size=14, unique=True
)


@settings(max_examples=25, deadline=None)
@given(hangings, st.sampled_from([KEPT, OTHER, BOTH]), st.booleans())
def test_whatever_hangs_on_them_taking_a_merge_back_restores_both(things, choose, swapped):
    with transaction.atomic():
        world = World()
        cities = make_city("Bijie", latitude=27, longitude=105), make_city("Bi Jie", name_local="毕节")
        for on_second, kind, number in things:
            world.hang(cities[on_second], kind, number)
        before = everything()
        kept, gone = reversed(cities) if swapped else cities
        done = do(kept, gone, choose=choose)
        merged = everything()
        for label, rows in before.items():
            folded = sum(
                each.folded + each.decided
                for name, each in done.moved.items()
                if name.rpartition(".")[0] == label.lower()
            )
            if label in ("records.LoadedRecord", "records.FormerSlug"):
                assert len(merged[label]) >= len(rows)
            else:
                assert len(merged[label]) == len(rows) - folded - (label == "cities.City")
        back = undo(done.operation, None, "They are two.")
        assert everything() == before
        undo(back, None, "They are one after all.")
        again = everything()
        assert {label: rows.keys() for label, rows in again.items() if label != "records.LoadedRecord"} == {
            label: rows.keys() for label, rows in merged.items() if label != "records.LoadedRecord"
        }
        transaction.set_rollback(True)


def test_looking_changes_nothing():
    world, kept, gone = World(), make_city("Bijie"), make_city("Bi Jie")
    for kind in KINDS:
        world.hang(gone, kind, 0)
    before = everything()
    look(kept, [gone], {}, {})
    assert everything() == before
    assert not Operation.objects.exists()


def test_rows_that_say_the_same_fold_together_and_their_parts_with_them():
    world, kept, gone = World(), make_city("Bijie"), make_city("Bi Jie")
    world.hang(kept, "f", 0)
    world.hang(gone, "f", 0)
    report = do(kept, gone)
    assert report.moved["cities.cityfigures.city"].folded == 1
    figures = report.moved["cities.figure.figures"]
    assert (figures.there, figures.folded, figures.after) == (1, 1, 1)
    assert not report.collisions
    assert CityFigures.objects.filter(city=kept).count() == Figure.objects.count() == 1


def test_rows_that_differ_must_be_chosen_between():
    world, kept, gone = World(), make_city("Bijie"), make_city("Bi Jie")
    world.hang(kept, "f", 1)
    world.hang(gone, "f", 1)
    undecided = look(kept, [gone], {}, {}).undecided
    assert [(each.kind, each.differing) for each in undecided] == [
        ("city figure", [("value", str(kept.pk), str(gone.pk))])
    ]
    with pytest.raises(Refused, match="Choose for each pair"):
        merge(kept, [gone], {}, {}, None, "", state_of([kept, gone]))
    assert City.objects.filter(pk=gone.pk).exists()
    merge(kept, [gone], {}, {undecided[0].name: OTHER}, None, "", state_of([kept, gone]))
    assert Figure.objects.get(name="area_km2").value == gone.pk


def test_sets_of_figures_that_differ_can_stand_side_by_side():
    world, kept, gone = World(), make_city("Bijie"), make_city("Bi Jie")
    world.hang(kept, "f", 0)
    other = world.hang(gone, "f", 0)
    CityFigures.objects.filter(pk=other.pk).update(scope="district")
    do(kept, gone, choose=BOTH)
    assert sorted(CityFigures.objects.filter(city=kept).values_list("key", flat=True)) == ["set-0", "set-0-2"]
    assert Figure.objects.count() == 2


def test_names_join_and_values_are_those_chosen():
    kept = make_city("Bijie", other_names="Pichieh")
    gone = make_city("Bi Jie", name_local="毕节", latitude=27, longitude=105, other_names="Pichieh\nBijieh")
    place = "latitude,longitude,place_source,place_id"
    do(kept, gone, fields={"name": gone.pk, "name_local": gone.pk, place: gone.pk})
    kept.refresh_from_db()
    assert (kept.name, kept.name_local, kept.latitude, kept.slug) == ("Bi Jie", "毕节", 27, "bijie")
    assert kept.further_names == ["Bijie", "Pichieh", "Bijieh"]


def test_three_become_one():
    cities = [make_city(name) for name in ("Bijie", "Bi Jie", "Pichieh")]
    cases = [make_case(city=city) for city in cities]
    do(*cities)
    assert set(Initiative.objects.values_list("city", flat=True)) == {cities[0].pk}
    assert len(cases) == Initiative.objects.count()
    assert set(cities[0].refresh_from_db() or cities[0].further_names) == {"Bi Jie", "Pichieh"}


def test_the_former_address_leads_on_also_those_it_had_before(client):
    kept, gone = make_city("Bijie"), make_city("Bi Jie")
    FormerSlug.objects.create(model="cities.city", slug="pichieh", object_id=gone.pk)
    do(kept, gone)
    for slug in ("bi-jie", "pichieh"):
        response = client.get(f"/cities/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/cities/bijie/")


def test_the_document_at_the_former_address_leads_on_too(client):
    kept = Organisation.objects.create(slug="office", name="Office")
    do(kept, Organisation.objects.create(slug="the-office", name="The Office"))
    for ending in ("/", ".json"):
        response = client.get(f"/partners/the-office{ending}")
        assert (response.status_code, response["Location"]) == (301, f"/partners/office{ending}")


def test_search_finds_what_stays_by_the_name_of_what_went(client):
    kept, gone = make_city("Bijie"), make_city("Wumengshan")
    make_case("Tree houses", city=gone)
    do(kept, gone)
    found = csv_rows(client, "/cases.csv?q=Wumengshan")
    assert [row["city_id"] for row in found] == ["bijie"]


def test_an_organisation_that_a_case_names_twice_is_one_partner_after():
    case = make_case()
    kept = Organisation.objects.create(slug="office", name="Office")
    gone = Organisation.objects.create(slug="the-office", name="The Office", kind="company")
    partner_of(kept, case)
    partner_of(gone, case)
    partner_of(gone, case, role="owner")
    report = do(kept, gone)
    assert (
        report.moved["cases.partner.organisation"].moved,
        report.moved["cases.partner.organisation"].folded,
    ) == (1, 1)
    assert sorted(kept.partnerships.values_list("role", flat=True)) == ["builder", "owner"]
    kept.refresh_from_db()
    assert kept.variants == "The Office"


def test_loading_again_does_not_bring_back_what_was_merged(catalogue):
    kept, gone = City.objects.order_by("pk")[:2]
    City.objects.filter(pk=kept.pk).update(state="published")
    cases = list(Initiative.objects.filter(city=gone).values_list("pk", flat=True))
    done = do(kept, gone)
    call_command("load_catalogue", verbosity=0)
    assert not City.objects.filter(slug=gone.slug).exists()
    assert set(Initiative.objects.filter(pk__in=cases).values_list("city", flat=True)) == {kept.pk}
    undo(done.operation, None, "")
    call_command("load_catalogue", verbosity=0)
    assert set(Initiative.objects.filter(pk__in=cases).values_list("city", flat=True)) == {gone.pk}


def test_a_public_one_is_not_lost_in_one_that_readers_do_not_see():
    draft, public = make_city("Bijie", state="draft"), make_city("Bi Jie")
    with pytest.raises(Refused, match="not published"):
        look(draft, [public], {}, {})
    hidden = make_city("Pichieh", hidden=True)
    with pytest.raises(Refused, match="hidden"):
        look(hidden, [public], {}, {})


def test_what_was_changed_since_it_was_looked_at_is_not_merged():
    kept, gone = make_city("Bijie"), make_city("Bi Jie")
    seen = state_of([kept, gone])
    make_case(city=gone)
    with pytest.raises(Refused, match="changed meanwhile"):
        merge(kept, [gone], {}, {}, None, "", seen)
    with pytest.raises(Refused, match="two or more"):
        look(kept, [kept], {}, {})


def test_every_table_that_names_records_by_number_is_thought_of():
    """A new one must be moved by a merge, or be said here to stay as it is."""
    stays = {"records.LoadedRecord", "records.Change"}  # what was loaded; what was done
    named = {
        model._meta.label
        for model in apps.get_models()
        if "object_id" in {f.name for f in model._meta.fields} and model._meta.app_label in ROOMS
    }
    assert named - stays == {"records.FormerSlug", "curation.ErrorReport", "curation.MadeFrom"}


ROOMS = ("records", "sources", "cities", "declarations", "cases", "notes", "curation", "search")


def test_the_mark_of_the_merged_one_stays_for_the_loader():
    kept, gone = make_city("Bijie"), make_city("Bi Jie")
    do(kept, gone)
    mark = LoadedRecord.objects.get(model="cities.city")
    assert json.loads(mark.key) == ["bi-jie"]


def test_where_a_record_stands_is_not_mixed_with_where_the_other_stood():
    kept = make_city("Bijie")
    gone = make_city(
        "Bi Jie", state="withdrawn", withdrawn_at="2026-01-02T03:04Z", state_reason="There twice."
    )
    offered = {name for group in choosable(City) for name in group}
    assert not offered & {"state", *Publishable.workflow_fields}
    do(kept, gone)
    kept.refresh_from_db()
    assert (kept.state, kept.withdrawn_at, kept.state_reason) == ("published", None, "")
