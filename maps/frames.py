"""Which part of the world fills a picture, in which projection, and where in the picture a place stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, hypot, radians

from maps.boxes import Box, Place, wrapped
from maps.projections import Azimuthal, EqualEarth, Projection

# Cut open in the Bering Strait, where hardly any land lies: at 180 degrees it would part Chukotka from Asia.
WORLD = EqualEarth(11.0)
# Without the Antarctic, unless something is to be shown there: it would take a quarter of the picture.
_LAST_LAND_SOUTH, _LAST_LAND_NORTH = -57.0, 84.0
# Wider than this, or with corners farther from its middle, a part would be bent at its edges out of all shape.
_WIDEST, _FARTHEST = 150.0, 1.35  # degrees; radii of the globe
_SAMPLES = 16  # of each side of a box


@dataclass(frozen=True)
class Shape:
    """A kind of picture: its width, its lowest and highest height, what stays free at its edges; in its own units."""

    width: int
    lowest: int
    highest: int
    edge: int = 24


@dataclass(frozen=True)
class Frame:
    """A picture: its upper left corner on the plane (`left`, `top`), and how many of its units are one of the plane.

    `lats` is the range of latitudes that a picture of the world shows.
    """

    shape: Shape
    projection: Projection
    scale: float
    left: float
    top: float
    height: int
    lats: tuple[float, float] = (-90.0, 90.0)

    @property
    def width(self) -> int:
        """In its own units."""
        return self.shape.width

    @property
    def is_world(self) -> bool:
        """Whether the whole world is shown."""
        return isinstance(self.projection, EqualEarth)

    @property
    def per_degree(self) -> float:
        """How long a degree is in its middle, in units of the picture."""
        return self.scale * radians(1)

    def at(self, place: Place) -> tuple[float, float]:
        """Where a place stands in the picture, in units from its upper left corner."""
        return self.moved(self.projection.forward(place))

    def along(self, from_middle: float, lat: float) -> tuple[float, float]:
        """The same for a place so many degrees from the middle meridian."""
        return self.moved(self.projection.along(from_middle, lat))

    def moved(self, on_plane: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the plane lies in the picture."""
        x, y = on_plane
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def has(self, point: tuple[float, float]) -> bool:
        """Whether a point lies within the picture."""
        x, y = point
        return 0 <= x <= self.width and 0 <= y <= self.height

    def shows(self, place: Place) -> bool:
        """Whether a place stands within the picture."""
        return self.has(self.at(place))

    @cached_property
    def seen(self) -> tuple[float, float, float, float]:
        """What it shows and a little more: west, south, east, north; the first and third from the middle meridian."""
        if self.is_world:
            return -180.0, self.lats[0], 180.0, self.lats[1]
        places = [self.projection.inverse(point) for point in self._border()]
        poles = [lat for lat in (-90.0, 90.0) if self.shows((self.projection.lon, lat))]
        if poles or None in places:
            lats = [lat for place in places if place for lat in place[1:]]
            south = -90.0 if -90.0 in poles or None in places else min(lats) - 1
            return -180.0, south, 180.0, 90.0 if 90.0 in poles or None in places else max(lats) + 1
        turns = [wrapped(lon - self.projection.lon) for lon, _lat in places]
        lats = [lat for _lon, lat in places]
        more = 0.5 + 0.03 * (max(turns) - min(turns))
        return (
            max(min(turns) - more, -180.0),
            max(min(lats) - more, -90.0),
            min(max(turns) + more, 180.0),
            min(max(lats) + more, 90.0),
        )

    def _border(self) -> Iterator[tuple[float, float]]:
        right, bottom = self.left + self.width / self.scale, self.top - self.height / self.scale
        for step in range(_SAMPLES + 1):
            x = self.left + (right - self.left) * step / _SAMPLES
            y = bottom + (self.top - bottom) * step / _SAMPLES
            yield from ((x, bottom), (x, self.top), (self.left, y), (right, y))


def world(shape: Shape, holding: Box | None = None) -> Frame:
    """The picture of the whole world: from pole to pole where the box it is to hold lies so far out."""
    south, north = _LAST_LAND_SOUTH, _LAST_LAND_NORTH
    if holding and holding.south < south:
        south = -90.0
    if holding and holding.north > north:
        north = 90.0
    half, _y = WORLD.along(180.0, 0.0)
    top, bottom = WORLD.along(0.0, north)[1], WORLD.along(0.0, south)[1]
    scale = shape.width / (2 * half)
    height = ceil((top - bottom) * scale)
    return Frame(shape, WORLD, scale, -half, top, height, (south, north))


def frame_of(box: Box, shape: Shape) -> Frame:
    """The picture that a box fills; that of the world for a box that is most of it."""
    if box.width > _WIDEST:
        return world(shape, box)
    projection = Azimuthal(*box.centre)
    points = [projection.forward(place) for place in _border_of(box)]
    xs, ys = zip(*points, strict=True)
    wide, high = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    inner = shape.width - 2 * shape.edge
    height = round(min(max(high / wide * inner + 2 * shape.edge, shape.lowest), shape.highest))
    scale = min(inner / wide, (height - 2 * shape.edge) / high)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    left, top = x - shape.width / scale / 2, y + height / scale / 2
    right, bottom = left + shape.width / scale, top - height / scale
    if hypot(max(abs(left), abs(right)), max(abs(top), abs(bottom))) > _FARTHEST:
        return world(shape, box)
    return Frame(shape, projection, scale, left, top, height)


def _border_of(box: Box) -> Iterator[Place]:
    for step in range(_SAMPLES + 1):
        lon, lat = box.west + box.width * step / _SAMPLES, box.south + box.height * step / _SAMPLES
        yield from ((lon, box.south), (lon, box.north), (box.west, lat), (box.east, lat))
