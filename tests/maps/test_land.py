"""The land of a picture: the data as it was made, and what becomes of it."""

import gzip
import hashlib
import re
import tomllib

import pytest

from maps import land
from maps.boxes import Box
from maps.frames import Shape, frame_of, world
from maps.land import clipped
from sources.reading.data import DATA

WIDE = Shape(860, 380, 620, edge=30)
DESCRIBED = tomllib.loads((DATA / "open-data" / "land.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("level", DESCRIBED["levels"], ids=lambda level: level["made"])
def test_the_data_is_what_was_made_of_the_named_files(level):
    assert hashlib.sha256((land.DATA / level["made"]).read_bytes()).hexdigest() == level["made_sha256"]


def holds(path: str, point: tuple[float, float]) -> bool:
    """Whether a path of relative steps, filled by the even-odd rule, covers a point of the picture."""
    x, y = point[0] * land.PER_UNIT, point[1] * land.PER_UNIT
    inside = False
    for part in re.findall(r"M(-?\d+),(-?\d+)l([^z]*)z", path):
        points = [(int(part[0]), int(part[1]))]
        for step in part[2].split():
            right, down = map(int, step.split(","))
            points.append((points[-1][0] + right, points[-1][1] + down))
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


LAND = [
    (114.3, 29.8),
    (101.8, 36.6),
    (13.4, 52.5),
    (-60.0, -10.0),
    (134.0, -25.0),
    (-175.5, 66.5),
    (30.0, 60.5),
]
WATER = [(150.0, 30.0), (-30.0, 0.0), (51.0, 42.0), (80.0, -30.0), (-150.0, 20.0), (178.0, 10.0), (2.5, 56.0)]


@pytest.mark.parametrize("place", LAND)
def test_there_is_land_where_there_is(place):
    frame = world(WIDE)
    assert holds(land.path(frame), frame.at(place))
    near = frame_of(Box(place[0] - 9, place[1] - 6, place[0] + 9, place[1] + 6), WIDE)
    assert holds(land.path(near), near.at(place))


@pytest.mark.parametrize("place", WATER)
def test_there_is_water_where_there_is(place):
    frame = world(WIDE)
    assert not holds(land.path(frame), frame.at(place))
    near = frame_of(Box(place[0] - 9, place[1] - 6, place[0] + 9, place[1] + 6), WIDE)
    assert not holds(land.path(near), near.at(place))


def test_the_antarctic_reaches_its_pole_in_both_projections():
    whole = world(WIDE, Box(-180, -90, 180, 90))
    assert holds(land.path(whole), whole.at((11.0, -87.0)))
    pole = frame_of(Box(-180, -90, -40, -75), WIDE)
    assert pole.shows((0.0, -90.0))
    assert holds(land.path(pole), pole.at((0.0, -89.0)))


@pytest.mark.parametrize(
    "box",
    [
        Box(-180, -90, 180, 90),
        Box(105, 20, 127, 46),
        Box(-12, 35, 42, 70),
        Box(-20, -36, 54, 38),
        Box(0, 65, 60, 89),
    ],
)
def test_no_picture_of_land_is_heavy(box):
    assert len(gzip.compress(land.path(frame_of(box, WIDE)).encode())) < 25_000


def test_a_ring_is_cut_along_the_edges():
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert sorted(clipped(square, (5, 5, 20, 20))) == [(5, 5), (5, 10), (10, 5), (10, 10)]
    assert clipped(square, (-1, -1, 11, 11)) == square
    assert clipped(square, (20, 20, 30, 30)) == []
