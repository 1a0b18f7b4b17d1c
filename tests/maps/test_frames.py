"""What fills a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.boxes import Box, least
from maps.frames import Shape, frame_of, world

WIDE = Shape(860, 380, 620, edge=30)
NARROW = Shape(360, 250, 430, edge=20)
PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=20)


@given(PLACES, st.sampled_from([WIDE, NARROW]))
def test_every_place_that_a_box_was_made_for_is_in_its_picture(places, shape):
    frame = frame_of(least(places).at_least(10), shape)
    assert all(map(frame.shows, places))
    assert frame.width == shape.width


def test_china_fills_the_picture_and_eighty_countries_the_world():
    china = frame_of(Box(105.3, 20, 126.7, 45.8), WIDE)
    assert not china.is_world
    assert 380 <= china.height <= 620
    _xs, ys = zip(*(china.at(place) for place in [(126.65, 45.75), (110.35, 20.03)]), strict=True)
    assert max(ys) - min(ys) > china.height - 80
    assert frame_of(Box(-120, -40, 150, 60), WIDE).is_world


def test_across_the_antimeridian_neighbours_stay_neighbours():
    frame = frame_of(Box(174, -37, 189, -13), WIDE)
    (suva, _y), (apia, _y2), (auckland, _y3) = map(
        frame.at, [(178.4, -18.1), (-171.8, -13.8), (174.8, -36.9)]
    )
    assert auckland < suva < apia
    assert apia - auckland < 860


def test_the_world_is_cut_open_where_hardly_any_land_lies():
    frame = world(WIDE)
    chukotka, alaska = frame.at((-172, 64.4)), frame.at((-165.4, 64.5))
    assert chukotka[0] > 600
    assert alaska[0] < 250


@pytest.mark.parametrize("place", [(0.0, 90.0), (0.0, -90.0), (166.7, -77.8), (15.6, 89.0)])
def test_whatever_lies_near_a_pole_is_shown_where_there_is_something(place):
    assert world(WIDE, Box(-180, min(place[1], 0), 180, max(place[1], 0))).shows(place)
    assert not world(WIDE).shows(place)


@given(PLACES)
def test_what_a_picture_shows_lies_in_what_it_says_it_sees(places):
    frame = frame_of(least(places).at_least(10), WIDE)
    west, south, east, north = frame.seen
    for lon in range(-180, 180, 15):
        for lat in range(-80, 81, 16):
            if frame.shows((lon, lat)):
                turn = (lon - frame.projection.lon + 180) % 360 - 180
                assert west - 0.01 <= turn <= east + 0.01
                assert south <= lat <= north
