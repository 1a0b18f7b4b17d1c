"""The description of the API: a reference parser reads it, it leaves nothing out, and every answer keeps to it."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from cases.filters import CaseFilters
from cases.models import Initiative
from catalogue.api import words
from catalogue.api.places import places
from cities.models import City
from tests.web import json_of

pytestmark = pytest.mark.django_db
# Programs are generated from these names: they stay.
OPERATIONS = {
    *("root", "search"),
    *(
        "alliances_get",
        "alliances_list",
        "cases_get",
        "cases_list",
        "cities_get",
        "cities_list",
        "crosswalk_list",
    ),
    *("declarations_get", "declarations_list", "lessons_list", "members_list", "notes_get", "notes_list"),
    *(
        "outcomes_list",
        "partners_get",
        "partners_list",
        "places_get",
        "places_list",
        "plans_get",
        "plans_list",
    ),
    *("sources_get", "sources_list", "targets_list", "themes_get", "themes_list", "unknowns_list"),
}


@pytest.fixture
def described(catalogue, client) -> dict:
    return json_of(client, "/api/schema.json")


def operations(described: dict) -> dict[str, dict]:
    return {each["get"]["operationId"]: each["get"] for each in described["paths"].values()}


def parts(schema, path: str = ""):
    """Every schema that stands in one, with its place."""
    if isinstance(schema, dict):
        if "type" in schema or "$ref" in schema:
            yield path, schema
        for name, each in schema.items():
            if name not in ("examples", "example"):
                yield from parts(each, f"{path}/{name}")
    elif isinstance(schema, list):
        for place, each in enumerate(schema):
            yield from parts(each, f"{path}/{place}")


def shape_of(described: dict, operation: dict) -> Draft202012Validator:
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator(
        shape | {"components": described["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def test_a_reference_parser_finds_nothing_wrong(described):
    assert described["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_it_names_version_licence_and_where_people_read_more(described):
    assert described["info"]["version"] == "1.0.0"
    assert described["info"]["license"]["identifier"] == "CC-BY-4.0"
    assert described["externalDocs"]["url"].endswith("/api/")
    assert described["servers"] == [{"url": "http://testserver"}]


def test_the_names_of_operations_stay(described):
    assert set(operations(described)) == OPERATIONS


def test_every_filter_and_order_of_a_list_is_described_with_what_a_value_looks_like(described):
    for name, place in places().items():
        operation = operations(described)[f"{name}_list"]
        parameters = {each["name"]: each for each in operation["parameters"]}
        orders = ["sort"] if place.list.sorting else []
        assert {*place.list.filterset_class.base_filters, *orders, "page", "page_size"} <= set(parameters)
        for each in parameters.values():
            assert len(each["description"]) > 3, each["name"]
            found = [schema for _place, schema in parts(each["schema"])]
            assert any({"enum", "pattern", "maximum", "$ref"} & set(schema) for schema in found), each["name"]


def test_the_values_of_a_filter_are_named_and_each_is_taken(described, client):
    for each in operations(described)["cases_list"]["parameters"]:
        values = each["schema"].get("items", {}).get("enum", [])
        for value in values[:40]:
            assert client.get("/api/v1/cases/", {each["name"]: value}).status_code == 200
    assert set(CaseFilters.base_filters) - {"q"} <= {
        each["name"]
        for each in operations(described)["cases_list"]["parameters"]
        if each["schema"].get("items")
    }


def test_every_key_of_every_answer_is_described(described):
    for name, schema in described["components"]["schemas"].items():
        for key, each in schema.get("properties", {}).items():
            assert each.get("description"), f"{name}.{key}"


def test_every_row_and_every_thing_keeps_to_its_shape(described, client):
    found = operations(described)
    for name, place in places().items():
        validator = shape_of(described, found[f"{name}_list"])
        address = f"/api/v1/{name}/?page_size=200"
        while address:
            answer = json_of(client, address)
            assert [error.message for error in validator.iter_errors(answer)] == [], address
            address = answer["next"] and answer["next"].removeprefix("http://testserver")
        if place.page:
            validator = shape_of(described, found[f"{name}_get"])
            for slug in place.page.record_class.objects.public().values_list("slug", flat=True)[:30]:
                document = json_of(client, f"/api/v1/{name}/{slug}/")
                assert [error.message for error in validator.iter_errors(document)] == [], slug


def test_examples_are_answers(described):
    for operation in operations(described).values():
        validator = shape_of(described, operation)
        examples = operation["responses"]["200"]["content"]["application/json"].get("examples", {})
        assert examples, operation["operationId"]
        for example in examples.values():
            assert [error.message for error in validator.iter_errors(example["value"])] == []


def test_the_download_and_the_page_for_programs_lead_to_it(client):
    for address in ("/download/", "/api/", "/zh-hans/api/"):
        page = client.get(address).content.decode()
        assert '<link rel="service-desc" type="application/json" href="/api/schema.json">' in page
        assert 'rel="service-doc"' in page


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=6) | st.text(alphabet='"’-−ʼ .a“”„«\u0301\n ,1Ⅷ㈱™é海\ufffd', max_size=8))
def test_the_expression_for_texts_tells_what_can_be_searched_for(text):
    assume(not re.search("['’ʼ][sS]", text))  # a possessive alone is no word
    filters = CaseFilters(QueryDict(urlencode({"q": text})), Initiative.objects.none())
    is_taken = not filters.problems
    assert bool(re.fullmatch(words.pattern(), text)) is is_taken


def test_it_is_made_anew_when_the_data_change(catalogue, client, settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    first = client.get("/api/schema.json")
    assert client.get("/api/schema.json", headers={"If-None-Match": first["ETag"]}).status_code == 304
    City.objects.filter(slug="bijie").update(hidden=True)
    assert '"bijie"' not in json.dumps(json_of(client, "/api/schema.json")["paths"]["/api/v1/cities/"])
