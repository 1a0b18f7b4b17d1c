"""Who imports over what readers see, or takes that back, says why; what stopped it is read in either language."""

import pytest
from django.core.management import call_command

from cases.models import Initiative, Section
from cities.models import City
from curation.imports import work
from curation.imports.models import Import
from records.operations import Operation
from sources.models import Source
from tests.curation.imports.flow import GIVEN, act, done, page, planned, previewed, send
from tests.factories import make_case, make_city, make_programme, make_source
from tests.staff import curator

pytestmark = pytest.mark.django_db
SAY_WHY = "Say why: what you change shows to readers."
WHY_ZH = "请说明理由：您更改的内容读者可见。"


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def source():
    make_programme("Award")
    make_case("Old Lane", city=make_city("Xiamen"), summary="Before.", slug="old-lane")
    return make_source("their-list")


def over_published(source) -> Import:
    """A preview of one row that changes a published case, and one that is refused."""
    return planned("cases", "slug,summary\nold-lane,After.\nother,No title.\n", source)


def test_an_import_over_what_readers_see_asks_why_and_keeps_what_was_chosen(client, source):
    job = over_published(source)
    for reason in ("", "  "):
        body = act(client, job, "confirm", leave_out=1, reason_for_change=reason).content.decode()
        assert SAY_WHY in body and 'name="leave_out" value="1" checked' in body
        assert job.state == "planned" and Initiative.objects.get().summary == "Before."
        assert not Operation.objects.exists()
    url = page(job)
    assert WHY_ZH in client.get(f"/zh-hans{url}").content.decode()
    client.post(url, {"act": "confirm", "leave_out": 1, "reason_for_change": "Their list of 2026"})
    job.refresh_from_db()
    assert job.state == "done" and Initiative.objects.get().summary == "After."
    assert job.operation.why.startswith("Their list of 2026")


def test_taking_back_what_readers_see_asks_why(client, source):
    job = over_published(source)
    act(client, job, "confirm", leave_out=1)
    body = act(client, job, "undo", reason_for_change="").content.decode()
    assert SAY_WHY in body and job.state == "done"
    assert Initiative.objects.get().summary == "After."
    act(client, job, "undo", reason_for_change="A trial")
    assert Initiative.objects.get().summary == "Before." and job.operation.undoing.reason == "A trial"


def test_drafts_alone_are_imported_and_taken_back_without_a_reason(client, source):
    job = planned("cases", "title,city\nGreen Lane,Xiamen\n", source, GIVEN)
    act(client, job, "confirm", reason_for_change="")
    assert job.state == "done", job.problem
    act(client, job, "undo", reason_for_change="")
    assert job.operation.undoing and Initiative.objects.count() == 1


def test_a_new_part_of_what_readers_see_asks_why(client, source):
    job = planned("figures", "city,population\nXiamen,10\n", source)
    assert SAY_WHY in act(client, job, "confirm", reason_for_change="").content.decode()
    assert job.state == "planned"


def test_the_operator_need_not_say_why(source):
    job = over_published(source)
    assert work.confirm(job, True, "")
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize("rows", ["title,city\nA,Nowhere\n", "slug,summary\nold-lane,Before.\n"])
def test_where_there_is_nothing_to_import_nothing_is_imported_by_hand_made_requests_either(
    client, source, rows
):
    described = {"title": "A new list", "publisher": "They", "url": "", "rights": "CC0"}
    assert send(client, "cases", rows, **described).status_code == 302
    job = Import.objects.get()
    previewed(client, job, fixed=GIVEN if "title" in rows else None)
    body = act(client, job, "confirm", leave_out=1).content.decode()
    assert "There is nothing to import: no row is new or changed." in body
    assert job.state == "planned" and not Operation.objects.exists()
    work.confirm(job, True, "x")  # also where the page was not asked
    job.refresh_from_db()
    assert job.state == "planned" and job.operation is None
    client.post(page(job).replace("change", "delete"), {"post": "yes"})
    assert not Import.objects.exists() and not Source.objects.filter(title="A new list").exists()


def test_the_command_line_says_that_there_is_nothing_to_import(source, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("slug,summary\nold-lane,Before.\n")
    call_command("import_records", "cases", str(path), "--source", "their-list", "--yes")
    assert "There is nothing to import" in capsys.readouterr().out
    assert not Import.objects.exists() and not Operation.objects.exists()


def test_why_taking_back_was_refused_is_read_in_the_language_of_the_reader(client, source):
    job = done(over_published(source), leave_out=True)
    case = Initiative.objects.get()
    case.summary = "Again."
    case.save()
    url = page(job)
    client.post(f"/zh-hans{url}", {"act": "undo", "reason_for_change": "x"})
    assert "“Old Lane” has been changed since: summary." in client.get(url).content.decode()
    body = client.get(f"/zh-hans{url}").content.decode()
    assert "“Old Lane”此后已被更改：摘要。" in body and "has been changed" not in body
    assert Initiative.objects.get().summary == "Again." and City.objects.count() == 1
    assert not Section.objects.exists()
