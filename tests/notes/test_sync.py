"""Bringing the notes in line with the findings: new, changed, gone; answers stay, and what editors wrote."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.models import Figure
from notes import sync
from notes.answers import answer
from notes.checks.subjects import Scope
from notes.models import Note
from records.models import LoadedRecord
from tests.factories import make_city
from tests.notes.factories import make_block, make_located_case, make_note

pytestmark = pytest.mark.django_db


def wrong_block(**fields):
    return make_block(population=1_000, area_km2=10, density_per_km2=150, **fields)


def density_note() -> Note:
    return Note.objects.get(check_name="density")


def set_density(value):
    Figure.objects.filter(name="density_per_km2").update(value=value, printed=str(value))


def test_a_finding_becomes_a_note_and_a_second_run_changes_nothing():
    case = make_located_case()
    wrong_block(city=case.city, source=case.source)
    first = sync.run()
    before = list(Note.objects.order_by("pk").values())
    second = sync.run()
    assert (first.new, second.found, second.new, second.changed, second.gone) == (1, 1, 0, 0, 0)
    assert list(Note.objects.order_by("pk").values()) == before
    note = density_note()
    assert (note.case, note.city, note.found_by, note.difference_pct) == (
        case,
        case.city,
        "check",
        Decimal("50.0"),
    )


def test_a_note_follows_its_values_goes_with_them_and_comes_back():
    wrong_block()
    sync.run()
    set_density(300)
    assert sync.run().changed == 1
    assert density_note().difference_pct == Decimal("200.0")
    set_density(100)
    assert sync.run().gone == 1
    assert density_note().hidden
    assert sync.run().gone == 0
    set_density(300)
    sync.run()
    assert not density_note().hidden
    assert Note.objects.count() == 1


def test_what_a_curator_hid_stays_hidden():
    wrong_block()
    sync.run()
    Note.objects.update(hidden=True)
    set_density(300)
    sync.run()
    assert density_note().hidden


def test_an_answer_is_kept_while_the_values_are_and_taken_back_when_they_change():
    wrong_block()
    sync.run()
    answer(density_note(), "explained", "The area is of another year.", "curator")
    sync.run()
    assert density_note().answer == "explained"
    set_density(300)
    assert sync.run().reopened == 1
    note = density_note()
    assert (note.answer, note.answer_reason, note.answered_at) == ("open", "", None)
    assert "The area is of another year." in note.former_answer


def joined(block, **fields):
    defaults = {"kind": "arithmetic", "lines": "11; 12; 13", "printed": "150", "computed": "100"}
    return make_note(source=block.source, case=None, city=block.city, **{**defaults, **fields})


def test_what_a_check_and_an_editor_both_found_is_one_note_with_the_editors_words():
    editors = joined(wrong_block())
    assert sync.run().joined == 1
    note = density_note()
    assert (note.pk, note.note, note.found_by, Note.objects.count()) == (editors.pk, editors.note, "both", 1)
    assert sync.run().new == 0


@pytest.mark.parametrize("fields", [{"kind": "scope"}, {"lines": "11; 50"}, {"printed": "another"}])
def test_notes_of_another_kind_place_or_piece_stay_apart(fields):
    joined(wrong_block(), **fields)
    assert sync.run().new == 1


def test_an_editor_can_say_which_check_finds_the_same():
    joined(wrong_block(), kind="scope", printed="another", lines="12", same_as="density")
    assert sync.run().joined == 1


def test_an_editors_note_that_comes_later_takes_the_place_and_the_answer_of_the_checks():
    block = wrong_block()
    sync.run()
    answer(density_note(), "accepted", "It is so.", "curator")
    editors = joined(block)
    sync.run()
    note = Note.objects.get()
    assert (note.pk, note.found_by, note.answer, note.answer_reason) == (
        editors.pk,
        "both",
        "accepted",
        "It is so.",
    )


def test_when_a_finding_is_gone_the_editors_part_of_the_note_stays():
    joined(wrong_block())
    sync.run()
    set_density(100)
    sync.run()
    note = Note.objects.get()
    assert (note.found_by, note.check_name, note.hidden) == ("editor", "", False)


def test_a_run_for_one_city_leaves_all_others_alone():
    here, there = make_city(), make_city()
    wrong_block(city=here)
    wrong_block(city=there)
    sync.run(Scope.of([here.pk]))
    assert set(Note.objects.values_list("city", flat=True)) == {here.pk}
    sync.run()
    set_density(100)
    sync.run(Scope.of([here.pk]))
    assert set(Note.objects.filter(hidden=False).values_list("city", flat=True)) == {there.pk}


def test_a_run_for_one_thing_ends_the_notes_of_figures_that_were_deleted():
    block = wrong_block()
    sync.run()
    block.delete()
    sync.run(Scope.of([block.city_id]))
    assert density_note().hidden


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([100, 103, 150, 300])), max_size=6))
def test_whatever_changes_notes_say_what_holds_and_no_more(changes):
    Note.objects.all().delete()
    Figure.objects.all().delete()
    blocks = [wrong_block() for _ in range(3)]
    for which, value in changes:
        blocks[which].figures.filter(name="density_per_km2").update(value=value, printed=str(value))
        sync.run()
    sync.run()
    wrong = {
        f"figures/{each.pk}:density:density"
        for each in blocks
        if each.figures.get(name="density_per_km2").value in (150, 300)
    }
    assert set(Note.objects.filter(hidden=False).values_list("check_key", flat=True)) == wrong


def test_the_command_says_what_it_did_and_a_dry_run_does_nothing(capsys):
    wrong_block()
    call_command("run_checks", "--dry-run")
    assert "1 new" in capsys.readouterr().out
    assert not Note.objects.exists()
    call_command("run_checks")
    assert Note.objects.count() == 1


# --- the real data


def test_the_catalogue_has_each_known_contradiction_once(catalogue):
    found = {note.slug: note for note in Note.objects.public()}
    assert {note.check_name for note in found.values() if note.kind == "arithmetic" and note.check_name} == {
        "density"
    }
    assert sorted(n.city.slug for n in found.values() if n.check_name == "density") == [
        "bijie",
        "hong-kong",
        "xianning",
    ]
    assert [n.city.slug for n in found.values() if n.check_name == "repeated-figure"] == ["bijie"]
    assert [n.case.city.slug for n in found.values() if n.check_name == "parts-total"] == ["shijiazhuang"]
    assert [n.case.city.slug for n in found.values() if n.check_name == "same-number"] == ["dongguan"]
    assert not [n for n in found.values() if n.check_name == "reported-counts"]
    # What a check finds in the cases, the editors have read as well: nothing is told twice.
    alone = {note.check_name for note in found.values() if note.found_by == "check"}
    assert alone == {"start", "targets-without-date"}


def test_loading_again_leaves_answers_and_their_notes_as_they_are(catalogue):
    note = density_note_of_bijie()
    answer(note, "accepted", "The source is at fault.", "curator")
    call_command("load_catalogue", verbosity=0)
    again = density_note_of_bijie()
    assert (again.answer, again.found_by) == ("accepted", "both")
    mark = LoadedRecord.objects.get(model="notes.note", object_id=note.pk)
    assert mark.digest, "an answered note still counts as loaded, so that the data can correct it"


def density_note_of_bijie() -> Note:
    return Note.objects.get(check_name="density", city__slug="bijie")
