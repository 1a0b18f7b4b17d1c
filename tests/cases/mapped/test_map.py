"""`/map/`: the cities of the cases under the filters of the list of cases, as a picture, a table and data."""

import re
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.mapped.columns import MAP
from cases.mapped.lists import MapPage
from cities.models import City
from search import service
from tests import factories as make
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db

PLACES = {
    "Xiamen": (24.47979, 118.08187),
    "Guangzhou": (23.11667, 113.25),
    "Dongguan": (23.01797, 113.74866),
    "Harbin": (45.75, 126.65),
}


def place(name: str, lat: float, lon: float, **fields) -> City:
    return make.make_city(name, latitude=lat, longitude=lon, **fields)


@pytest.fixture
def some():
    """Four Chinese cities, two of them near one another; Harbin has three cases. One of a fifth is a draft."""
    water, parks = make.make_theme("Water"), make.make_theme("Parks")
    cities = {name: place(name, *at) for name, at in PLACES.items()}
    City.objects.filter(name="Harbin").update(name_local="哈尔滨")
    for name, city in cities.items():
        make.make_case(f"A pond in {name}", city=city, themes=(water,), started="2017")
    make.make_case("A lane", city=cities["Harbin"], themes=(parks,))
    make.make_case("A garden", city=cities["Harbin"], themes=(parks, water), started="2019")
    make.make_case("Not yet", city=place("Dalian", 38.91, 121.6), state="draft")
    return cities


def shown(client, query: str = "", prefix: str = ""):
    answer = client.get(f"{prefix}/map/?{query}")
    assert answer.status_code == 200
    return answer


def counts(client, query: str = "") -> dict[str, int]:
    return {row["city_id"]: row["cases"] for row in json_of(client, f"/map.json?{query}")["results"]}


def titles(html: str) -> list[str]:
    """What the marks of the wide picture are called."""
    return re.findall(r"<a class=\"map__mark\"[^>]*><title>([^<]*)</title>", html.partition("map__narrow")[0])


def test_the_page_has_a_row_and_a_place_for_each_city(client, some):
    answer = shown(client)
    assert [city.slug for city, _url in answer.context["page_obj"]] == [
        "harbin",
        "dongguan",
        "guangzhou",
        "xiamen",
    ]
    assert (answer.context["count"], answer.context["case_count"]) == (4, 6)
    html = answer.content.decode()
    assert titles(html) == ["Harbin: 3 cases", "2 cities around Dongguan, 2 cases: nearer", "Xiamen: 1 case"]
    assert "Dalian" not in html


def test_both_pictures_have_a_name_a_description_and_the_list_as_their_alternative(client, some):
    html = shown(client).content.decode()
    for name in ("wide", "narrow"):
        assert f'<title id="map-title-{name}">Map with 4 cities</title>' in html
        assert f'aria-labelledby="map-title-{name}" aria-describedby="map-about-{name}"' in html
    assert '<a href="#cities">The same cities as a list</a>' in html
    assert 'id="cities"' in html


def test_a_mark_leads_to_its_cases_under_the_same_filters_and_its_name_to_the_city(client, some):
    html = shown(client, "theme=water&started=2017&city=harbin&city=xiamen&sort=city").content.decode()
    assert 'href="/cases/?city=xiamen&amp;theme=water&amp;started=2017"' in html.replace(
        "theme=water&amp;started=2017&amp;city=xiamen", "city=xiamen&amp;theme=water&amp;started=2017"
    )
    assert '<a class="map__name" href="/cities/harbin/">' in html
    [url] = {url for city, url in shown(client, "theme=water").context["page_obj"] if city.slug == "harbin"}
    assert client.get(url).context["count"] == 2


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"harbin": 3, "xiamen": 1, "guangzhou": 1, "dongguan": 1}),
        ("theme=parks", {"harbin": 2}),
        ("theme=parks&theme=water", {"harbin": 3, "xiamen": 1, "guangzhou": 1, "dongguan": 1}),
        ("city=xiamen&city=harbin&theme=water", {"xiamen": 1, "harbin": 2}),
        ("city=xiamen&theme=parks", {}),
        ("country=china&started=2019", {"harbin": 1}),
        ("q=lane", {"harbin": 1}),
        ("q=zeppelin", {}),
    ],
)
def test_the_filters_are_those_of_the_list_of_cases(client, some, query, wanted):
    assert counts(client, query) == wanted
    assert shown(client, query).context["case_count"] == sum(wanted.values())


