"""Marks of a picture that would touch, gathered into one: none is lost, and no two of what is drawn touch."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import floor, hypot
from typing import NamedTuple


class Spot(NamedTuple):
    """What is to be shown: the key it goes by, where in the picture it is, and how much it weighs."""

    key: Hashable
    x: float
    y: float
    weight: int


@dataclass(frozen=True)
class Mark:
    """One spot, or several near one another, the heaviest first; it stands where their weight balances."""

    x: float
    y: float
    weight: int
    spots: Sequence[Spot]

    @property
    def is_group(self) -> bool:
        """Whether it stands for several spots."""
        return len(self.spots) > 1


class _Gathering:
    """A mark in the making: it grows."""

    __slots__ = ("spots", "weight", "x", "y")

    def __init__(self, spot: Spot):
        self.x, self.y, self.weight, self.spots = spot.x, spot.y, spot.weight, [spot]

    def take(self, other: _Gathering) -> None:
        every = self.weight + other.weight
        # What weighs nothing stands where it stands.
        share = other.weight / every if every else 0.5
        self.x += (other.x - self.x) * share
        self.y += (other.y - self.y) * share
        self.weight = every
        self.spots += other.spots


class _Grid:
    """Marks by the square of the picture they stand in, so that only near ones are compared."""

    def __init__(self, apart: float):
        self.apart = apart
        self._squares: dict[tuple[int, int], list[_Gathering]] = {}

    def _square(self, mark: _Gathering) -> tuple[int, int]:
        return floor(mark.x / self.apart), floor(mark.y / self.apart)

    def near(self, mark: _Gathering) -> _Gathering | None:
        """The nearest mark that is nearer than allowed."""
        column, row = self._square(mark)
        found, least = None, self.apart
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                for other in self._squares.get((x, y), ()):
                    away = hypot(other.x - mark.x, other.y - mark.y)
                    if away < least:
                        found, least = other, away
        return found

    def add(self, mark: _Gathering) -> None:
        self._squares.setdefault(self._square(mark), []).append(mark)

    def remove(self, mark: _Gathering) -> None:
        self._squares[self._square(mark)].remove(mark)

    def every(self) -> list[_Gathering]:
        return [mark for marks in self._squares.values() for mark in marks]


def gathered(spots: Sequence[Spot], apart: float) -> list[Mark]:
    """Marks for all the spots, their middles at least `apart` from one another, the heaviest first.

    The heaviest spots are set first, and so stay where they are as long as they can.
    """
    grid = _Grid(apart)
    for spot in sorted(spots, key=_order):
        mark = _Gathering(spot)
        while other := grid.near(mark):
            grid.remove(other)
            other.take(mark)
            mark = other
        grid.add(mark)
    made = [Mark(each.x, each.y, each.weight, sorted(each.spots, key=_order)) for each in grid.every()]
    return sorted(made, key=lambda mark: (-mark.weight, str(mark.spots[0].key)))


def _order(spot: Spot) -> tuple[int, str]:
    return -spot.weight, str(spot.key)
