"""What readers may not see is not in the package, and nothing in it refers to that."""

import pytest

from cases.models import Initiative, Organisation, Outcome, Theme, Unit
from cities.models import City, CityFigures, Plan
from notes.answers import answer
from notes.models import Note
from notes.vocabularies import Answer
from records.models import FormerSlug, Publishable
from sources.models import Ruling, Source, SourceText
from tests.catalogue.package.packages import document, files, make, rows
from tests.everything import add_outcome, make_everything
from tests.factories import make_case, make_city, make_source, make_unit

pytestmark = pytest.mark.django_db

SECRET = "zeppelin"


def _slugs(path, table, column="slug") -> list[str]:
    return [row[column] for row in rows(path, table)]


def _says_nothing(path) -> bool:
    return not [name for name, data in files(path).items() if SECRET in data.decode() or SECRET in name]


@pytest.mark.parametrize("change", [{"state": "draft"}, {"hidden": True}])
def test_a_case_readers_do_not_see_is_left_out_with_all_that_hangs_on_it(tmp_path, change):
    make_everything(2)
    case = Initiative.objects.first()
    Initiative.objects.filter(pk=case.pk).update(slug=SECRET, **change)
    FormerSlug.objects.create(model="cases.initiative", slug="once", object_id=case.pk)
    path = make(tmp_path / "p.zip")
    assert len(rows(path, "cases")) == len(rows(path, "outcomes")) == len(rows(path, "sections")) == 1
    assert _says_nothing(path)
    assert "once" not in _slugs(path, "former-addresses", "former")


def test_parts_of_a_draft_city_are_left_out_and_references_to_it_are_empty(tmp_path):
    city = make_city(SECRET, population=5, state=Publishable.State.DRAFT)
    make_case(city=city)
    Organisation.objects.create(slug="office", name="Office", city=city)
    path = make(tmp_path / "p.zip")
    assert rows(path, "cases") == rows(path, "city-figures") == []
    assert [row["city"] for row in rows(path, "organisations")] == [""]
    assert _says_nothing(path)


def test_a_hidden_outcome_and_a_reference_to_it(tmp_path):
    make_everything(1)
    add_outcome(Initiative.objects.get(), 2)
    first, second = Outcome.objects.order_by("pk")
    Outcome.objects.filter(pk=first.pk).update(hidden=True)
    path = make(tmp_path / "p.zip")
    assert _slugs(path, "outcomes", "key") == [second.key]
    assert {row["repeats_case"] + row["repeats_key"] for row in rows(path, "outcomes")} == {""}


def test_a_hidden_source_takes_with_it_what_cannot_be_without_it_and_leaves_no_place_elsewhere(tmp_path):
    make_everything(1)
    Source.objects.filter(slug__startswith="document").update(hidden=True, slug=SECRET)
    path = make(tmp_path / "p.zip")
    (case,) = rows(path, "cases")
    assert (case["source"], case["first_line"], case["last_line"], case["printed"]) == ("", "", "", "7,434")
    assert rows(path, "plans") == rows(path, "stages") == rows(path, "corrections") == []
    assert Plan.objects.public().exists()
    assert _says_nothing(path)


def test_a_hidden_theme_takes_its_links_with_it(tmp_path):
    make_everything(2)
    hidden = Theme.objects.filter(name__startswith="Theme ").first()
    Theme.objects.filter(pk=hidden.pk).update(hidden=True)
    path = make(tmp_path / "p.zip")
    assert hidden.slug not in {row["slug"] for row in rows(path, "themes")}
    assert len(rows(path, "themes-of-cases")) == 1


def test_full_texts_are_in_it_only_where_readers_may_see_them(tmp_path):
    shown, kept = make_source("shown", full_text_public=True), make_source("kept")
    gone = make_source("gone", full_text_public=True, hidden=True)
    SourceText.objects.create(source=shown, text="For all.\r\nÜber 城")
    for source in (kept, gone):
        SourceText.objects.create(source=source, text=SECRET)
    path = make(tmp_path / "p.zip")
    texts = {name: data for name, data in files(path).items() if name.startswith("texts/")}
    assert texts == {"texts/shown.txt": "For all.\r\nÜber 城".encode()}
    assert "text-shown" in [each["name"] for each in document(path)["resources"]]
    assert _says_nothing(path)


def test_what_a_model_calls_private_is_left_out(tmp_path, monkeypatch):
    from catalogue.package import tables

    make_city("Town", name_local=SECRET)
    assert not _says_nothing(make(tmp_path / "with.zip"))
    monkeypatch.setattr(City, "private_fields", (*City.private_fields, "name_local"))
    tables.columns.cache_clear()
    try:
        path = make(tmp_path / "p.zip")
        assert "name_local" not in rows(path, "cities")[0]
        assert _says_nothing(path)
    finally:
        tables.columns.cache_clear()


def test_who_answered_a_source_check_is_left_out_and_the_answer_goes_with_its_correction(tmp_path):
    make_everything(1)
    note = Note.objects.first()
    ruling = Ruling.objects.get(source=note.source)
    answer(note, Answer.CORRECTED, "It is one.", SECRET, ruling)
    path = make(tmp_path / "p.zip")
    assert "It is one." in [row["answer_reason"] for row in rows(path, "source-checks")]
    assert _says_nothing(path)
    Ruling.objects.filter(pk=ruling.pk).update(hidden=True)
    assert note.slug not in _slugs(make(tmp_path / "q.zip"), "source-checks")


def test_no_number_of_this_database_is_in_it(catalogue, tmp_path):
    keys = [row["check_key"] for row in rows(make(tmp_path / "p.zip"), "source-checks") if row["check_key"]]
    assert len(keys) > 30
    assert not [key for key in keys if key.partition(":")[0].partition("/")[2].isdigit()]
    assert "figures/hong-kong/guangzhou-award-6-collection/basic:density:density" in keys
    CityFigures.objects.filter(city__slug="hong-kong").update(hidden=True)
    left = [row["check_key"] for row in rows(make(tmp_path / "q.zip"), "source-checks")]
    assert not [key for key in left if "figures/hong-kong" in key]


def test_a_conversion_whose_unit_readers_do_not_see_takes_its_outcome_with_it(tmp_path):
    make_everything(1)
    unit = make_unit("stone")
    Outcome.objects.update(value_alt=5, unit_alt=unit)
    assert rows(make(tmp_path / "p.zip"), "outcomes")
    Unit.objects.filter(pk=unit.pk).update(hidden=True)
    assert rows(make(tmp_path / "q.zip"), "outcomes") == []


def test_accounts_the_log_and_marks_of_loading_are_not_in_it(catalogue, tmp_path, django_user_model):
    django_user_model.objects.create_user(SECRET, email=f"{SECRET}@example.org")
    path = make(tmp_path / "p.zip")
    assert _says_nothing(path)
    names = {each["name"] for each in document(path)["resources"]}
    assert not [name for name in names if "user" in name or "change" in name or "loaded" in name]
