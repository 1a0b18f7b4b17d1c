"""The inbox: what is open first, answers with their reason, and who may give them."""

import pytest
from django.db import IntegrityError, transaction

from cities.models import Figure
from notes import sync
from notes.answers import answer
from notes.models import Note, Sum
from tests.factories import make_outcome, make_source
from tests.notes.factories import make_block, make_located_case, make_note, make_ruling
from tests.staff import WHY, act, address, curator, errors, filled, save, staff_with, told

pytestmark = pytest.mark.django_db
INBOX = "/admin/notes/note/"


def listed(client, query: str = "") -> list[str]:
    return [note.slug for note in client.get(INBOX + query).context["cl"].result_list]


def test_the_inbox_has_what_is_open_first_and_the_most_severe_first():
    make_note(slug="low")
    make_note(slug="high", severity="high")
    answer(make_note(slug="done", severity="high"), "accepted", "It is so.", "x")
    client = curator()
    assert listed(client) == ["high", "low", "done"]
    assert listed(client, "?answer__exact=accepted") == ["done"]
    page = client.get(INBOX).content.decode()
    assert "open (2)" in page, "filters count"


def test_an_answer_needs_its_reason_and_keeps_who_gave_it():
    note, client = make_note(), curator()
    assert "Say why" in errors(save(client, note, answer="accepted"))
    assert errors(save(client, note, answer="accepted", answer_reason="It is so.")) == ""
    note.refresh_from_db()
    assert (note.answer, note.answered_by, bool(note.answered_at)) == ("accepted", "curator", True)
    assert errors(save(client, note, answer="open", answer_reason="")) == ""
    note.refresh_from_db()
    assert (note.answer_reason, note.answered_at) == ("", None)


def test_a_correction_belongs_to_the_answer_corrected_and_to_no_other():
    source = make_source()
    note, ruling, client = make_note(source=source), make_ruling(source, "misread_value"), curator()
    assert errors(save(client, note, answer="corrected", answer_reason="See there."))
    assert errors(save(client, note, answer="accepted", answer_reason="So.", ruling=ruling.pk))
    assert errors(save(client, note, answer="corrected", answer_reason="See there.", ruling=ruling.pk)) == ""


def bulk(client, *notes, **data):
    return client.post(
        INBOX,
        {"action": "answer_selected", "_selected_action": [note.pk for note in notes], "apply": "1", **data},
        follow=True,
    )


def test_several_are_answered_at_once_with_one_reason():
    notes, client = [make_note(), make_note()], curator()
    page = act(client, Note, "answer_selected", *notes)
    assert notes[0].note in page.content.decode()
    assert "Say why" in bulk(client, *notes, answer="explained").content.decode()
    assert not Note.objects.exclude(answer="open").exists()
    assert "2 source checks answered" in told(
        bulk(client, *notes, answer="explained", answer_reason="Other years.")
    )
    assert set(Note.objects.values_list("answer", "answer_reason")) == {("explained", "Other years.")}


def test_a_correction_of_another_source_answers_none_of_several():
    source = make_source()
    notes, ruling, client = [make_note(source=source), make_note()], make_ruling(source, "heading"), curator()
    data = {"answer": "corrected", "answer_reason": "See there.", "ruling": ruling.pk}
    assert "Nothing was answered" in told(bulk(client, *notes, **data))
    assert not Note.objects.exclude(answer="open").exists()


def test_who_may_only_view_answers_nothing_and_runs_nothing():
    note = make_note()
    client = staff_with("notes.view_note", "sources.view_source")
    assert "Run the checks" not in client.get(INBOX).content.decode()
    assert client.post(f"{INBOX}run/").status_code == 403
    assert bulk(client, note, answer="accepted", answer_reason="x").status_code == 403
    note.refresh_from_db()
    assert note.is_open


def test_the_button_runs_the_checks():
    make_block(population=1_000, area_km2=10, density_per_km2=150)
    client = curator()
    assert "Run the checks now" in client.get(INBOX).content.decode()
    assert client.get(f"{INBOX}run/").status_code == 405
    assert "1 new" in told(client.post(f"{INBOX}run/", follow=True))
    assert Note.objects.count() == 1


def test_what_a_check_says_is_not_changed_by_hand_only_answered():
    make_block(population=1_000, area_km2=10, density_per_km2=150)
    sync.run()
    note, client = Note.objects.get(), curator()
    assert errors(save(client, note, note="Nothing is wrong.", answer="explained", answer_reason="So.")) == ""
    note.refresh_from_db()
    assert "Nothing is wrong." not in note.note
    assert note.answer == "explained"


def test_saving_a_figure_runs_the_checks_of_its_city_and_of_no_other():
    block = make_block(population=1_000, area_km2=10, density_per_km2=100)
    make_block(population=1_000, area_km2=10, density_per_km2=500)
    figure = block.figures.get(name="density_per_km2")
    Figure.objects.filter(pk=figure.pk).update(printed="")
    assert errors(save(curator(), figure, value="300")) == ""
    (note,) = Note.objects.all()
    assert (note.city, note.check_name) == (block.city, "density")


def test_a_curator_adds_a_note_without_thinking_of_its_address():
    case, client = make_located_case(), curator()
    url = address(Note, "add")
    data = filled(
        client, url, kind="blank", severity="low", note="A year is missing here.", lines="5", case=case.pk
    )
    data["source"] = case.source.pk
    assert "say what would settle it" in errors(client.post(url, data))
    assert errors(client.post(url, data | {"settles": "The yearbook."})) == ""
    note = Note.objects.get()
    assert (note.slug, note.city, note.found_by) == (
        f"{case.slug}-a-year-is-missing-here",
        case.city,
        "editor",
    )


def test_the_lines_of_a_note_lie_within_its_source():
    note, client = make_note(source=make_source(line_count=10)), curator()
    assert "10 lines" in errors(save(client, note, lines="11"))
    assert errors(save(client, note, lines="eleven"))


def test_a_sum_names_outcomes_of_its_case():
    case, client = make_located_case(), curator()
    for key in ("total", "one", "two"):
        make_outcome(case, key=key, value=1)
    url = address(Sum, "add")
    data = {"case": case.pk, "key": "s", "total": "total", "parts": "one\nthree"}
    assert "“three” is no key" in errors(client.post(url, data))
    assert "two parts or more" in errors(client.post(url, data | {"parts": "one\none"}))
    assert "Say why" in errors(client.post(url, data | {"parts": "one\ntwo"}))
    assert errors(client.post(url, data | {"parts": "one\ntwo", **WHY})) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"severity": "grave"},
        {"kind": "nonsense"},
        {"found_by": "nobody"},
        {"answer": "maybe"},
        {"answer": "accepted"},
        {"answer": "accepted", "answer_reason": "so"},
        {"answer_reason": "so"},
        {"answer": "corrected", "answer_reason": "so", "answered_at": "2026-01-01T00:00Z"},
        {"found_by": "check"},
        {"check_name": "density"},
        {"difference_pct": -1},
        {"lines": ""},
        {"note": ""},
    ],
)
def test_the_database_refuses_what_no_note_can_be(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_note(**fields)