FILTERS = {
    "theme": ["urban-renewal", "housing", "public-space"],
    "goal": ["11", "3"],
    "city": ["hong-kong", "xiamen", "shanghai"],
    "country": ["china"],
    "started": ["2017", "unknown"],
    "novelty": ["revolutionary", "none"],
    "article": ["ningbo-initiative:3"],
    "q": ["water", "smart city", "children school"],
}
QUERIES = st.dictionaries(st.sampled_from(sorted(FILTERS)), st.integers(0, 2), max_size=4).map(
    lambda chosen: [(name, FILTERS[name][n % len(FILTERS[name])]) for name, n in sorted(chosen.items())]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(pairs=QUERIES)
def test_under_any_filters_the_map_has_the_cases_that_the_list_has(catalogue, pairs):
    client, query = Client(), urlencode(pairs)
    cases = json_of(client, f"/cases.json?{query}")
    of_cities = Counter(case["city_id"] for case in cases["results"])
    assert counts(client, query) == of_cities
    page = shown(client, query).context
    assert (page["count"], page["case_count"]) == (len(of_cities), cases["count"])
    for picture in page["pictures"]:
        assert picture.city_count == len(of_cities)


def test_while_the_index_is_being_built_the_database_counts(client, some, monkeypatch):
    wanted = counts(client, "theme=water&city=harbin&city=xiamen")

    def building(*_args, **_kwargs):
        raise service.Building

    monkeypatch.setattr("listing.indexed.snapshot", building)
    assert counts(client, "theme=water&city=harbin&city=xiamen") == wanted == {"harbin": 2, "xiamen": 1}


def test_the_rows_of_the_export_are_those_of_the_page(client, some):
    rows = csv_rows(client, "/map.csv?sort=-city")
    assert list(rows[0]) == MAP.names
    assert [row["city"] for row in rows] == ["Xiamen", "Harbin", "Guangzhou", "Dongguan"]
    assert rows[1]["url"] == "http://testserver/cities/harbin/"
    [feature] = [
        f for f in json_of(client, "/map.geojson")["features"] if f["properties"]["city"] == "Harbin"
    ]
    assert feature["geometry"] == {"type": "Point", "coordinates": [126.65, 45.75]}
    assert client.head("/map.csv").status_code == 200


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("cases", ["harbin", "dongguan", "guangzhou", "xiamen"]),
        ("-cases", ["dongguan", "guangzhou", "xiamen", "harbin"]),
        ("city", ["dongguan", "guangzhou", "harbin", "xiamen"]),
        ("-city", ["xiamen", "harbin", "guangzhou", "dongguan"]),
        ("country", ["dongguan", "guangzhou", "harbin", "xiamen"]),
    ],
)
def test_the_table_can_be_sorted(client, some, sort, wanted):
    assert [city.slug for city, _url in shown(client, f"sort={sort}").context["page_obj"]] == wanted


def test_a_group_leads_to_a_map_on_which_it_is_parted(client, some):
    html = shown(client, "theme=water").content.decode()
    [url] = set(re.findall(r'href="(/map/[^"#]*)#map"><title>2 cities', html))
    assert "theme=water" in url
    nearer = client.get(url.replace("&amp;", "&"))
    assert "Guangzhou: 1 case" in titles(nearer.content.decode())
    assert "Dongguan: 1 case" in titles(nearer.content.decode())
    assert nearer.context["count"] == 4


def test_cities_in_one_place_lead_to_their_cases(client, some):
    make.make_case("Twin", city=place("Harbin New", *PLACES["Harbin"]))
    html = shown(client).content.decode()
    assert "2 cities in one place, Harbin among them: 4 cases" in html
    assert 'href="/cases/?city=harbin&amp;city=harbin-new"' in html


def test_a_view_shows_a_part_and_lists_every_city(client, some):
    answer = shown(client, "view=110,20,120,27&theme=water")
    assert {mark.city.slug for mark in answer.context["pictures"][0].marks} == {
        "guangzhou",
        "dongguan",
        "xiamen",
    }
    assert answer.context["count"] == 4
    html = answer.content.decode()
    assert "3 cities lie in the part of the world that is shown." in html
    assert '<input type="hidden" name="view" value="110,20,120,27">' in html
    assert 'href="/map/?theme=water#map">Show all of them' in html
    assert '<link rel="canonical" href="http://testserver/map/?theme=water">' in html


