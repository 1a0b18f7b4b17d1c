"""What the API answers: the rows of the pages' own exports, page by page, and nothing that readers may not see."""

import json
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Initiative
from catalogue.api.places import places
from records.models import FormerSlug, Publishable
from tests import factories as make
from tests.web import body_of, ids, json_of

pytestmark = pytest.mark.django_db
PLACES = sorted(places())


def walked(client: Client, address: str) -> list[dict]:
    """The rows of a list on all its pages, as a program follows them."""
    rows = []
    while address:
        answer = json_of(client, address)
        rows += answer["results"]
        address = answer["next"] and address_of(answer["next"])
    return rows


def address_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def refused(client: Client, address: str, status: int = 400) -> str:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    return json.loads(response.content)["error"]


def test_every_list_that_has_an_address_for_data_is_in_it():
    wanted = {
        "cases",
        "cities",
        "outcomes",
        "declarations",
        "themes",
        "notes",
        "targets",
        "partners",
        "crosswalk",
    }
    assert wanted | {"plans", "alliances", "sources", "places", "lessons", "members", "unknowns"} == set(
        places()
    )


@pytest.mark.parametrize("name", PLACES)
def test_a_list_gives_every_row_of_its_export_in_the_same_order_whatever_the_size_of_a_page(
    catalogue, client, name
):
    assert walked(client, f"/api/v1/{name}/?page_size=7") == json_of(client, f"/{name}.json")["results"]


@pytest.mark.parametrize("name", [name for name in PLACES if places()[name].page])
def test_a_thing_is_the_document_of_its_page(catalogue, client, name):
    for slug in places()[name].page.record_class.objects.public().values_list("slug", flat=True)[:3]:
        assert json_of(client, f"/api/v1/{name}/{slug}/") == json_of(client, f"/{name}/{slug}.json")


FILTERS = {
    "theme": ["housing", "heritage", "water-environment", "nothing"],
    "city": ["xianning", "ningbo", "shanghai", "bijie", "nowhere"],
    "goal": ["3", "6", "11", "18"],
    "started": ["2014", "2018", "unknown"],
    "novelty": ["evolutionary", "both", "none"],
    "q": ["water", "old city", "housing -renewal", "xiannign", "!"],
    "utm_source": ["elsewhere"],
}
queries = st.lists(
    st.sampled_from([(name, value) for name, values in FILTERS.items() for value in values]), max_size=4
)
orders = st.sampled_from(["", "title", "-city", "newest", "population", "relevance", "nothing"])


def test_under_any_filters_and_order_the_ids_are_those_of_json_and_csv(catalogue, client):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(queries, orders)
    def holds(pairs, order):
        if sum(name == "q" for name, _value in pairs) > 3:
            return
        query = urlencode([*pairs, *([("sort", order)] if order else [])])
        asked, exported = (
            client.get(f"/api/v1/cases/?{query}&page_size=5"),
            client.get(f"/cases.json?{query}"),
        )
        assert asked.status_code == exported.status_code
        if asked.status_code == 200:
            rows = walked(client, f"/api/v1/cases/?{query}&page_size=5")
            assert rows == json.loads(body_of(exported))["results"]
            assert [row["id"] for row in rows] == ids(client, query)
        else:
            assert json.loads(asked.content) == json.loads(body_of(exported))

    holds()


def test_near_matches_stand_beside_the_results_and_are_as_many_as_asked_for(catalogue, client):
    answer = json_of(client, "/api/v1/cases/?q=water+patents&near=3")
    assert answer["near"] == json_of(client, "/cases.json?q=water+patents&near=3")["near"]
    assert len(answer["near"]) == 3
    assert "near" not in json_of(client, "/api/v1/cases/")


def test_the_search_is_that_of_the_pages_with_the_way_on(catalogue, client):
    answer, page = (
        json_of(client, "/api/v1/search/?q=water&type=case"),
        json_of(client, "/search.json?q=water&type=case"),
    )
    assert {name: answer[name] for name in page} == page
    assert (
        len(walked(client, "/api/v1/search/?q=water&page_size=3"))
        == json_of(client, "/search.json?q=water")["count"]
    )


