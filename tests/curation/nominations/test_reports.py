"""Error reports of readers: which page and record they speak of, and what is refused."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.nominations import guard
from curation.nominations.models import ErrorReport
from tests.curation.nominations.sent import reported, stamp
from tests.factories import make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_link_of_a_page_leads_to_the_form_and_the_report_to_its_record(client, prefix):
    case = make_case("Lane", slug="nanjing-lane")
    page = client.get(f"{prefix}/cases/nanjing-lane/").content.decode()
    [link] = re.findall(rf'href="({prefix}/report/[^"]*)"', page)
    form = client.get(link)
    assert f'value="{prefix}/cases/nanjing-lane/"' in form.content.decode()
    assert form.context["about"] == case
    answer = client.post(
        f"{prefix}/report/", reported(page=f"{prefix}/cases/nanjing-lane/", email="a@example.org")
    )
    assert answer.status_code == 200
    report = ErrorReport.objects.get()
    assert (report.model, report.object_id, report.state) == ("cases.initiative", case.pk, "new")
    assert report.page == f"{prefix}/cases/nanjing-lane/"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/cases/",
        "javascript:alert(1)",
        "cases/",
        "/a\nb",
    ],
)
def test_a_page_of_elsewhere_is_refused_and_shown_nowhere_as_a_link(client, page):
    answer = client.post("/report/", reported(page=page))
    assert answer.status_code == 422
    assert not re.search(r'href="[^"]*evil', answer.content.decode())
    assert not ErrorReport.objects.exists()
    assert client.get("/report/", {"page": page}).status_code == 200


def test_the_whole_address_of_a_page_is_taken_too(client, settings):
    client.post("/report/", reported(page="http://testserver/cases/?q=x"))
    settings.SITE_URL = "https://catalogue.example.org"
    client.post("/report/", reported(page="https://catalogue.example.org/themes/"))
    assert {report.page for report in ErrorReport.objects.all()} == {"/cases/?q=x", "/themes/"}


def test_a_draft_is_not_named(client):
    make_case("Secret lane", slug="secret-lane", state="draft")
    form = client.get("/report/", {"page": "/cases/secret-lane/"})
    assert "Secret lane" not in form.content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"what": ""}, "Say what is wrong"),
        ({"what": "x" * 10_000}, "these are 10000"),
        ({"email": "nobody"}, "one e-mail address"),
        ({"printed": "a\x00"}, "cannot be printed"),
        ({"website": "x"}, "must stay empty"),
        (
            {"stamp": stamp(-86_400)},
            "within seconds",
        ),  # made while tests are collected: long before it is sent
        ({"stamp": None}, "once more"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_lost(client, changes, told):
    answer = client.post("/report/", reported(**{"printed": "Kept words", **changes}))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "printed" in changes or "Kept words" in answer.content.decode()
    assert not ErrorReport.objects.exists()


def test_reports_are_limited_and_hand_made_fields_set_nothing(client, monkeypatch):
    monkeypatch.setitem(guard.MOST, "report", (1, 10))
    assert client.post("/report/", reported(state="corrected", model="x", handled_by="me")).status_code == 200
    assert client.post("/report/", reported()).status_code == 429
    report = ErrorReport.objects.get()
    assert (report.state, report.model, report.handled_by) == ("new", "", "")


def test_the_form_needs_its_token(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/report/", reported()).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', strict.get("/report/").content.decode())[1]
    assert strict.post("/report/", reported(csrfmiddlewaretoken=token)).status_code == 200
    assert strict.put("/report/").status_code == 403
    assert Client().put("/report/").status_code == 405


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=st.text(max_size=60), what=st.text(max_size=60))
def test_whatever_is_sent_is_answered(client, page, what):
    said = {"page": page.encode("utf-8", "ignore").decode(), "what": what.encode("utf-8", "ignore").decode()}
    assert client.get("/report/", {"page": said["page"]}).status_code == 200
    assert client.post("/report/", reported(**said)).status_code in (200, 422, 429)
