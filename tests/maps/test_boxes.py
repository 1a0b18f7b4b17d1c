"""Extents in degrees, across the antimeridian and up to the poles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.boxes import Box, around, least, read

PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("73,18,135,54", Box(73, 18, 135, 54)),
        (" 73.5 , -18.25,135,54 ", Box(73.5, -18.25, 135, 54)),
        ("170,-45,-170,-10", Box(170, -45, 190, -10)),
        ("-180,-90,180,90", Box(-180, -90, 180, 90)),
    ],
)
def test_a_box_is_read_as_addresses_write_it(text, box):
    assert read(text) == box
    assert read(str(box)) == box


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "0,10,10,0", "0,10,10,10", "5,0,5,10", "181,0,190,10", "0,-91,1,1",
     "1e3,0,2,2", "nan,0,1,1", "١,0,2,2", "1.2345678,0,2,2"],
)  # fmt: skip
def test_what_is_no_box_is_none(text):
    assert read(text) is None


def test_the_least_box_lies_across_the_antimeridian_where_that_is_shorter():
    suva, apia, auckland = (178.44, -18.14), (-171.77, -13.83), (174.76, -36.85)
    box = least([suva, apia, auckland])
    assert (box.west, box.south, box.north) == (174.76, -36.85, -13.83)
    assert box.east == pytest.approx(188.23)
    assert str(box) == "174.76,-36.85,-171.77,-13.83"
    assert all(map(box.holds, [suva, apia, auckland]))
    assert not box.holds((0.0, -20.0))


@given(PLACES)
def test_the_least_box_holds_every_place(places):
    box = least(places)
    wider = box.at_least(0.001)
    assert all(map(wider.holds, places))
    assert -180 <= box.west <= 180
    assert 0 <= box.width <= 360


def test_no_place_has_no_box():
    assert least([]) is None


@given(PLACES, st.floats(-400, 400), st.floats(-200, 200), st.floats(0.1, 10))
def test_a_moved_or_scaled_box_stays_on_the_world(places, east, north, by):
    box = least(places).at_least(1)
    for other in (box.moved(east, north), box.scaled(by), box.at_least(20)):
        assert -180 <= other.west <= 180
        assert -90 <= other.south < other.north <= 90
        assert other.width <= 360.0001


def test_a_box_around_a_pole_ends_there():
    assert around((10, 88), 20, 10) == Box(0, 83, 20, 90)
    assert Box(0, 70, 20, 90).moved(0, 30).north == 90


def test_a_degree_of_longitude_is_short_far_north():
    assert Box(0, 0, 1, 0).is_larger_than(0.9)
    assert not Box(0, 80, 1, 80).is_larger_than(0.9)
    assert Box(0, 80, 0, 81).is_larger_than(0.9)