def test_what_is_refused_says_why_and_what_(catalogue, client):
    assert refused(client, "/api/v1/cases/?city=nowhere") == "“nowhere” is not a known value of “city”."
    assert "page" in refused(client, "/api/v1/cases/?page=0")
    assert "200" in refused(client, "/api/v1/cases/?page_size=201")
    assert "“sort” is given 2 times" in refused(client, "/api/v1/cases/?sort=title&sort=city")
    assert "“xml”" in refused(client, "/api/v1/cases/?format=xml")
    assert "no word" in refused(client, "/api/v1/search/?q=!")
    assert refused(client, "/api/v1/cases/?page=2", 404) == "There is no page 2: this list ends with page 1."
    assert refused(client, "/api/v1/cases/?city=") == "“city” is given without a value."
    assert json_of(client, "/api/v1/cases/?utm_source=x&q=")["count"] == 14


def test_a_form_of_which_some_fields_were_left_empty_leads_to_what_was_asked(client):
    sent = client.get("/api/v1/cases/?q=&city=&sort=title&page=", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (sent.status_code, sent["Location"]) == (301, "/api/v1/cases/?sort=title")


def test_what_is_not_there_is_said_in_json(client):
    assert "/api/v1/" in refused(client, "/api/v1/nothing/", 404)
    assert "nowhere" in refused(client, "/api/v1/cases/nowhere/", 404)
    assert client.get("/api/v1/cases")["Location"] == "/api/v1/cases/"


def test_drafts_never_appear(client):
    make.make_case("Open", slug="open")
    hidden = make.make_case("Hidden", slug="hidden", state=Publishable.State.DRAFT)
    Initiative.objects.filter(pk=hidden.pk).update(
        city=make.make_city("Draft", state=Publishable.State.DRAFT)
    )
    assert [row["id"] for row in walked(client, "/api/v1/cases/")] == ["open"]
    assert json_of(client, "/api/v1/search/?q=hidden")["count"] == 0
    refused(client, "/api/v1/cases/hidden/", 404)
    refused(client, "/api/v1/cases/?city=draft")
    description = body_of(client.get("/api/schema.json")).decode()
    assert '"open"' in description
    assert '"hidden"' not in description
    assert '"draft"' not in description


def test_what_was_withdrawn_says_when_and_why(client):
    case = make.make_case("Gone", slug="gone")
    Initiative.objects.filter(pk=case.pk).update(
        state=Publishable.State.WITHDRAWN, withdrawn_at="2026-05-01T00:00Z", state_reason="It was not so."
    )
    response = client.get("/api/v1/cases/gone/")
    assert response.status_code == 410
    assert json.loads(response.content)["withdrawn"] == "2026-05-01"


def test_a_former_slug_leads_to_the_present_address_in_the_api(client):
    case = make.make_case("New", slug="new")
    FormerSlug.objects.create(model="cases.initiative", slug="old", object_id=case.pk)
    response = client.get("/api/v1/cases/old/?format=json")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/cases/new/?format=json")


def test_an_answer_that_has_not_changed_is_not_sent_again(catalogue, client):
    first = client.get("/api/v1/cases/?theme=housing")
    again = client.get("/api/v1/cases/?theme=housing", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/cases/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_scripts_of_any_site_may_read_it_and_nobody_may_do_more(client):
    origin = {"Origin": "https://elsewhere.example"}
    for address in ("/api/v1/", "/api/v1/cases", "/api/v1/nothing/", "/api/schema.json"):
        answer = client.get(address, headers=origin)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in client.get("/cases.json", headers=origin)
    preflight = client.options(
        "/api/v1/cases/",
        headers={
            **origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_it_only_reads(client, method):
    response = getattr(client, method)("/api/v1/cases/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(response.content)["error"]


def test_head_and_options_answer_without_a_body_and_lead_to_the_description(client):
    head = client.head("/api/v1/")
    assert head["Link"] == '</api/schema.json>; rel="service-desc", </api/>; rel="service-doc"'
    options = client.options("/api/v1/")
    assert (options.status_code, options.content, options["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_nobody_gets_a_cookie(client):
    for address in ("/api/", "/api/v1/", "/api/v1/cases/?format=html", "/api/schema.json"):
        assert not client.get(address).cookies


def test_data_has_one_address_and_pages_one_in_each_language(client):
    moved = client.get("/zh-hans/api/v1/themes/?sort=title")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/themes/?sort=title")
    page = client.get("/zh-hans/api/v1/themes/?sort=title", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 200
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert client.get("/zh-hans/api/schema.json")["Location"] == "/api/schema.json"


def test_a_page_of_a_list_takes_as_many_queries_whatever_its_size(catalogue, client):
    json_of(client, "/api/v1/cases/")
    counts = set()
    for size in (2, 14):
        with CaptureQueriesContext(connection) as queries:
            assert len(json_of(client, f"/api/v1/cases/?page_size={size}")["results"]) == size
        counts.add(len(queries))
    assert len(counts) == 1
