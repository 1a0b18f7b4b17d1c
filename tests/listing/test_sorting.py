import pytest
from django.db.models import F

from cities.models import City
from listing.sorting import Sort, Sorting, text
from tests import factories as make

pytestmark = pytest.mark.django_db

SORTING = Sorting(
    {
        "best": Sort(F("latitude"), "best", "worst", downwards=True, needs="q"),
        "name": Sort(text("name"), "A to Z", "Z to A"),
        "local": Sort(text("name_local"), "local", "local turned"),
        "north": Sort(F("latitude"), "south first", "north first", then=(text("name_local"),)),
    },
    default="name",
)


def _order(name: str) -> list[str]:
    return [city.slug for city in SORTING.apply(City.objects.all(), name)]


def test_text_sorts_without_regard_to_case_and_both_ways():
    for name in ("beijing", "Aachen", "Cork"):
        make.make_city(name)
    assert _order("name") == ["aachen", "beijing", "cork"]
    assert _order("-name") == ["cork", "beijing", "aachen"]


def test_text_sorts_by_code_point_on_every_database():
    # A collation for people would pass over blank and hyphen.
    for slug, name in [("1", "a-z"), ("2", "ab"), ("3", "a z"), ("4", "é")]:
        make.make_city(name, slug=slug)
    assert _order("name") == ["3", "1", "2", "4"]


def test_what_has_no_value_comes_last_both_ways():
    make.make_city("a", name_local="")
    make.make_city("b", name_local="海口")
    make.make_city("c", latitude=1, longitude=1, name_local="x")
    assert _order("local") == ["c", "b", "a"]
    assert _order("-local") == ["b", "c", "a"]
    assert _order("north")[0] == _order("-north")[0] == "c"


def test_slugs_break_ties_upwards_in_both_directions():
    for slug in ("b", "a", "c"):
        make.make_city("Same", slug=slug)
    assert _order("name") == _order("-name") == ["a", "b", "c"]


def test_the_second_key_is_not_turned():
    for slug, local in [("1", "b"), ("2", "a")]:
        make.make_city("x", slug=slug, name_local=local, latitude=1, longitude=1)
    assert _order("north") == _order("-north") == ["2", "1"]


def test_downwards_is_turned_too():
    for slug, latitude in [("low", 1), ("high", 2)]:
        make.make_city(slug, latitude=latitude, longitude=0)
    assert _order("best") == ["high", "low"]
    assert _order("-best") == ["low", "high"]


@pytest.mark.parametrize(
    "values", [["x"], ["--name"], ["name,x"], ["Name"], ["name", "x"], ["-"], ["name\x00"]]
)
def test_unknown_orders_are_refused_by_name(values):
    asked, problems = SORTING.read(values)
    assert asked == ""
    assert [problem.name for problem in problems] == ["sort"]
    assert "sort" in problems[0].message


def test_empty_orders_are_ignored():
    assert SORTING.read([]) == SORTING.read(["", " "]) == ("", [])
    assert SORTING.read(["", "-name"]) == ("-name", [])


def test_an_order_that_needs_a_filter_is_offered_and_taken_with_it():
    assert SORTING.default_with(set()) == "name"
    assert SORTING.default_with({"q", "city"}) == "best"
    without = [option["value"] for option in SORTING.options(set(), "name")]
    assert without == ["name", "-name", "local", "-local", "north", "-north"]
    offered = SORTING.options({"q"}, "-best")
    assert [o["label"] for o in offered if o["selected"]] == ["worst"]
