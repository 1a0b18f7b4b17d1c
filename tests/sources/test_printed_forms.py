"""A printed form must stand where a record says it does, wherever staff can type one."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.utils.translation import override

from cases.models import Initiative, Milestone, Outcome
from cities.models import CityFigures
from records.admin.reason import REASON
from records.models import Record
from sources.admin import LocatedForm
from sources.admin.preview import StaffTexts
from sources.admin.standing import Place, objection
from sources.models import Located, Ruling, SourceText
from sources.reading.vocabulary import RulingKind
from tests.factories import make_case, make_city, make_source
from tests.staff import address, change_page, curator, errors, filled, row, save, told

pytestmark = pytest.mark.django_db

TEXT = "The area is 7,434 km2.\n\nIt was begun\u00a0in\nMay 2017."


class Lines:
    """A source of these lines, attached or not."""

    def __init__(self, text):
        self.text = text

    def lines_of(self, source):
        return self.text and self.text.split("\n")


@pytest.fixture
def source():
    made = make_source("report", line_count=4)
    SourceText.objects.create(source=made, text=TEXT)
    return made


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("7,434 km2", 1, 1),
        ("7,434\u00a0 km2", 1, 1),
        ("begun in May", 3, 4),
        ("area is 7,434 km2. It was", 1, 3),
        ("May 2017", None, None),
        ("  ", 1, 1),
    ],
)
def test_what_stands_there_is_let_through_whatever_the_blanks(printed, first, last):
    assert objection(printed, Place(None, first, last), Lines(TEXT)) == ""


@pytest.mark.parametrize(
    ("printed", "first", "last", "said"),
    [
        (
            "7,435",
            1,
            1,
            "“7,435” does not stand on line 1 of this source. It says: “The area is 7,434 km2.”.",
        ),
        ("7,434", 3, 4, "It stands on line 1: correct the lines"),
        ("7,434", 2, 2, "where there is no text"),
        ("7,434", 9, 9, "where there is no text"),
        ("7,435", None, None, "does not stand anywhere in this source"),
        ("7,435", 1, 1, "Copy it from there, or correct the lines."),
    ],
)
def test_what_does_not_is_refused_with_what_stands_there_and_what_to_do(printed, first, last, said):
    assert said in objection(printed, Place(None, first, last), Lines(TEXT))


def test_nobody_can_say_without_the_text():
    assert objection("7,434", Place(None, 1, 1), Lines(None)) is None


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def correction(client, source):
    """Sends the form of a new correction that is right, with the changes typed in."""

    def send(**changes):
        values = {"source": source.pk, "kind": "misread_value", "reason": "A misprint.", "first_line": 1}
        return client.post(
            address(Ruling, "add"),
            {**values, "printed": "7,434", REASON: "Read again.", **changes},
            follow=True,
        )

    return send


def test_a_correction_of_what_is_not_printed_is_refused_and_not_published(source, correction):
    assert "It says: “The area is 7,434 km2.”" in errors(correction(printed="8,434"))
    assert not Ruling.objects.exists()
    assert "could not check" not in told(correction(printed="7,434"))
    assert Ruling.objects.get().printed == "7,434"


def test_where_the_text_is_not_attached_it_is_saved_with_a_warning(correction):
    answer = correction(source=make_source("elsewhere", title="Elsewhere").pk, printed="8,434")
    assert Ruling.objects.get().printed == "8,434"
    assert "the text of “Elsewhere” is not attached here" in told(answer)


def test_a_correction_needs_its_source(source, correction):
    assert "This field is required." in errors(correction(source=""))


def test_rows_and_pages_of_parts_are_held_to_it_too(source, client):
    figures = CityFigures.objects.create(city=make_city(), source=source, key="basic")
    figure = {"name": "population", "value": 1, "first_line": 1}
    assert "does not stand on line 1 of" in errors(
        save(client, figures, **row("figures", 0, printed="8", **figure))
    )
    case = make_case(source=source, summary="x")
    began = {"date": "2017-05", "event": "It began", "first_line": 3, "last_line": 4}
    refused = save(client, case, **row("milestones", 0, printed="May 2018", **began))
    assert "does not stand on lines 3-4" in errors(refused)
    assert errors(save(client, case, **row("milestones", 0, printed="in May 2017", **began))) == ""
    assert "does not stand" in errors(save(client, Milestone.objects.get(), printed="2016"))


def test_only_what_is_changed_is_checked(source, client):
    case = make_case(source=source, summary="x")
    outcome = Outcome.objects.create(
        initiative=case,
        key="k",
        indicator="area",
        status="achieved",
        printed="8",
        source=source,
        first_line=1,
        last_line=1,
    )
    assert errors(save(client, outcome, indicator="area greened")) == ""
    assert "does not stand" in errors(save(client, outcome, first_line=3, last_line=3))


def test_the_warning_also_comes_for_rows(client):
    case = make_case(source=make_source("far", title="Far", line_count=9), summary="x")
    data = row("milestones", 0, date="2017", event="It began", printed="2017", first_line=1)
    client.post(change_page(case), filled(client, change_page(case), **data))
    assert "the text of “Far” is not attached here" in told(client.get(address(Initiative)))


@pytest.mark.needs_sources
def test_every_loaded_record_passes_as_it_is(catalogue, sources_dir, source):
    call_command("attach_texts", str(sources_dir), verbosity=0)
    checked, texts = 0, StaffTexts()
    for model in (model for model in apps.get_models() if issubclass(model, Located)):
        form = admin.site.get_model_admin(model).form
        assert issubclass(form, LocatedForm)
        for record in model.objects.all():
            for name in form.printed_fields:
                place = Place(
                    record.source, *(() if form.printed_anywhere else (record.first_line, record.last_line))
                )
                assert objection(getattr(record, name), place, texts) in ("", None), (record, name)
                checked += bool(getattr(record, name))
    assert checked > 250


# Kinds and keys


def test_the_kinds_are_those_of_the_reader_in_plain_words_of_both_languages():
    assert Ruling.Kind.values == [kind.value for kind in RulingKind]
    with override("zh-hans"):
        assert not [label for label in Ruling.Kind.labels if str(label).isascii()]


def test_a_kind_is_chosen_from_the_list_and_one_of_an_editors_own_is_kept(source, client, correction):
    assert "Select a valid choice" in errors(correction(kind="whim"))
    ruling = Ruling.objects.create(source=source, key="k", kind="own-kind", reason="x")
    assert errors(save(client, ruling, reason="y")) == ""
    ruling.refresh_from_db()
    assert (ruling.kind, ruling.reason, str(ruling)) == ("own-kind", "y", "own-kind: ")
    assert "a figure misprinted or misread" in client.get(address(Ruling, "add")).content.decode()


def test_a_key_left_empty_is_made_of_the_content_once_within_its_parent(source, correction):
    correction(read_as="7,435 km²")
    correction(read_as="7,435 km²", printed="area")
    correction(printed="is", kind="misread_word")
    keys = list(Ruling.objects.order_by("pk").values_list("key", flat=True))
    assert keys == ["7435-km2", "7435-km2-2", "is"]


def test_two_rows_with_the_same_words_get_two_keys_and_chinese_ones_the_name_of_their_kind(client):
    case = make_case(summary="x")
    fact = {"date": "2017", "event": "It began"}
    rows = (
        row("milestones", 0, **fact)
        | row("milestones", 1, **fact)
        | row("milestones", 2, date="2018", event="开始")
    )
    assert errors(save(client, case, **rows)) == ""
    assert sorted(case.milestones.values_list("key", flat=True)) == ["it-began", "it-began-2", "milestone"]


def test_a_key_emptied_on_the_page_of_its_record_stays(source, client):
    ruling = Ruling.objects.create(source=source, key="first", kind="misread_word", reason="x")
    assert errors(save(client, ruling, key="", reason="y")) == ""
    ruling.refresh_from_db()
    assert (ruling.key, ruling.reason) == ("first", "y")


def test_every_form_with_a_key_says_what_it_is_for(client):
    with_key = [
        model
        for model in admin.site._registry
        if issubclass(model, Record) and any(field.name == "key" for field in model._meta.fields)
    ]
    assert len(with_key) > 8
    for model in with_key:
        assert "left empty, it is made for you" in client.get(address(model, "add")).content.decode(), model
