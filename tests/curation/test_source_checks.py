"""Source checks run by themselves at the end of an operation: for what it touched, once, and as a part of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Initiative
from cities.models import City, Figure
from curation.merging.merge import merge, state_of
from notes import sync
from notes.answers import answer
from notes.models import Note
from records import history
from records.operations import Change, Operation
from records.put_back import Refused
from records.reverting import undo
from tests.curation.bulk.test_bulk import confirm
from tests.curation.imports.flow import done, planned
from tests.factories import make_city, make_source
from tests.notes.factories import make_block, make_located_case, make_note
from tests.staff import WHY, address, curator, member, staff_with, step

pytestmark = pytest.mark.django_db
WRONG = "city,population,area_km2,density_per_km2\nXiamen,1000,10,{}\n"


def shown() -> list[str]:
    return sorted(Note.objects.filter(hidden=False).values_list("check_name", flat=True))


def test_an_import_is_looked_through_as_it_is_done_and_its_findings_go_with_it():
    city, source = make_city("Xiamen"), make_source("their-list")
    job = done(planned("figures", WRONG.format(150), source))
    note = Note.objects.get()
    assert (note.check_name, note.city) == ("density", city)
    assert job.operation.changes.filter(model="notes.note", action=Change.Action.CREATED).exists()
    undo(job.operation, None, "")
    assert not Note.objects.exists()
    assert not Figure.objects.exists()


def test_an_import_that_puts_a_figure_right_ends_what_was_found_and_undoing_it_finds_it_again():
    make_city("Xiamen")
    source = make_source("their-list")
    done(planned("figures", WRONG.format(150), source))
    right = done(planned("figures", WRONG.format(100), source))
    assert shown() == []
    undo(right.operation, None, "")
    assert shown() == ["density"]


def test_merging_looks_at_what_was_brought_together():
    kept, gone, source = make_city("Xiamen"), make_city("Amoy"), make_source()
    figures = make_block(city=gone, source=source, population=1_000, area_km2=10, density_per_km2=150)
    assert shown() == []
    merge(kept, [gone], {}, {}, None, "The same.", state_of([kept, gone]))
    figures.refresh_from_db()
    assert (figures.city, shown()) == (kept, ["density"])
    assert Note.objects.get().city == kept


def test_hiding_many_cases_ends_what_was_found_in_them_and_undoing_it_finds_it_again():
    cases = [make_located_case(title_from="contents", title_line=2) for _number in range(3)]
    client = curator()
    confirm(client, cases, "hide")
    confirm(client, cases, "unhide")
    assert shown() == ["title"] * 3
    confirm(client, cases, "hide")
    assert shown() == []
    undo(Operation.objects.first(), None, "")
    assert shown() == ["title"] * 3


def test_what_is_changed_a_hundred_times_is_looked_at_once():
    cities = [make_city(f"City {number}") for number in range(20)]

    def renamed(some):
        with history.operation():
            for city in some:
                city.other_names = f"Another {city.pk}"
                city.save()

    def questions(some) -> int:
        with CaptureQueriesContext(connection) as asked:
            renamed(some)
        return sum('FROM "cities_cityfigures"' in each["sql"] for each in asked.captured_queries)

    assert questions(cities[:2]) == questions(cities) == 1


def test_a_step_of_the_workflow_says_nothing_new_and_is_not_looked_at():
    case = make_located_case(title_from="contents", title_line=2)
    step(curator(), case, "withdraw", "Twice.")
    case.refresh_from_db()
    assert (case.state, shown()) == ("withdrawn", [])


# --- what checks made stands in no way


BIJIE = "bijie-zhijin-water-environment"


def deleted_bijie(client) -> Initiative:
    """The case of the fixtures, after its deletion in the staff pages."""
    case = Initiative.objects.get(slug=BIJIE)
    note = Note.objects.filter(case=case, found_by="check").first() or Note.objects.filter(case=case).first()
    answer(note, "accepted", "As printed.", "lin")
    client.post(address(Initiative, "delete", case.pk), {"post": "yes", **WHY})
    assert not Initiative.objects.filter(pk=case.pk).exists()
    return case


def notes_of(case) -> list[tuple]:
    return sorted(case.notes.values_list("slug", "answer", "answered_by", "found_by", "check_key", "hidden"))


def test_a_deleted_case_that_has_checks_is_restored_with_them_and_their_answers(catalogue):
    client = curator()
    case = Initiative.objects.get(slug=BIJIE)
    sync.run()
    case_notes = case.notes.count()
    case = deleted_bijie(client)
    page = client.get(address(Initiative, "restore", case.pk)).content.decode()
    assert "cannot be put back" not in page
    client.post(address(Initiative, "restore", case.pk), WHY)
    case = Initiative.objects.get(slug=BIJIE)
    assert case.notes.count() == case_notes
    assert {each.subject for each in Operation.objects.all()} == {case.title}
    assert case.notes.get(answered_by="lin").answer == "accepted"


def test_the_deletion_of_a_case_that_has_checks_is_undone_with_their_answers(catalogue):
    client = curator()
    sync.run()
    case = Initiative.objects.get(slug=BIJIE)
    before = notes_of(case)
    deleted_bijie(client)
    operation = Operation.objects.first()
    response = client.post(reverse("admin:records_operation_undo", args=[operation.pk]), WHY)
    assert response.status_code == 302
    case = Initiative.objects.get(slug=BIJIE)
    assert case.notes.get(answered_by="lin").answer == "accepted"
    assert [(each[0], each[3:]) for each in notes_of(case)] == [(each[0], each[3:]) for each in before]


def test_a_correction_is_listed_under_what_was_corrected_and_not_under_what_a_check_found():
    city = make_city("Xiamen")
    figures = make_block(city=city, population=1_000, area_km2=10, density_per_km2=100)
    with history.operation():
        figure = figures.figures.get(name="population")
        figure.value = 2_000
        figure.save()
    assert shown() == ["density"]
    assert Operation.objects.get().subject == "Xiamen"


def test_a_curator_may_undo_their_own_merge_with_what_the_catalogue_wrote_down_of_it():
    kept, gone = make_city("Xiamen"), make_city("Amoy")
    make_block(city=gone, population=1_000, area_km2=10, density_per_km2=150)
    client = member("curator")
    merge(kept, [gone], {}, {}, None, "The same.", state_of([kept, gone]))
    url = reverse("admin:records_operation_undo", args=[Operation.objects.get().pk])
    assert "rights that you do not have" not in client.get(url).content.decode()
    assert client.post(url, WHY).status_code == 302
    assert set(City.objects.values_list("name", flat=True)) == {"Xiamen", "Amoy"}
    assert Note.objects.filter(hidden=False).get().city == gone


def test_undoing_needs_the_rights_on_what_was_merged():
    kept, gone = make_city("Xiamen"), make_city("Amoy")
    merge(kept, [gone], {}, {}, None, "The same.", state_of([kept, gone]))
    client = staff_with("records.restore_operation", "records.view_operation")
    url = reverse("admin:records_operation_undo", args=[Operation.objects.get().pk])
    assert client.post(url, WHY).status_code == 403
    assert City.objects.get() == kept


def test_the_first_of_two_imports_is_undone_although_the_second_had_checks_find_something():
    make_city("Xiamen")
    source = make_source("their-list")
    first = done(planned("figures", WRONG.format(100), source))
    done(planned("figures", WRONG.format(150), source))
    assert shown() == ["density"]
    with pytest.raises(Refused) as refused:
        undo(first.operation, None, "")
    assert all("do not fit" not in each for each in refused.value.problems)
    undo(first.operation, None, "", anyway=True)
    assert shown() == []


def test_what_stands_in_the_way_is_headed_and_listed_up_to_twenty():
    cities = [make_city(f"City {number}") for number in range(25)]

    def renamed(word):
        with history.operation() as recording:
            for city in cities:
                city.other_names = word
                city.save()
        return recording.saved

    first = renamed("First")
    renamed("Second")
    page = curator().get(reverse("admin:records_operation_undo", args=[first.pk])).content.decode()
    assert "<h2>It was refused</h2>" in page and "and 5 more" in page
    assert page.count("has been changed since") == 20


def test_the_inbox_leaves_out_what_was_found_in_drafts_until_that_is_asked_for():
    draft = make_located_case(title="A draft", state="draft")
    seen = make_located_case(title="A case")
    for case in (draft, seen):
        make_note(case=case)
    alone = make_note()
    client = curator()

    def listed(**asked) -> set[int]:
        return set(client.get(address(Note), asked).context["cl"].queryset.values_list("pk", flat=True))

    of_draft, of_seen = draft.notes.get().pk, seen.notes.get().pk
    assert listed() == {of_seen, alone.pk}
    assert listed(of="drafts") == {of_draft}
    assert listed(of="every") == {of_seen, of_draft, alone.pk}
