"""What a cell means: a record by its slug, one it had or one merged into it, or any name; never a guess between two."""

import pytest

from cases.models import Initiative, InitiativeTheme, Organisation
from cities.models import City
from curation.vocabularies import merging
from records import history
from tests.curation.imports.flow import GIVEN, done, planned, refusals
from tests.curation.merging.test_merge import do
from tests.factories import make_case, make_city, make_programme, make_source, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    make_programme("Award")
    make_city("Xiamen")
    return make_source("their-list")


def renamed(record, slug, **values):
    """A record read from the database and saved under another slug."""
    record = type(record).objects.get(pk=record.pk)
    for name, value in {"slug": slug, **values}.items():
        setattr(record, name, value)
    with history.operation():
        record.save()
    return record


@pytest.mark.parametrize("said", ["road-safety", "Road safety", "道路安全"])
def test_a_merged_theme_is_found_by_all_it_was_called(source, said):
    roads, safety = make_theme("Road safety", "道路安全"), make_theme("Public safety", "公共安全")
    merging.merge(roads, safety, None, "One thing.")
    done(
        planned(
            "cases", f"title,city,themes,theme_reason\nKerbs,Xiamen,{said},It slows cars.\n", source, GIVEN
        )
    )
    assert InitiativeTheme.objects.get().theme == safety


def test_a_name_that_two_themes_have_is_refused_with_both(source):
    make_theme("Road safety", alt_labels="Streets")
    make_theme("Public space", alt_labels="Streets")
    job = planned("cases", "title,city,themes,theme_reason\nKerbs,Xiamen,streets,r\n", source, GIVEN)
    assert "write which, road-safety, public-space" in refusals(job)[2]


def test_a_former_slug_that_another_record_is_called_by_is_refused_with_both(source):
    once = make_theme("Streets")
    renamed(once, "public-space", name="Public space")
    make_theme("Streets", slug="streets-2")
    job = planned("cases", "title,city,themes,theme_reason\nKerbs,Xiamen,streets,r\n", source, GIVEN)
    assert "write which, public-space, streets-2" in refusals(job)[2]


def test_a_former_slug_of_a_programme_and_of_a_case_is_found_and_stays_a_former_one(source):
    case = make_case("Kerbs", city=City.objects.get(), slug="xiamen-kerbs")
    renamed(case, "xiamen-low-kerbs")
    renamed(case.programme, "prize")
    list_ = f"slug,title,programme\nxiamen-kerbs,Kerbs,{case.programme.slug}\n"
    assert planned("cases", list_, source).counts["unchanged"] == 1
    done(planned("cases", "slug,summary\nxiamen-kerbs,Lower.\n", source))
    assert Initiative.objects.values_list("slug", "summary").get() == ("xiamen-low-kerbs", "Lower.")


def test_a_merged_city_and_a_merged_organisation_are_found_by_their_former_slugs(source):
    stays, gone = make_city("Bijie"), make_city("Qianxi")
    do(stays, gone)
    one, two = (
        Organisation.objects.create(slug=each, name=each, kind="company") for each in ("acme", "apex")
    )
    do(one, two)
    job = planned("cities", "slug,name,country,other_names\nqianxi,Bijie,CN,Pichieh\n", source)
    done(job)
    assert City.objects.get(slug="bijie").other_names.splitlines()[-1] == "Pichieh"
    assert not City.objects.filter(slug="qianxi").exists()
    make_case("Kerbs", slug="kerbs")
    done(planned("partners", "case,name,organisation_id,role\nkerbs,acme,apex,builder\n", source))
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["acme"]
