"""Marks of a picture that would touch, gathered into one: none is lost, and no two of what is drawn touch."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import floor, hypot


@dataclass(frozen=True)
class Spot:
    """What is to be shown: where in the picture, how much it weighs, and the name and key it goes by."""

    key: Hashable
    x: float
    y: float
    weight: int
    name: str = ""


@dataclass(frozen=True)
class Mark:
    """One spot, or several near one another, the heaviest first; it stands where their weight balances."""

    x: float
    y: float
    spots: tuple[Spot, ...]

    @property
    def weight(self) -> int:
        """All that its spots weigh."""
        return sum(spot.weight for spot in self.spots)

    @property
    def is_group(self) -> bool:
        """Whether it stands for several spots."""
        return len(self.spots) > 1


class _Grid:
    """Marks by the square of the picture they stand in, so that only near ones are compared."""

    def __init__(self, apart: float):
        self.apart = apart
        self._squares: dict[tuple[int, int], list[Mark]] = {}

    def _square(self, mark: Mark) -> tuple[int, int]:
        return floor(mark.x / self.apart), floor(mark.y / self.apart)

    def near(self, mark: Mark) -> Mark | None:
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

    def add(self, mark: Mark) -> None:
        self._squares.setdefault(self._square(mark), []).append(mark)

    def remove(self, mark: Mark) -> None:
        square = self._squares[self._square(mark)]
        square[:] = [each for each in square if each is not mark]

    def every(self) -> list[Mark]:
        return [mark for marks in self._squares.values() for mark in marks]


def gathered(spots: Sequence[Spot], apart: float) -> list[Mark]:
    """Marks for all the spots, their middles at least `apart` from one another, the heaviest first.

    The heaviest spots are set first, and so stay where they are as long as they can.
    """
    grid = _Grid(apart)
    for spot in sorted(spots, key=_order):
        mark = Mark(spot.x, spot.y, (spot,))
        while other := grid.near(mark):
            grid.remove(other)
            mark = _together(other, mark)
        grid.add(mark)
    return sorted(grid.every(), key=lambda mark: (-mark.weight, str(mark.spots[0].key)))


def _order(spot: Spot) -> tuple[int, str]:
    return -spot.weight, str(spot.key)


def _together(one: Mark, other: Mark) -> Mark:
    heavy, light = one.weight, other.weight
    # What weighs nothing stands where it stands.
    share = light / (heavy + light) if heavy + light else 0.5
    x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
    return Mark(x, y, tuple(sorted((*one.spots, *other.spots), key=_order)))
