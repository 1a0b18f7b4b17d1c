"""The frame of the staff pages: where nothing is, and what a list offers."""

import re

import pytest

from cases.models import Initiative
from search.models import Synonym
from tests.factories import make_case
from tests.staff import address, curator, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_a_staff_address_that_is_nowhere_leads_back_to_the_desk_and_the_list(prefix):
    answer = curator().get(f"{prefix}/admin/cases/initiative/999/preview/")
    page = answer.content.decode()
    assert answer.status_code == 404
    for url in ("/admin/", "/admin/cases/initiative/", "/"):
        assert re.search(rf'<li><a href="{prefix}{url}">', page), url
    assert answer.templates[0].name == "admin/404.html"


def test_the_page_of_nothing_names_no_list_where_the_address_speaks_of_none():
    for client in (member(), curator()):
        page = client.get("/admin/nowhere/at/all/").content.decode()
        assert '<li><a href="/admin/">' in page
        assert "To the list" not in page


def test_readers_are_led_to_their_own_pages_and_told_of_no_desk(client):
    answer = client.get("/cases/no-such-case/")
    assert (answer.status_code, answer.templates[0].name) == (404, "404.html")
    assert client.get("/admin/nowhere/").status_code == 302  # to the page where one logs in


@pytest.mark.parametrize(("prefix", "words"), [("", r"(^| )selected "), ("/zh-hans", r"所选的\S")])
@pytest.mark.parametrize("model", [Initiative, Synonym])
def test_all_actions_of_a_list_are_worded_alike(prefix, words, model):
    client = curator()
    make_case("One")
    Synonym.objects.create(words="tram\nstreetcar", reason="the same")
    page = client.get(f"{prefix}{address(model)}")
    offered = [str(label) for name, label in page.context["action_form"].fields["action"].choices if name]
    assert len(offered) > 1
    assert [label for label in offered if not re.search(words, label) or "the selected" in label] == []


def test_how_many_results_stands_beside_the_search_only_where_something_narrows_the_list():
    client = curator()
    make_case("One")
    make_case("Two", state="draft")
    for query, narrows in (("", False), ("o=1", False), ("q=one", True), ("state__exact=draft", True)):
        page = client.get(f"{address(Initiative)}?{query}").content.decode()
        assert ("Show all</a>" in page) is narrows, query
