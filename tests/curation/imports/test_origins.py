"""Every record an import makes says which row of which list it is from, also where it names no source itself."""

import pytest

from cases.models import InitiativeTheme, Organisation, Partner
from cities.models import City
from curation.imports import origins
from curation.imports.models import MadeFrom
from curation.merging.merge import state_of
from curation.roles import CONTRIBUTOR, CURATOR
from curation.vocabularies import groups
from records import history
from records.reverting import restore_deleted, undo
from search.models import Synonym
from tests.curation.imports.flow import GIVEN, done, page, planned
from tests.curation.merging.test_merge import do
from tests.factories import make_case, make_city, make_programme, make_source, make_theme
from tests.staff import address, change_page, curator, member, staff_with
from tests.web import csv_rows

pytestmark = pytest.mark.django_db
CITIES = "name,country\nBijie,CN\nTartu,EE\n"


@pytest.fixture
def source():
    return make_source("their-list", title="Their list")


@pytest.fixture
def cities(source):
    return done(planned("cities", CITIES, source))


def said(record) -> list[tuple[str, int]]:
    return [(str(row.of.source), row.line) for row in origins.of(record)]


def test_cities_organisations_and_synonyms_keep_source_and_row(cities, source):
    make_case("Kerbs", slug="kerbs", city=make_city("Xiamen"))
    done(planned("partners", "case,name,role\nkerbs,Acme,builder\nkerbs,Acme,owner\n", source))
    done(planned("synonyms", "words,reason\nkerb; curb,The same.\n", source))
    assert said(City.objects.get(slug="tartu")) == [("Their list", 3)]
    assert said(City.objects.get(slug="xiamen")) == []
    assert said(Organisation.objects.get()) == [("Their list", 2)]
    assert [said(each) for each in Partner.objects.order_by("pk")] == [
        [("Their list", 2)],
        [("Their list", 3)],
    ]
    assert said(Synonym.objects.get()) == [("Their list", 2)]


def test_what_is_changed_and_rows_left_out_are_not_made(cities, source):
    before = MadeFrom.objects.count()
    done(
        planned("cities", "name,country,other_names\nBijie,CN,Pichieh\nNowhere,XX,\n", source), leave_out=True
    )
    assert MadeFrom.objects.count() == before


def test_a_case_and_its_links_have_one_each(source):
    make_programme("Award"), make_city("Xiamen"), make_theme("Streets")
    done(planned("cases", "title,city,themes,theme_reason\nKerbs,Xiamen,Streets,r\n", source, GIVEN))
    link = InitiativeTheme.objects.get()
    assert said(link) == said(link.initiative) == [("Their list", 2)]


@pytest.mark.parametrize("what", ["city", "organisation", "synonym"])
def test_the_page_says_it_with_a_link_for_who_may_see_imports(cities, source, what):
    make_case("Kerbs", slug="kerbs", city=make_city("Xiamen"))
    jobs = {
        "city": cities,
        "organisation": done(planned("partners", "case,name,role\nkerbs,Acme,builder\n", source)),
        "synonym": done(planned("synonyms", "words,reason\nkerb; curb,The same.\n", source)),
    }
    models = {"city": City, "organisation": Organisation, "synonym": Synonym}
    url, job = change_page(models[what].objects.first()), jobs[what]
    body = member(CURATOR).get(url).content.decode()
    assert "Their list, row 2" in body and page(job) in body
    body = member(CONTRIBUTOR).get(url).content.decode()
    assert "Their list, row 2" in body and page(job) not in body


def test_what_was_not_imported_says_nothing(cities):
    body = curator().get(change_page(make_city("Xiamen"))).content.decode()
    assert "row 2" not in body and "imported_from" not in body


def test_the_export_has_it(cities):
    make_city("Xiamen")
    rows = csv_rows(curator(), f"{address(City)}export/csv/")
    assert {row["slug"]: row["imported_from"] for row in rows} == {
        "bijie": "their-list:2",
        "tartu": "their-list:3",
        "xiamen": "",
    }


def test_it_goes_with_the_undo_and_comes_back_with_the_records(cities):
    undone = undo(cities.operation, None, "A trial.")
    assert not City.objects.exists()
    undo(undone, None, "No trial.")
    assert said(City.objects.get(slug="bijie")) == [("Their list", 2)]


def test_it_comes_back_with_a_deleted_record(cities):
    city = City.objects.get(slug="bijie")
    pk = city.pk
    with history.operation():
        city.delete()
    restore_deleted("cities.city", pk, None, "Wanted.")
    assert said(City.objects.get(pk=pk)) == [("Their list", 2)]


def test_it_lives_through_a_merge_and_its_undo_without_a_right_of_its_own(cities):
    kept, gone = City.objects.get(slug="tartu"), City.objects.get(slug="bijie")
    pk = gone.pk
    merge = do(kept, gone).operation
    assert said(kept) == [("Their list", 2), ("Their list", 3)]
    rights = [f"cities.{right}_city" for right in ("view", "add", "change", "delete")]
    client = staff_with("records.restore_operation", "records.view_operation", *rights)
    client.post(address(type(merge), "undo", merge.pk), {"reason_for_change": "Not so."})
    assert said(City.objects.get(pk=pk)) == [("Their list", 2)] and said(kept) == [("Their list", 3)]


def test_it_lives_through_a_merge_of_synonyms(source):
    done(planned("synonyms", "words,reason\nkerb; curb,The same.\nlane; alley,The same.\n", source))
    one, two = Synonym.objects.order_by("pk")
    seen = state_of([one, two])
    one.words += "\n" + two.words
    groups.merge(one, [two], seen, None, "One.")
    assert said(one) == [("Their list", 2), ("Their list", 3)]
