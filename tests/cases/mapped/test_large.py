"""Two thousand cities in eighty countries: what the map weighs, how many queries it takes, and that none is lost."""

import gzip
from math import asin, degrees

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_countries import countries

from cases.models import Initiative
from cities.models import City
from maps.boxes import read
from tests import factories as make
from tests.factories import PUBLISHED

pytestmark = pytest.mark.django_db

MANY = 2_000


@pytest.fixture
def many():
    """Cities spread evenly over the globe by the golden angle, thirty without coordinates; one to five cases each."""
    codes = [code for code, _name in countries][:80]
    cities = []
    for n in range(MANY):
        lat, lon = degrees(asin(1 - 2 * (n + 0.5) / MANY)), (n * 137.50776405) % 360 - 180
        where = {} if n % 67 == 5 else {"latitude": round(lat, 5), "longitude": round(lon, 5)}
        cities.append(
            City(slug=f"city-{n}", name=f"City {n}", country=codes[n % 80], state=PUBLISHED, **where)
        )
    City.objects.bulk_create(cities)
    programme = make.make_programme()
    cases = []
    for n, city in enumerate(City.objects.order_by("pk")):
        for number in range(n % 5 + 1):
            slug = f"case-{n}-{number}"
            cases.append(
                Initiative(
                    slug=slug, title=slug, city=city, programme=programme, state=PUBLISHED, started="2020"
                )
            )
    Initiative.objects.bulk_create(cases)
    return len(cases)


def test_the_world_is_light_and_loses_no_city(client, many):
    client.get("/map/?started=2020")  # builds the index
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get("/map/")
    assert len(queries) < 20
    assert (answer.context["count"], answer.context["case_count"]) == (MANY, many)
    assert len(gzip.compress(answer.content)) < 40_000
    without = answer.context["without_place_count"]
    for picture in answer.context["pictures"]:
        assert picture.frame.is_world
        assert picture.city_count == MANY - without
        assert picture.left_out == 0
        assert len(picture.marks) < 300
        assert len({city.slug for mark in picture.marks for city in mark.cities}) == picture.city_count
    parts = answer.context["zoom"].parts
    assert [str(link.label) for link in parts] == [
        "Africa", "Asia", "Europe", "North America", "South America", "Australia and Oceania"
    ]  # fmt: skip


def test_every_group_leads_on_to_single_cities(client, many):
    """From group to group, always the fullest, until there is none."""
    url, seen = "/map/", []
    while url:
        answer = client.get(url.partition("#")[0])
        groups = [mark for mark in answer.context["pictures"][0].marks if mark.is_nearer]
        assert len(gzip.compress(answer.content)) < 45_000
        url = max(groups, key=lambda mark: len(mark.cities)).url if groups else ""
        seen.append(url)
        assert len(seen) < 10
        assert len(set(seen)) == len(seen)
    assert not any(mark.city is None for mark in answer.context["pictures"][0].marks)


def test_a_part_of_the_world_has_what_lies_in_it(client, many):
    answer = client.get("/map/?view=-12,35,42,70")
    box = read("-12,35,42,70")
    inside = {c.slug for c in answer.context["selection"].cities if c.place and box.holds(c.place)}
    on_it = {city.slug for mark in answer.context["pictures"][0].marks for city in mark.cities}
    assert inside
    assert inside <= on_it
    assert answer.context["zoom"].inside == len(inside)
    assert answer.context["pictures"][0].left_out + len(on_it) == MANY - answer.context["without_place_count"]
