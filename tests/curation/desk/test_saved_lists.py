"""Saved lists: one's own or shared, found on the desk and above the list, renamed and deleted by whose they are."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative
from cities.models import City
from curation.models import SavedList
from tests.factories import make_case
from tests.staff import address, curator, staff_with, told

pytestmark = pytest.mark.django_db


def save(client, name="Drafts", query="state__exact=draft&p=2", model="cases.initiative", **more):
    return client.post(
        "/admin/lists/save/", {"name": name, "query": query, "model": model, **more}, follow=True
    )


def test_a_saved_list_is_found_above_the_list_and_on_the_desk():
    make_case("A draft", state="draft")
    make_case("Public")
    client = curator()
    response = save(client)
    assert "saved as “Drafts”" in told(response)
    url = f"{address(Initiative)}?state__exact=draft"
    assert response.redirect_chain == [(url, 302)]
    for page in (address(Initiative), "/admin/", "/admin/lists/"):
        assert f'href="{url}"' in client.get(page).content.decode(), page
    assert f'href="{url}"' not in client.get(address(City)).content.decode()
    assert [each.title for each in client.get(url).context["cl"].result_list] == ["A draft"]


def test_the_same_name_again_replaces_the_filters():
    client = curator()
    save(client)
    assert "now has the filters" in told(save(client, query="hidden__exact=1"))
    assert SavedList.objects.get().query == "hidden__exact=1"


def test_others_see_what_is_shared_and_cannot_change_it():
    first = curator()
    save(first, "Mine alone")
    save(first, "For all", shared="on")
    other = staff_with("cases.view_initiative")
    html = other.get("/admin/lists/").content.decode()
    assert "For all" in html
    assert "shared by curator" in html
    assert "Mine alone" not in html
    for row in SavedList.objects.all():
        assert other.post(f"/admin/lists/{row.pk}/", {"delete": "1"}).status_code == 403
        assert other.post(f"/admin/lists/{row.pk}/", {"name": "Stolen"}).status_code == 403
    assert SavedList.objects.count() == 2


def test_what_one_may_not_view_is_not_among_the_shared():
    save(curator(), "For all", shared="on")
    other = staff_with("cities.view_city")
    assert "For all" not in other.get("/admin/lists/").content.decode()
    assert save(other).status_code == 403
    assert save(other, model="x").status_code == 403


def test_whose_it_is_renames_shares_and_deletes_it():
    client = curator()
    save(client)
    save(client, "Second")
    row = SavedList.objects.get(name="Drafts")
    client.post(f"/admin/lists/{row.pk}/", {"name": "To do", "shared": "on"})
    row.refresh_from_db()
    assert (row.name, row.shared) == ("To do", True)
    taken = client.post(f"/admin/lists/{row.pk}/", {"name": "Second"}, follow=True)
    assert "a list of this name already" in told(taken)
    client.post(f"/admin/lists/{row.pk}/", {"delete": "1"})
    assert list(SavedList.objects.values_list("name", flat=True)) == ["Second"]


@pytest.mark.parametrize(
    ("name", "said"), [("", "Give the list a name"), ("x" * 81, "80"), ("\0", "null|Null")]
)
def test_a_name_that_will_not_do_is_refused_with_a_message(name, said):
    response = save(curator(), name)
    assert any(part in told(response) for part in said.split("|"))
    assert not SavedList.objects.exists()


def test_filters_that_are_too_long_are_refused():
    assert "too long" in told(save(curator(), query="q=" + "x" * 4001))


def test_it_takes_a_post_with_a_token_by_staff():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_superuser("boss"))
    assert strict.post("/admin/lists/save/", {"name": "x", "model": "cases.initiative"}).status_code == 403
    assert curator().get("/admin/lists/save/").status_code == 405
    assert Client().post("/admin/lists/save/").status_code == 302


def test_many_saved_lists_cost_no_more_queries():
    client, seen = curator(), []
    for count in (1, 40):
        for number in range(count):
            save(client, f"List {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/lists/")
        seen.append(len(queries))
    assert seen[0] == seen[1]
