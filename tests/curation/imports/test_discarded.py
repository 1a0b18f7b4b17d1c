"""An import that was begun and is not wanted is deleted, once that is confirmed, with the source made with it."""

import pytest

from cases.models import Initiative
from curation.imports import discarding, work
from curation.imports.models import Import, ImportedFile, ImportRow
from records.operations import Operation
from sources.models import Source
from tests.curation.imports.flow import GIVEN, act, page, previewed, send, sent
from tests.factories import make_case, make_city, make_programme, make_source
from tests.staff import address, curator, staff_with, told

pytestmark = pytest.mark.django_db
LIST = "Project,Town\nGreen Lane,Xiamen\n"
DESCRIBED = {"title": "Their list", "publisher": "They", "url": "https://example.org/list", "rights": "CC0"}
COLUMNS = {"title": "Project", "city": "Town"}


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def job(client):
    """An import that was read, with a source that was made with it."""
    make_city("Xiamen")
    make_programme("Award")
    assert send(client, "cases", LIST, **DESCRIBED).status_code == 302
    return Import.objects.get()


def question(job) -> str:
    return address(Import, "delete", job.pk)


def discarded(client, job):
    return client.post(question(job), {"post": "yes"}, follow=True)


def asked(client, job, prefix="") -> str:
    """What the page says that asks before deleting."""
    return " ".join(client.get(prefix + question(job)).content.decode().split())


@pytest.mark.parametrize("is_planned", [False, True])
def test_an_unfinished_import_is_deleted_with_its_file_its_rows_and_its_hidden_source(
    client, job, is_planned
):
    if is_planned:
        previewed(client, job, COLUMNS, GIVEN)
        assert job.state == "planned"
    assert f'href="{question(job)}"' in client.get(page(job)).content.decode()
    answer = discarded(client, job)
    assert "list.csv" in told(answer) and answer.redirect_chain[-1][0] == address(Import)
    for model in (Import, ImportedFile, ImportRow, Source, Initiative):
        assert not model.objects.exists(), model
    assert client.get(page(job)).status_code == 404


def test_the_history_says_who_deleted_the_source_and_why(client, job):
    discarded(client, job)
    operation = Operation.objects.get()
    assert (operation.by, operation.changes.get().name) == ("curator", "Their list")
    assert "deleted before it was done" in operation.why


def test_its_source_stays_where_something_else_uses_it_or_it_was_shown_to_readers(client, job):
    source = Source.objects.get()
    case = make_case("Another", source=source)
    discarded(client, job)
    assert Initiative.objects.get() == case and Source.objects.get() == source
    case.delete(), source.delete()

    assert send(client, "cases", LIST, **DESCRIBED).status_code == 302
    other = sent(client, "cases", LIST, Source.objects.get())
    discarded(client, Import.objects.exclude(pk=other.pk).get())
    assert Import.objects.get().source == Source.objects.get()
    other.delete(), Source.objects.get().delete()

    assert send(client, "cases", LIST, **DESCRIBED).status_code == 302
    Source.objects.update(hidden=False)
    discarded(client, Import.objects.get())
    assert not Import.objects.exists() and Source.objects.get().is_public


def test_a_source_that_was_there_stays(client, job):
    other = sent(client, "cases", LIST, make_source("there"))
    discarded(client, other)
    assert Import.objects.get() == job
    assert set(Source.objects.values_list("slug", flat=True)) == {"there", "their-list"}


def test_deleting_is_asked_about_with_what_goes_and_nothing_goes_before(client, job):
    previewed(client, job, COLUMNS, GIVEN)
    said = asked(client, job)
    for part in ("list.csv", "Rows of the preview: 1 (new 1)", "Source that was made with it: Their list"):
        assert part in said, part
    assert f'href="{page(job)}"' in said and "No, take me back" in said
    assert "Their list" in client.post(question(job), {}).content.decode()
    act(client, job, "discard")
    assert Import.objects.get() == job and Source.objects.exists()


def test_the_question_is_asked_in_both_languages(client, job):
    said = asked(client, job, "/zh-hans")
    assert "预览中的行" in said and "Rows of the preview" not in said and "No, take me back" not in said


