"""Rows that the loader did not make: they came by `loaddata`, or by a curator's hand."""

import pytest
from django.core.management import call_command

from cases.models import Initiative, InitiativeTheme, Section, Theme
from cities.models import City
from tests.records import seeds
from tests.records.steps import by_loaddata, changed_seed, counted, keys, section

pytestmark = pytest.mark.django_db


def test_rows_that_came_by_loaddata_are_adopted(tmp_path, again):
    seeds.write(tmp_path, seeds.seed())
    by_loaddata(tmp_path)
    Section.objects.filter(pk=section().pk).update(digest="The curator's words.")
    report = again()
    assert counted(report) == {"unchanged": 16, "kept": 1}
    report = again(
        changed_seed("cases.section", {"key": "abstract", "initiative": ["port-road"]}, digest="Better.")
    )
    assert counted(report) == {"unchanged": 15, "kept": 1, "changed": 1}


def test_a_row_of_loaddata_is_recognised_under_the_slug_it_once_had(tmp_path, again):
    seeds.write(tmp_path, seeds.seed())
    call_command("loaddata", *tmp_path.glob("s*.json"), tmp_path / "cities.json", verbosity=0)
    city = City.objects.get(slug="town")
    city.slug = "old-town"
    city.save()
    again()
    assert set(City.objects.values_list("slug", flat=True)) == {"old-town", "port"}


def test_what_came_by_loaddata_and_was_deleted_stays_deleted(tmp_path, again):
    seeds.write(tmp_path, seeds.seed())
    by_loaddata(tmp_path)
    case = Initiative.objects.get(slug="town-garden")
    case.slug = "garden"
    case.save()
    section("abstract", "garden").delete()
    other = Initiative.objects.get(slug="port-road")
    other.slug = "road"
    other.save()
    other.delete()
    assert keys(again().deleted_by_curator) == {
        ("cases.section", ("town-garden", "abstract")),
        ("cases.initiative", ("port-road",)),
        ("cases.section", ("port-road", "abstract")),
    }
    assert Section.objects.count() == 1


def test_a_hand_made_record_with_the_key_of_a_fixture_is_kept(again):
    Theme.objects.create(slug="roads", name="Streets", definition="Ours.")
    report = again()
    assert [(item.model, item.detail) for item in report.kept] == [("cases.theme", "definition, name")]
    assert Theme.objects.get(slug="roads").name == "Streets"


@pytest.mark.usefixtures("loaded")
def test_what_a_curator_deleted_and_made_anew_is_the_curators(again):
    section().delete()
    case = Initiative.objects.get(slug="town-garden")
    Section.objects.create(
        initiative=case, key="measures", position=2, heading="New", kind="measures", digest="Own."
    )
    assert [item.key for item in again().kept] == [("town-garden", "measures")]
    assert section().digest == "Own."


@pytest.mark.usefixtures("loaded")
def test_a_curators_own_records_are_none_of_the_loaders_business(again):
    Theme.objects.create(slug="own", name="Own", definition="Own.")
    assert counted(again()) == {"unchanged": 17}
    assert not Theme.objects.get(slug="own").hidden


@pytest.mark.usefixtures("loaded")
def test_a_record_may_refer_to_one_that_only_the_database_has(again):
    Theme.objects.create(slug="own", name="Own", definition="Own.")
    link = seeds.record("cases.initiativetheme", initiative=["port-road"], theme=["own"], reason="It is.")
    again([*seeds.seed(), link])
    assert InitiativeTheme.objects.get(theme__slug="own").initiative.slug == "port-road"
