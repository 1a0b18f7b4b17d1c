import json

import pytest
from django.contrib.auth.models import Permission, User

from tests import factories as make
from tests.web import body_of, csv_rows, json_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.listing.urls")]

LIST = "/admin/cases/initiative/"


@pytest.fixture
def staff(client):
    """A client signed in as staff who may view cases and nothing else."""
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_initiative"))
    client.force_login(user)
    return client


@pytest.fixture
def five():
    a, b = make.make_city("A", slug="a"), make.make_city("B", slug="b")
    for number in range(5):
        make.make_case(
            f"Case {number}", city=a if number < 3 else b, state="draft" if number % 2 else "published"
        )


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Case 0", "Case 1", "Case 2", "Case 3", "Case 4"]),
        ("state__exact=draft", ["Case 1", "Case 3"]),
        ("q=Case+4", ["Case 4"]),
        ("o=-1", ["Case 4", "Case 3", "Case 2", "Case 1", "Case 0"]),
        ("p=2&all=", ["Case 0", "Case 1", "Case 2", "Case 3", "Case 4"]),
        ("p=99", ["Case 0", "Case 1", "Case 2", "Case 3", "Case 4"]),
        ("q=nothing", []),
        ("e=1", ["Case 0", "Case 1", "Case 2", "Case 3", "Case 4"]),
    ],
)
def test_exactly_the_filtered_list_all_pages_same_order(staff, query, titles):
    assert [row["title"] for row in csv_rows(staff, f"{LIST}export/csv/?{query}")] == titles
    document = json_of(staff, f"{LIST}export/json/?{query}")
    assert (document["count"], [row["title"] for row in document["results"]]) == (len(titles), titles)


@pytest.mark.usefixtures("five")
def test_the_page_links_to_what_it_shows(staff):
    html = staff.get(f"{LIST}?state__exact=draft&p=1").content.decode()
    for ending in ("csv/", "csv/spreadsheet/", "json/"):
        assert f'href="{LIST}export/{ending}?state__exact=draft"' in html
    assert "Add case" not in html


def test_foreign_keys_are_natural_keys_in_one_query(admin_client, django_assert_max_num_queries):
    theme = make.make_theme("Housing")
    for _number in range(4):
        make.make_case("Lane", slug=f"lane-{_number}", themes=[theme])
    admin_client.get("/admin/")
    with django_assert_max_num_queries(8):
        rows = csv_rows(admin_client, "/admin/cases/initiativetheme/export/csv/")
    assert sorted(row["initiative"] for row in rows) == ["lane-0", "lane-1", "lane-2", "lane-3"]
    assert {(row["theme"], row["source"], row["hidden"]) for row in rows} == {("housing", "", "false")}


def test_the_kind_for_spreadsheets(staff):
    make.make_case("=1+1", slug="a")
    assert csv_rows(staff, f"{LIST}export/csv/spreadsheet/")[0]["title"] == "'=1+1"
    assert staff.get(f"{LIST}export/csv/excel/").status_code == 400
    assert staff.get(f"{LIST}export/json/spreadsheet/").status_code == 400
    assert staff.get(f"{LIST}export/exe/").status_code == 302


def test_a_filter_the_list_does_not_know_is_refused_never_everything(staff):
    make.make_case()
    answer = staff.get(f"{LIST}export/csv/?state__exact=draft&state__nothing=1")
    assert answer.status_code == 400
    assert "nothing" in body_of(answer).decode()
    assert "error" in json.loads(body_of(staff.get(f"{LIST}export/json/?state__nothing=1")))


def test_who_may_not_view_may_not_export(client, staff):
    other = "/admin/cases/initiativetheme/export/csv/"
    assert staff.get(other).status_code == 403
    client.logout()
    answer = client.get(f"{LIST}export/csv/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]
