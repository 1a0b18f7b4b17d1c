"""Makes the land of our maps from Natural Earth: rings out of a TopoJSON file, simplified, written a ring a line.

Used when `data/` is made anew (`manage.py read_land`); the running catalogue reads what was made (`land.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians

Point = tuple[float, float]  # degrees: longitude, latitude
Ring = list[Point]

PER_DEGREE = 100  # what is written are whole hundredths of a degree, about a kilometre


def rings(topology: Mapping) -> Iterator[Ring]:
    """Every ring of the land of a TopoJSON file, islands and inner seas alike, closed, each going on without a jump.

    The file lets rings run across the antimeridian, where longitudes jump by 360: here they go on beyond 180.
    """
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for numbers in polygon:
                yield _around_the_pole(_unwrapped(_joined(arcs, numbers)))


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping) -> Ring:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for right, up in arc:
        x, y = x + right, y + up
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _joined(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    """The arcs of a ring one after the other; a negative number is an arc turned round (its complement)."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _unwrapped(ring: Ring) -> Ring:
    points, turns = ring[:1], 0
    for (before, _lat), (lon, lat) in pairwise(ring):
        if lon - before > 180:
            turns -= 360
        elif before - lon > 180:
            turns += 360
        points.append((lon + turns, lat))
    return points


def _around_the_pole(ring: Ring) -> Ring:
    """A ring that went once around the world (Antarctica) is closed along the pole."""
    (first, lat), (last, _lat) = ring[0], ring[-1]
    if abs(last - first) < 180:
        return ring
    pole = -90.0 if lat < 0 else 90.0
    return [*ring, (last, pole), (first, pole), ring[0]]


def simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring without the points that stand less than `tolerance` degrees off the line between those kept
    (Ramer, Douglas, Peucker); [] for an island too small to be seen at all.

    Degrees of longitude count as long as they are where the ring lies.
    """
    wide = max(cos(radians(sum(lat for _lon, lat in ring) / len(ring))), 0.05)
    flat = [(lon * wide, lat) for lon, lat in ring]
    xs, ys = zip(*flat, strict=True)
    if max(xs) - min(xs) < tolerance and max(ys) - min(ys) < tolerance:
        return []
    # A ring begins where it ends: it is parted where it is farthest from there.
    half = max(range(len(flat)), key=lambda n: hypot(flat[n][0] - flat[0][0], flat[n][1] - flat[0][1]))
    kept = (
        {0, half, len(flat) - 1}
        | _kept(flat, 0, half, tolerance)
        | _kept(flat, half, len(flat) - 1, tolerance)
    )
    return [ring[n] for n in sorted(kept)] if len(kept) > 3 else []


def _kept(points: Sequence[Point], first: int, last: int, tolerance: float) -> set[int]:
    found, open_ = set(), [(first, last)]
    while open_:
        first, last = open_.pop()
        (x, y), (to_x, to_y) = points[first], points[last]
        right, up = to_x - x, to_y - y
        length = hypot(right, up)
        farthest, most = 0, tolerance
        for n in range(first + 1, last):
            across, along = points[n][0] - x, points[n][1] - y
            off = abs(right * along - up * across) / length if length else hypot(across, along)
            if off > most:
                farthest, most = n, off
        if farthest:
            found.add(farthest)
            open_ += [(first, farthest), (farthest, last)]
    return found


def written(ring: Ring) -> str:
    """A ring as a line of the data: its first point, then the step to each next one, in hundredths of a degree."""
    whole = [(round(lon * PER_DEGREE), round(lat * PER_DEGREE)) for lon, lat in ring]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(whole) if (a, b) != (x, y)]
    return " ".join(f"{x},{y}" for x, y in (whole[0], *steps))
