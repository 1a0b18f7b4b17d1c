"""An import that was begun and is not wanted is deleted, with the source that was made with it."""

import pytest

from cases.models import Initiative
from curation.imports import work
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


def discarded(client, job):
    return client.post(page(job), {"act": "discard"}, follow=True)


@pytest.mark.parametrize("is_planned", [False, True])
def test_an_unfinished_import_is_deleted_with_its_file_its_rows_and_its_hidden_source(
    client, job, is_planned
):
    if is_planned:
        previewed(client, job, COLUMNS, GIVEN)
        assert job.state == "planned"
    assert "Delete the import" in client.get(page(job)).content.decode()
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


def test_what_was_done_is_taken_back_and_not_deleted(client, job):
    previewed(client, job, COLUMNS, GIVEN)
    act(client, job, "confirm")
    assert "no longer possible here" in told(discarded(client, job))
    act(client, job, "undo")
    act(client, job, "again")
    assert "Delete the import" not in client.get(page(job)).content.decode()
    assert "no longer possible here" in told(discarded(client, job))
    assert Import.objects.get() == job


@pytest.mark.parametrize("state", work.AT_WORK)
def test_what_is_being_worked_on_is_not_deleted(client, job, state):
    Import.objects.update(state=state)
    assert not work.discard(job, None)
    assert Source.objects.exists() and Import.objects.get() == job


def test_deleting_takes_the_rights_to_import_that_list(job):
    stranger = staff_with("curation.import_records", "curation.delete_import")
    assert discarded(stranger, job).status_code == 403
    assert Import.objects.get() == job
