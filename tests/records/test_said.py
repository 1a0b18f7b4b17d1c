"""What the catalogue itself writes into the history is read in the language of whoever reads it."""

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from cases.models import Initiative
from curation.models import ErrorReport
from curation.nominations.handling import set_state
from records import history, reverting
from records.operations import Operation
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
