"""From degrees to a plane and back, on a sphere of radius 1. Both projections are true to area, and show the poles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from maps.boxes import Place, wrapped

Plane = tuple[float, float]  # x to the right, y upwards

# Šavrič, Patterson and Jenny, "The Equal Earth map projection" (2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@dataclass(frozen=True)
class EqualEarth:
    """The whole world. The map is cut open opposite its middle meridian, `lon`."""

    lon: float = 0.0

    def forward(self, place: Place) -> Plane:
        """Where a place stands on the plane."""
        lon, lat = place
        return self.along(lon - self.lon if -180 <= lon - self.lon <= 180 else wrapped(lon - self.lon), lat)

    def along(self, from_middle: float, lat: float) -> Plane:
        """The same for a place so many degrees from the middle meridian, also just beyond the edge."""
        theta = asin(_M * sin(radians(lat)))
        square = theta * theta
        sixth = square**3
        slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
        y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return radians(from_middle) * cos(theta) / (_M * slope), y

    def inverse(self, at: Plane) -> Place | None:
        """The place that stands there; None off the world."""
        x, y = at
        theta = y
        for _ in range(12):  # Newton's method; five steps are enough for a double
            square = theta * theta
            sixth = square**3
            over = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)) - y
            theta -= over / (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
        if abs(sin(theta)) > _M + 1e-12:
            return None
        square = theta * theta
        slope = _A1 + 3 * _A2 * square + square**3 * (7 * _A3 + 9 * _A4 * square)
        turn = x * _M * slope / cos(theta)
        if abs(turn) > pi + 1e-9:
            return None
        lat = asin(min(max(sin(theta) / _M, -1.0), 1.0))
        return wrapped(self.lon + degrees(turn)), degrees(lat)


@dataclass(frozen=True)
class Azimuthal:
    """A part of the world around a middle point, which is seen there as on a globe (Lambert, equal-area)."""

    lon: float
    lat: float

    @cached_property
    def _middle(self) -> tuple[float, float]:
        return sin(radians(self.lat)), cos(radians(self.lat))

    def forward(self, place: Place) -> Plane:
        """Where a place stands on the plane; the point opposite the middle is the whole rim."""
        lon, lat = place
        return self.along(lon - self.lon, lat)

    def along(self, from_middle: float, lat: float) -> Plane:
        """The same for a place so many degrees from the middle meridian."""
        middle_sin, middle_cos = self._middle
        turn, high = radians(from_middle), radians(lat)
        up, out = sin(high), cos(high)
        ahead = out * cos(turn)
        nearness = 1 + middle_sin * up + middle_cos * ahead
        if nearness < 1e-12:
            return 2.0, 0.0
        k = sqrt(2 / nearness)
        return k * out * sin(turn), k * (middle_cos * up - middle_sin * ahead)

    def inverse(self, at: Plane) -> Place | None:
        """The place that stands there; None off the world."""
        x, y = at
        middle_sin, middle_cos = self._middle
        far = hypot(x, y)
        if far > 2:
            return None
        if far == 0:
            return self.lon, self.lat
        angle = 2 * asin(far / 2)
        up = cos(angle) * middle_sin + y * sin(angle) * middle_cos / far
        turn = atan2(x * sin(angle), far * middle_cos * cos(angle) - y * middle_sin * sin(angle))
        return wrapped(self.lon + degrees(turn)), degrees(asin(min(max(up, -1.0), 1.0)))


Projection = EqualEarth | Azimuthal
