"""The first staff page: what there is to do, only what the person may view, in a fixed number of queries."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative
from cities.models import City
from curation.nominations.models import ErrorReport
from records import history
from records.models import Publishable
from tests.curation.nominations.sent import make_nomination
from tests.everything import make_everything
from tests.factories import make_case, make_city
from tests.staff import curator, filled, staff_with

pytestmark = pytest.mark.django_db
WAITING = "review" if "review" in Publishable.State.values else "draft"


def panel(client, name: str):
    found = {each.name: each for each in client.get("/admin/").context["panels"]}
    return found.get(name)


def texts(client, name: str) -> list[str]:
    return [row.text for row in panel(client, name).rows]


def test_what_waits_for_review_leads_to_its_page_and_all_of_it_to_the_filtered_list():
    for number in range(7):
        make_case(f"Waiting {number}", state=WAITING)
    client = curator()
    assert len(texts(client, "review")) == 5
    (label, url), *_rest = panel(client, "review").all_links
    assert label == "Cases (7)"
    assert client.get(url).context["cl"].result_count == 7
    assert client.get(panel(client, "review").rows[0].url).status_code == 200


def test_what_people_wait_for_is_at_the_head_with_counts_that_lead_to_it():
    for state in ("new", "new", "work", "declined", "draft"):
        make_nomination(state)
    ErrorReport.objects.create(page="/cases/", what="The year is wrong.", email="ada@example.org")
    client = curator()
    response = client.get("/admin/")
    first = response.context["panels"][0]
    assert first.name == "inbox"
    assert [(row.text, row.beside) for row in first.rows] == [
        ("Nominations: new", "2"),
        ("Nominations: in work", "1"),
        ("Error reports: new", "1"),
    ]
    for row in first.rows:
        assert client.get(row.url).context["cl"].result_count == int(row.beside)
    assert "ada@example.org" not in response.content.decode()
    only = staff_with("curation.view_errorreport")
    assert texts(only, "inbox") == ["Error reports: new"]
    ErrorReport.objects.update(state="answered")
    assert "Nobody waits: every letter is handled." in only.get("/admin/").content.decode()


def test_open_checks_are_counted_by_severity():
    make_everything(2)
    client = curator()
    row = next(row for row in panel(client, "checks").rows if row.text == "medium")
    assert client.get(row.url).context["cl"].result_count == int(row.beside) >= 2


def test_what_is_missing_is_counted_and_each_count_is_the_list_it_leads_to():
    make_everything(1)
    make_case("Empty", city=make_city("Tartu"))
    client = curator()
    rows = panel(client, "incomplete").rows
    assert any("reason for every theme" in row.text for row in rows)
    for row in rows:
        assert client.get(row.url).context["cl"].result_count == int(row.beside), row.text


def test_recent_changes_say_who_what_when_and_why():
    client, case = curator(), make_case("A case", summary="x")
    url = f"/admin/cases/initiative/{case.pk}/change/"
    client.post(url, filled(client, url, title="Another name", reason_for_change="It was misread."))
    row = panel(client, "recent").rows[0]
    assert (row.text, row.url, row.reason) == ("Another name", url, "It was misread.")
    assert re.fullmatch(r"edited, curator, \d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC", row.beside)


def test_what_was_deleted_is_named_without_a_link():
    client, case = curator(), make_case("Gone")
    client.post(f"/admin/cases/initiative/{case.pk}/delete/", {"post": "yes", "reason_for_change": "Twice."})
    assert (panel(client, "recent").rows[0].text, panel(client, "recent").rows[0].url) == ("Gone", "")


def test_drafts_of_mine_are_those_i_made_and_no_others():
    client = curator()
    user = client.get("/admin/").context["user"]
    make_case("Of another", state="draft")
    with history.operation(user=user):
        make_case("Of mine", state="draft")
        make_case("Of mine, published")
    assert texts(client, "mine") == ["Of mine"]
    ((_label, url),) = panel(client, "mine").all_links
    assert [each.title for each in client.get(url).context["cl"].result_list] == ["Of mine"]


def test_each_sees_only_what_they_may_view():
    make_everything(1)
    with history.operation():  # its city is made along with it, and that may be viewed
        make_case("A draft case", state="draft")
    with history.operation():
        make_city("A draft city", state="draft")
    client = staff_with("cities.view_city")
    html = client.get("/admin/").content.decode()
    assert "A draft city" in html
    assert "A draft case" not in html
    assert panel(client, "checks") is None
    recent = panel(client, "recent").rows
    assert recent[0].text == "A draft city"
    assert {row.url.split("/")[3] for row in recent} == {"city"}
    assert {row.url.partition("?")[0] for row in panel(client, "incomplete").rows} <= {"/admin/cities/city/"}


def test_who_may_view_nothing_gets_an_empty_desk():
    make_everything(1)
    client = staff_with()
    names = [each.name for each in client.get("/admin/").context["panels"]]
    assert set(names) <= {"saved", "recent"}


def test_every_link_of_the_desk_leads_somewhere():
    make_everything(1)
    make_case(state="draft")
    client = curator()
    html = client.get("/admin/").content.decode()
    for link in set(re.findall(r'href="(/admin/[^"#]*)"', html)) - {"/admin/logout/"}:
        assert client.get(unescape(link)).status_code == 200, link


def test_the_desk_takes_as_many_queries_for_hundreds_as_for_fourteen():
    client, seen = curator(), []
    for times in (14, 200):
        while Initiative.objects.count() < times:
            with history.operation():
                make_everything(1)
        client.get("/admin/")  # what is remembered is remembered from here on
        City.objects.filter(pk__in=City.objects.values("pk")[:3]).update(state="draft")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/").status_code == 200
        seen.append(len(queries))
    assert seen[0] == seen[1] < 30