@pytest.mark.parametrize("view", ["china", "1,2,3", "0,0,0,0", "200,0,210,10", "1;2;3;4"])
def test_a_view_that_is_none_is_refused_with_the_reason(client, some, view):
    answer = client.get("/map/", {"view": view})
    assert [problem.name for problem in answer.context["errors"]] == ["view"]
    assert answer.context["count"] == 0
    assert client.get("/map.json", {"view": view}).status_code == 400


def test_a_city_without_coordinates_is_named_and_listed(client, some):
    make.make_case("Nowhere", city=make.make_city("Atlantis"))
    answer = shown(client)
    assert answer.context["count"] == 5
    assert answer.context["pictures"][0].city_count == 4
    html = answer.content.decode()
    assert "1 city has no known coordinates and is in the list alone:" in html
    assert html.count('href="/cities/atlantis/"') == 2
    alone = shown(client, "city=atlantis")
    assert alone.context["pictures"] == []
    assert "None of these cities has known coordinates" in alone.content.decode()
    [row] = csv_rows(client, "/map.csv?city=atlantis")
    assert (row["latitude"], row["cases"]) == ("", "1")


def test_no_match_says_what_to_do(client, some):
    answer = shown(client, "city=xiamen&theme=parks")
    assert answer.context["pictures"] == []
    html = answer.content.decode()
    assert "data-no-match" in html
    assert "Remove one of the filters above." in html
    assert '<svg class="map__picture' not in html


def test_what_changes_is_on_the_map_at_once(client, some):
    assert "harbin" in counts(client)
    City.objects.filter(slug="harbin").update(latitude=10, longitude=10, name="Harbin City")
    [row] = [row for row in csv_rows(client, "/map.csv") if row["city_id"] == "harbin"]
    assert (row["city"], row["latitude"]) == ("Harbin City", "10")
    City.objects.filter(slug="harbin").update(state="draft")
    assert "harbin" not in counts(client)


def test_cities_across_the_antimeridian_are_near_one_another(client):
    for name, lat, lon, country in (("Suva", -18.14, 178.44, "FJ"), ("Apia", -13.83, -171.77, "WS")):
        make.make_case(f"In {name}", city=place(name, lat, lon, country=country))
    picture = shown(client).context["pictures"][0]
    assert not picture.frame.is_world
    assert {mark.city.slug: mark.x < 430 for mark in picture.marks} == {"suva": True, "apia": False}


def test_names_are_those_of_the_language_of_the_page(client, some):
    html = shown(client, prefix="/zh-hans").content.decode()
    assert '<text class="map__label"' in html
    assert re.search(r'lang="zh-Hans">哈尔滨</text>', html)
    assert 'href="/zh-hans/cases/?city=harbin"' in html
    assert re.search(r'lang="en">Harbin</text>', shown(client).content.decode())


def test_the_page_is_kept_until_something_changes(client, some, settings, monkeypatch):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "map"}
    }
    client.get("/map/?q=settle")
    made, make_page = [], MapPage.get_context_data

    def counted(view, **kwargs):
        made.append(view.request.path)
        return make_page(view, **kwargs)

    monkeypatch.setattr(MapPage, "get_context_data", counted)
    first, again = client.get("/map/?theme=water"), client.get("/map/?theme=water")
    assert first.content == again.content
    assert len(made) == 1
    City.objects.filter(slug="harbin").update(name="Harbin City")
    assert "Harbin City" in client.get("/map/?theme=water").content.decode()


def test_lists_of_cases_and_cities_lead_to_the_map_under_their_filters(client, some):
    cases = client.get("/cases/?theme=parks&sort=-title&near=5").content.decode()
    assert 'href="/map/?theme=parks"' in cases
    cities = client.get("/zh-hans/cities/?country=china&sort=-city").content.decode()
    assert '<a href="/zh-hans/map/?country=china">' in cities
    assert 'href="/map/"' in client.get("/").content.decode()


def test_the_cases_of_the_cities_are_taken_away_under_the_same_filters(client, some):
    html = shown(client, "theme=water&sort=city", prefix="/zh-hans").content.decode()
    assert 'href="/cases.geojson?theme=water"' in html
    assert 'href="/cases.csv?theme=water"' in html
