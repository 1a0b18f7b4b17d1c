"""GeoJSON of a list: each row where its city lies (RFC 7946)."""

import json
from decimal import Decimal

import pytest

from tests.factories import make_case, make_city, make_population
from tests.web import body_of, json_of

pytestmark = pytest.mark.django_db
PLACE = {"latitude": Decimal("20.03421"), "longitude": Decimal("110.34651")}


def test_each_case_stands_where_its_city_lies_with_the_columns_of_the_list(client):
    make_case("Birds", city=make_city("Haikou", **PLACE))
    make_case("Nowhere", city=make_city("Atlantis"))
    answer = client.get("/cases.geojson?sort=title")
    assert answer["Content-Type"] == "application/geo+json; charset=utf-8"
    found = json.loads(body_of(answer))
    assert found["type"] == "FeatureCollection"
    assert [each["type"] for each in found["features"]] == ["Feature", "Feature"]
    places = [each["geometry"] for each in found["features"]]
    assert places == [{"type": "Point", "coordinates": [110.34651, 20.03421]}, None]
    rows = json_of(client, "/cases.json?sort=title")["results"]
    assert [each["properties"] for each in found["features"]] == rows


def test_cities_have_it_too_and_what_has_no_place_has_no_such_form(client):
    make_population(make_city("Haikou", **PLACE), 2_908_000)
    (feature,) = json.loads(body_of(client.get("/cities.geojson")))["features"]
    assert feature["geometry"]["coordinates"] == [110.34651, 20.03421]
    assert feature["properties"]["population"] == 2_908_000
    assert client.get("/themes.geojson").status_code == 404


def test_an_empty_list_is_a_collection_of_nothing(client):
    make_case()
    assert json.loads(body_of(client.get("/cases.geojson?started=2001"))) == {
        "type": "FeatureCollection",
        "features": [],
    }