def test_the_question_says_where_the_source_stays(client, job):
    make_case("Another", source=Source.objects.get())
    assert "The source “Their list” stays: something else uses it by now" in asked(client, job)
    other = sent(client, "cases", LIST, make_source("there", title="Old list"))
    assert "The source “Old list” stays." in asked(client, other)


@pytest.fixture
def taken_back(client, job):
    """An import that was done, taken back, and is at its columns again."""
    previewed(client, job, COLUMNS, GIVEN)
    act(client, job, "confirm")
    act(client, job, "undo")
    act(client, job, "again")
    assert job.state == "read" and not Source.objects.exists()
    return job


def test_the_question_says_that_a_source_that_went_is_not_there(client, taken_back):
    assert "The source “Their list” is not there any more." in asked(client, taken_back)
    assert "stays." not in asked(client, taken_back).partition("not there any more")[2]


def test_what_was_done_is_taken_back_and_not_deleted(client, job):
    previewed(client, job, COLUMNS, GIVEN)
    act(client, job, "confirm")
    assert "no longer possible here" in told(discarded(client, job))
    assert client.get(question(job)).status_code == 302
    assert Import.objects.get() == job and Initiative.objects.exists()


@pytest.mark.parametrize("is_planned", [False, True])
def test_what_was_tried_after_taking_back_goes_with_its_source_and_the_import_stays(
    client, taken_back, is_planned
):
    job = taken_back
    if is_planned:
        previewed(client, job, COLUMNS, GIVEN)
        assert Source.objects.get().hidden
    assert "Leave it as it was taken back" in client.get(page(job)).content.decode()
    said = asked(client, job)
    assert ("Source that was made with it: Their list" in said) == is_planned and "stay" in said
    answer = discarded(client, job)
    assert "stays as it was taken back" in told(answer) and "Taken back" in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.own_source, Source.objects.count(), ImportRow.objects.count()) == (
        "done",
        None,
        0,
        0,
    )
    act(client, job, "again")
    previewed(client, job, COLUMNS, GIVEN)
    act(client, job, "confirm")
    assert job.state == "done" and Initiative.objects.get().source == Source.objects.get()


def brought_back(client, operation):
    """Has an import stand again, from the log."""
    undo = address(Operation, "undo", operation.undoing.pk)
    return client.post(undo, {"reason_for_change": "after all"}, follow=True).content.decode()


def test_a_source_made_for_another_try_is_in_nobodys_way_once_that_is_let_go(client, taken_back):
    job = taken_back
    previewed(client, job, COLUMNS, GIVEN)
    assert "another record has its key or address now" in brought_back(client, job.operation)
    discarded(client, job)
    brought_back(client, job.operation)
    assert Initiative.objects.get().source == Source.objects.get()
    assert "Take the whole import back" in client.get(page(job)).content.decode()


@pytest.mark.parametrize("is_planned", [False, True])
def test_an_import_brought_back_is_of_its_first_source_and_one_made_since_goes(
    client, taken_back, is_planned
):
    job = taken_back
    if is_planned:
        previewed(client, job, COLUMNS, GIVEN)
        Source.objects.update(slug="another")
    brought_back(client, job.operation)
    assert Source.objects.count() == 1 + is_planned
    assert not discarding.discard(job, None)
    assert "Take the whole import back" in client.get(page(job)).content.decode()
    job.refresh_from_db()
    assert Source.objects.get() == job.own_source == Initiative.objects.get().source
    act(client, job, "undo")
    assert not Source.objects.exists() and not Initiative.objects.exists()


@pytest.mark.parametrize("state", work.AT_WORK)
def test_what_is_being_worked_on_is_not_deleted(client, job, state):
    Import.objects.update(state=state)
    assert not discarding.discard(job, None)
    assert Source.objects.exists() and Import.objects.get() == job


def test_deleting_takes_the_rights_to_import_that_list(job):
    stranger = staff_with("curation.import_records", "curation.delete_import")
    assert discarded(stranger, job).status_code == 403
    assert stranger.get(question(job)).status_code == 403
    assert Import.objects.get() == job
