"""What the catalogue itself writes into the history is read in the language of whoever reads it."""

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from cases.models import Initiative
from curation.models import ErrorReport, NotPrinted
from curation.nominations.handling import set_state
from records import history, reverting
from records.operations import Change, Operation
from records.said import Anew
from tests.curation.imports.flow import planned
from tests.factories import make_case, make_source
from tests.staff import address, curator, take

pytestmark = pytest.mark.django_db


def read() -> dict[str, tuple[str, str]]:
    """What the newest operation was done to and why, in each language."""
    found, newest = {}, Operation.objects.first()
    for code in ("en", "zh-hans"):
        with override(code):
            found[code] = (newest.what, newest.why)
    return found


def test_what_became_of_a_letter_is_said_on_the_desk_and_in_the_log_of_each_language():
    client = curator()
    report = ErrorReport.objects.create(page="/cases/", what="Wrong year.")
    with override("zh-hans"):  # whoever handled it worked in Chinese
        set_state(report, "declined", "It is right.", User.objects.get())
    assert read() == {
        "en": (f"Error report {report.pk}: declined", "It is right."),
        "zh-hans": (f"错误报告 {report.pk}: 未采纳", "It is right."),
    }
    for path in ("/admin/", address(Operation)):
        assert f"Error report {report.pk}: declined" in client.get(path).content.decode()
        page = client.get(f"/zh-hans{path}").content.decode()
        assert f"错误报告 {report.pk}: 未采纳" in page
        assert "Error report" not in page


def test_a_bulk_action_is_named_by_its_words_and_so_is_what_takes_it_back():
    cases = [make_case(title, state="draft", summary="x") for title in ("One", "Two")]
    client = curator()
    take(client, Initiative, "send", *cases)
    named = {"en": "Send selected cases for review (2)", "zh-hans": "将所选的案例送审 (2)"}
    assert {code: what for code, (what, _why) in read().items()} == named
    reverting.undo(Operation.objects.get(), User.objects.get(), "too early")
    assert {code: what for code, (what, _why) in read().items()} == named
    assert Operation.objects.first().subject == named["en"]  # by which it is searched


def test_an_import_says_its_table_and_the_rows_left_out():
    client = curator()
    job = planned(
        "cities", "name,country\nTartu,EE\nNowhere,XX\n", make_source("list"), user=User.objects.get()
    )
    client.post(f"/zh-hans{address(type(job), 'change', job.pk)}", {"act": "confirm", "leave_out": "on"})
    assert read() == {
        "en": ("Cities: list.csv", "Rows left out: 3."),
        "zh-hans": ("城市: list.csv", "略去的行：3。"),
    }


def test_the_words_of_a_person_and_names_stay_as_they_are():
    with history.operation(reason=" as printed ", subject="x" * 400):
        make_case("One")
    newest = Operation.objects.get()
    assert (newest.said, newest.why, newest.what) == ({}, "as printed", "x" * 300)


def test_a_language_that_is_kept_is_read_and_the_first_where_none_is():
    operation = Operation()
    operation.say("subject", Anew(lambda: "plain"))
    assert operation.what == operation.subject == "plain"


def called(change: Change) -> dict[str, tuple[str, str]]:
    """What a change and its operation say was changed, in each language."""
    found = {}
    for code in ("en", "zh-hans"):
        with override(code):
            found[code] = (change.called, change.operation.what)
    return found


def test_what_is_called_by_words_of_the_catalogue_is_read_so_in_each_language_also_when_it_has_gone():
    client = curator()
    case = make_case("Lane")
    mark = NotPrinted.objects.create(case=case, rule="outcomes", reason="Looked through all of it.")
    with override("zh-hans"), history.operation():
        mark.delete()
    english, chinese = "Lane: outcomes with lines", "Lane: 附有行号的成果"
    assert called(Change.objects.get()) == {"en": (english, english), "zh-hans": (chinese, chinese)}
    assert Change.objects.get().name == english  # by which it is searched
    for path in (address(Change), address(NotPrinted, "deleted"), "/admin/"):
        assert english in client.get(path).content.decode(), path
        page = client.get(f"/zh-hans{path}").content.decode()
        assert chinese in page and english not in page, path
    reverting.undo(Operation.objects.get(), User.objects.get(), "")
    assert called(Change.objects.first()) == called(Change.objects.last())


def test_a_name_that_is_the_same_in_each_language_is_kept_once():
    with history.operation():
        make_case("Lane")
    assert Operation.objects.get().said == {}
    assert not [change for change in Change.objects.all() if change.names]
