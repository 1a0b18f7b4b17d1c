"""Each rule of loading: what is missing is made, what nobody touched updated, what a curator did stands."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative, InitiativeTheme, Outcome, Section, Theme
from cities.models import City, Figure
from declarations.models import Declaration
from records.loading import load
from records.models import LoadedRecord
from tests.records import seeds
from tests.records.steps import changed_seed, counted, keys, section

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_made(again):
    assert counted(again()) == {"added": 17}
    assert Figure.objects.get().value == Decimal("7434.40")
    assert section().digest == "What measures says.\nMore."
    assert Outcome.objects.get(key="again").repeats == Outcome.objects.get(key="first")
    assert LoadedRecord.objects.count() == 17


@pytest.mark.usefixtures("loaded")
def test_loading_twice_writes_nothing(again):
    with CaptureQueriesContext(connection) as queries:
        assert counted(again()) == {"unchanged": 17}
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.usefixtures("loaded")
def test_what_nobody_touched_is_updated(again):
    before = section("abstract").updated_at
    report = again(changed_seed("cases.section", {"key": "measures"}, digest="Better.", position=3))
    assert [(item.key, item.detail) for item in report.changed] == [
        (("town-garden", "measures"), "digest, position")
    ]
    assert (section().digest, section().position) == ("Better.", 3)
    assert section("abstract").updated_at == before


@pytest.mark.usefixtures("loaded")
def test_a_field_taken_out_of_the_fixtures_gets_its_default_back(again):
    records = seeds.seed()
    del seeds.pick(records, "cities.city", slug="town")["fields"]["latitude"]
    del seeds.pick(records, "cities.city", slug="town")["fields"]["longitude"]
    assert len(again(records).changed) == 1
    assert City.objects.get(slug="town").latitude is None


@pytest.mark.usefixtures("loaded")
def test_an_edit_is_kept_and_the_report_names_the_fields(again):
    Section.objects.filter(pk=section().pk).update(digest="The curator's words.")
    report = again(changed_seed("cases.section", {"key": "measures"}, digest="Better.", position=3))
    assert [(item.key, item.detail) for item in report.kept] == [
        (("town-garden", "measures"), "digest, position")
    ]
    assert (section().digest, section().position) == ("The curator's words.", 2)
    assert counted(again())["kept"] == 1, "an edit is kept at every load"


@pytest.mark.usefixtures("loaded")
def test_an_edit_that_the_fixtures_take_over_is_one_no_longer(again):
    Section.objects.filter(pk=section().pk).update(digest="Same.")
    assert not again(changed_seed("cases.section", {"key": "measures"}, digest="Same.")).kept
    assert len(again(changed_seed("cases.section", {"key": "measures"}, digest="Next.")).changed) == 1


@pytest.mark.usefixtures("loaded")
def test_an_edit_that_is_taken_back_is_one_no_longer(again):
    Section.objects.filter(pk=section().pk).update(position=9)
    newer = changed_seed("cases.section", {"key": "measures"}, digest="Better.")
    assert len(again(newer).kept) == 1
    Section.objects.filter(pk=section().pk).update(position=2)
    assert len(again(newer).changed) == 1
    assert section().digest == "Better."


@pytest.mark.usefixtures("loaded")
def test_what_was_deleted_from_a_renamed_case_stays_deleted(again):
    section().delete()
    case = Initiative.objects.get(slug="town-garden")
    case.slug = "garden"
    case.save()
    assert keys(again().deleted_by_curator) == {("cases.section", ("town-garden", "measures"))}
    assert not Section.objects.filter(key="measures").exists()


@pytest.mark.usefixtures("loaded")
def test_what_a_form_does_to_line_ends_and_decimals_is_no_edit(again):
    Section.objects.filter(pk=section().pk).update(digest="What measures says.\r\nMore. ")
    Outcome.objects.filter(key="first").update(value="120.5")
    assert counted(again()) == {"unchanged": 17}


@pytest.mark.usefixtures("loaded")
def test_what_is_gone_is_hidden_with_its_parts_and_comes_back(again):
    records = seeds.without(seeds.seed(), "cases.initiative", slug="port-road")
    records = seeds.without(records, "cases.section", initiative=["port-road"])
    gone = {("cases.initiative", ("port-road",)), ("cases.section", ("port-road", "abstract"))}
    assert keys(again(records).hidden) == gone
    assert not Initiative.objects.public().filter(slug="port-road").exists()
    assert counted(again(records)) == {"unchanged": 15}
    report = again()
    assert keys(report.shown_again) == gone
    assert Initiative.objects.public().filter(slug="port-road").exists()
    assert counted(again()) == {"unchanged": 17}


@pytest.mark.usefixtures("loaded")
def test_an_edited_record_that_is_gone_stays_with_its_parts(again):
    Initiative.objects.filter(slug="port-road").update(title="The curator's title")
    records = seeds.without(seeds.seed(), "cases.initiative", slug="port-road")
    report = again(seeds.without(records, "cases.section", initiative=["port-road"]))
    assert keys(report.kept) == {
        ("cases.initiative", ("port-road",)),
        ("cases.section", ("port-road", "abstract")),
    }
    assert not section("abstract", "port-road").hidden
    assert not report.hidden


@pytest.mark.usefixtures("loaded")
def test_what_a_curator_hid_stays_hidden(again):
    Section.objects.filter(pk=section().pk).update(hidden=True)
    report = again(changed_seed("cases.section", {"key": "measures"}, digest="Better."))
    assert (section().hidden, section().digest) == (True, "Better.")
    assert report.changed[0].detail == "digest, hidden"
    records = seeds.without(seeds.seed(), "cases.section", key="measures")
    again(records)
    again()
    assert section().hidden


@pytest.mark.usefixtures("loaded")
def test_what_a_curator_showed_again_stays_shown(again):
    records = seeds.without(seeds.seed(), "cases.section", key="measures")
    again(records)
    Section.objects.filter(pk=section().pk).update(hidden=False)
    assert [item.key for item in again(records).kept] == [("town-garden", "measures")]
    assert not section().hidden


@pytest.mark.usefixtures("loaded")
def test_what_a_curator_deleted_stays_deleted_and_gets_no_new_parts(again):
    Initiative.objects.get(slug="town-garden").delete()
    report = again([*seeds.seed(), seeds.section("town-garden", "lessons", 3, 26)])
    assert len(report.deleted_by_curator) == 7
    assert "part of cases.initiative" in report.deleted_by_curator[-1].detail
    assert not Section.objects.filter(initiative__slug="town-garden").exists()
    assert set(counted(again())) == {"unchanged", "deleted_by_curator"}


@pytest.mark.usefixtures("loaded")
def test_what_refers_to_something_deleted_comes_without_it_where_it_may(again):
    Outcome.objects.get(key="first").delete()
    records = [*seeds.seed(), seeds.outcome("town-garden", "third", 15, repeats=["town-garden", "first"])]
    report = again(records)
    assert keys(report.added) == {("cases.outcome", ("town-garden", "third"))}
    assert Outcome.objects.get(key="third").repeats is None
    assert set(counted(again(records))) == {"unchanged", "deleted_by_curator"}


@pytest.mark.usefixtures("loaded")
def test_what_needs_something_deleted_is_not_made(again):
    InitiativeTheme.objects.all().delete()
    Theme.objects.get(slug="gardens").delete()
    new = seeds.record("cases.initiativetheme", initiative=["port-road"], theme=["gardens"], reason="It is.")
    assert ("cases.initiativetheme", ("port-road", "gardens")) in keys(
        again([*seeds.seed(), new]).deleted_by_curator
    )
    assert not InitiativeTheme.objects.exists()


@pytest.mark.usefixtures("loaded")
def test_a_record_is_known_again_after_its_slug_changed_and_its_parts_find_it(again):
    for row in (City.objects.get(slug="town"), Initiative.objects.get(slug="town-garden")):
        row.slug = f"new-{row.slug}"
        row.save()
    records = changed_seed("cases.section", {"key": "measures"}, digest="Better.")
    report = again([*records, seeds.section("town-garden", "lessons", 3, 26)])
    assert keys(report.kept) == {("cities.city", ("town",)), ("cases.initiative", ("town-garden",))}
    assert {item.detail for item in report.kept} == {"slug"}
    assert keys(report.added) == {("cases.section", ("town-garden", "lessons"))}
    assert section("measures", "new-town-garden").digest == "Better."
    assert section("lessons", "new-town-garden")
    assert Declaration.objects.get().city.slug == "new-town"


@pytest.mark.usefixtures("loaded")
def test_a_key_that_a_curator_gave_away_is_left_to_its_new_owner(again):
    Section.objects.filter(pk=section().pk).update(key="lessons")
    report = again([*seeds.seed(), seeds.section("town-garden", "lessons", 3, 26)])
    assert keys(report.kept) == {("cases.section", ("town-garden", key)) for key in ("measures", "lessons")}
    assert {item.detail for item in report.kept if item.key[1] == "lessons"} == {
        'a curator gave its key to the record loaded as ["town-garden", "measures"]'
    }
    assert Section.objects.filter(initiative__slug="town-garden").count() == 2


@pytest.mark.usefixtures("loaded")
def test_a_field_that_a_model_gains_later_makes_nothing_look_edited():
    """The digests of marks leave defaults out: they must not hold the name of a field that nothing was
    given for.
    """
    from records.loading.values import plain_row

    theme = Theme.objects.get(slug="roads")
    assert plain_row(theme, None) == {"slug": "roads", "name": "Roads", "definition": "Ways to go."}


def test_a_dry_run_says_the_same_and_does_nothing(tmp_path):
    report = load(seeds.write(tmp_path, seeds.seed()), dry_run=True)
    assert counted(report) == {"added": 17}
    assert not City.objects.exists()
    assert not LoadedRecord.objects.exists()


@pytest.mark.parametrize("count", [2, 60])
def test_the_number_of_reads_does_not_grow_with_the_records(again, count):
    records = [*seeds.seed(), *(seeds.case(f"port-{n}", "port", f"Case {n}") for n in range(count))]
    again(records)
    with CaptureQueriesContext(connection) as queries:
        again(records)
    # The rows and the marks of each of 11 models, the marks' models, savepoint and lock.
    assert len(queries) <= 2 * 11 + 4
