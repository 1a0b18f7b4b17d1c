"""Extents in degrees. An extent may lie across the antimeridian, as that of New Zealand, Fiji and Samoa does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

Place = tuple[float, float]  # degrees: longitude, latitude

_HAIR = 1e-9  # degrees that sums may be off
_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?"
_WRITTEN = re.compile(",".join([rf"\s*({_NUMBER})\s*"] * 4), re.ASCII)


@dataclass(frozen=True)
class Box:
    """From west eastwards to east, and from south to north. `west` lies in -180 to 180; `east` is not less than it,
    and greater than 180 where the antimeridian lies between.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees of longitude from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees of latitude from south to north."""
        return self.north - self.south

    @property
    def centre(self) -> Place:
        """The point in its middle."""
        return wrapped((self.west + self.east) / 2), (self.south + self.north) / 2

    def holds(self, place: Place) -> bool:
        """Whether a place lies in it or on its edge."""
        lon, lat = place
        is_between = self.south - _HAIR <= lat <= self.north + _HAIR
        return is_between and (lon - self.west + _HAIR) % 360 <= self.width + 2 * _HAIR

    def is_larger_than(self, degrees: float) -> bool:
        """Whether it is as long as so many degrees of a meridian, from south to north or from west to east."""
        return max(self.height, self.width * cos(radians(self.centre[1]))) >= degrees

    def scaled(self, by: float) -> Box:
        """The box around the same middle, so many times as wide and high, as far as the world goes."""
        return around(self.centre, self.width * by, self.height * by)

    def moved(self, east: float, north: float) -> Box:
        """The box moved by so many degrees; at a pole it stops."""
        lon, lat = self.centre
        half = self.height / 2
        return around((lon + east, min(max(lat + north, half - 90), 90 - half)), self.width, self.height)

    def at_least(self, degrees: float) -> Box:
        """The box, or one around it that is so wide and high."""
        if self.width >= degrees and self.height >= degrees:
            return self
        return around(self.centre, max(self.width, degrees), max(self.height, degrees))

    def __str__(self) -> str:
        """As addresses write it: west, south, east, north (RFC 7946: a west greater than the east lies across)."""
        east = wrapped(self.east) if self.east > 180 else self.east
        return ",".join(
            f"{value:.2f}".rstrip("0").rstrip(".") for value in (self.west, self.south, east, self.north)
        )


def wrapped(lon: float) -> float:
    """A longitude as one from -180 up to 180."""
    return (lon + 180) % 360 - 180


def around(centre: Place, width: float, height: float) -> Box:
    """The box so wide and high around a point, cut off at the poles."""
    lon, lat = centre
    if width >= 360:
        west, width = -180.0, 360.0
    else:
        west = wrapped(lon - width / 2)
    return Box(west, max(lat - height / 2, -90.0), west + width, min(lat + height / 2, 90.0))


def read(text: str) -> Box | None:
    """The box that an address writes; None where that is none."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    west, south, east, north = map(float, found.groups())
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90 or south >= north or west == east:
        return None
    return Box(west, south, east if east > west else east + 360, north)


def least(places: Iterable[Place]) -> Box | None:
    """The narrowest box that holds all the places, across the antimeridian where that is shorter; None for none."""
    places = list(places)
    if not places:
        return None
    lons = sorted({wrapped(lon) for lon, _lat in places})
    # What lies outside is the widest gap between two neighbours on the way around the world.
    gaps = [(after - before, after) for before, after in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    gap, west = max(gaps)
    lats = [lat for _lon, lat in places]
    west = wrapped(west)
    return Box(west, min(lats), west + max(360 - gap, 0.0), max(lats))
