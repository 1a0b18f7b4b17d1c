"""The land as a path of a picture: coasts of Natural Earth (public domain), in two levels of detail.

Each is a file of `data/`, a ring a line, as `making.py` writes it. What they were made from stands in
`sources/data/open-data/land.toml`. No boundary of a country is among them (docs/decisions/0017-map.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from math import ceil
from pathlib import Path

from maps.frames import Frame
from maps.making import PER_DEGREE, Point, Ring

DATA = Path(__file__).resolve().parent / "data"
# From so many units of the picture to a degree on, the coarse coast would show its corners.
_FINE_FROM = 7.0
_LONGEST = 2.0  # degrees that may be drawn as a straight line
PER_UNIT = 2  # what a path counts in are halves of a unit


@dataclass(frozen=True)
class Coast:
    """A ring, and the box it lies in. Its longitudes go on beyond 180 where it crosses the antimeridian."""

    ring: Ring

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        lons, lats = zip(*self.ring, strict=True)
        return min(lons), min(lats), max(lons), max(lats)


@lru_cache(maxsize=2)
def coasts(level: str) -> list[Coast]:
    """All land, "world" in little detail or "region" in more."""
    lines = (DATA / f"land-{level}.txt").read_text(encoding="ascii").splitlines()
    return [Coast(_read(line)) for line in lines if not line.startswith("#")]


def _read(line: str) -> Ring:
    steps = [step.split(",") for step in line.split(" ")]
    lons = accumulate(int(x) for x, _y in steps)
    lats = accumulate(int(y) for _x, y in steps)
    return [(lon / PER_DEGREE, lat / PER_DEGREE) for lon, lat in zip(lons, lats, strict=True)]


@lru_cache(maxsize=256)
def path(frame: Frame) -> str:
    """The `d` of a path: the land that a picture shows, in halves of its units, to be filled by the even-odd rule."""
    level = "region" if frame.per_degree >= _FINE_FROM else "world"
    return "".join(_drawn(frame, ring) for ring in _seen(frame, coasts(level)))


def _seen(frame: Frame, every: Sequence[Coast]) -> Iterator[Ring]:
    """The parts of rings that a picture shows, in degrees from its middle meridian."""
    west, south, east, north = frame.seen
    for coast in every:
        own_west, own_south, own_east, own_north = coast.box
        if own_south > north or own_north < south:
            continue
        # The same ring stands once more a turn of the world farther on.
        for turn in (-720, -360, 0, 360):
            shift = turn - frame.projection.lon
            if own_west + shift < east and own_east + shift > west:
                ring = [(lon + shift, lat) for lon, lat in coast.ring]
                if cut := clipped(ring, (west, south, east, north)):
                    yield cut


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """The part of a ring within west, south, east, north, closed along the edges (Sutherland, Hodgman); [] for none."""
    west, south, east, north = box
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        if all((point[axis] - edge) * sign >= 0 for point in ring):
            continue
        ring = _beyond(ring, axis, edge, sign)
        if not ring:
            return []
    return ring


def _beyond(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    found: Ring = []
    before = ring[-1]
    was_in = (before[axis] - edge) * sign >= 0
    for point in ring:
        is_in = (point[axis] - edge) * sign >= 0
        if is_in is not was_in:
            part = (edge - before[axis]) / (point[axis] - before[axis])
            across = before[1 - axis] + (point[1 - axis] - before[1 - axis]) * part
            found.append((edge, across) if axis == 0 else (across, edge))
        if is_in:
            found.append(point)
        before, was_in = point, is_in
    return found


def _drawn(frame: Frame, ring: Ring) -> str:
    """A ring as a part of a path: to its first point, then by steps; points that nobody could tell apart are one."""
    points: list[tuple[int, int]] = []
    for turn, lat in _close_together(ring):
        x, y = frame.along(turn, lat)
        point = round(x * PER_UNIT), round(y * PER_UNIT)
        if not points or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) > 1:
            points.append(point)
    if len(points) < 3:
        return ""
    (x, y), steps = points[0], pairwise(points)
    return f"M{x},{y}l{' '.join(f'{to_x - x},{to_y - y}' for (x, y), (to_x, to_y) in steps)}z"


def _close_together(ring: Ring) -> Iterator[Point]:
    """The points of a closed ring, more between those far apart: what is straight in degrees is bent in a picture."""
    before = ring[-1]
    for point in ring:
        parts = ceil(max(abs(point[0] - before[0]), abs(point[1] - before[1])) / _LONGEST)
        for n in range(1, parts):
            yield tuple(start + (end - start) * n / parts for start, end in zip(before, point, strict=True))
        yield point
        before = point
