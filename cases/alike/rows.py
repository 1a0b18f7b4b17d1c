"""What an answer shows: what is compared with, and one row for each city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.alike.doubts import Doubt
from cases.alike.method import UNLABELLED, Outcome, Pair, nearness
from cases.alike.words import nearness_words, pair_words
from cities.models import City, Figure
from cities.places import Scope


@dataclass
class Mine:
    """A figure that the cities are compared with: entered (then `figure` is None), or read of the chosen city."""

    name: str
    scope: str
    number: Decimal | None
    figure: Figure | None = None
    doubts: Sequence[Doubt] = ()

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return str(Figure.Name(self.name).label)

    @property
    def scope_label(self) -> str:
        """The territory it speaks of, in the language of the page."""
        return str(Scope(self.scope).label)


@dataclass
class Shown:
    """A figure that was asked for, of one city: what became of it, where it was read, what speaks against it."""

    pair: Pair
    mine: Decimal | None
    figure: Figure | None = None
    doubts: Sequence[Doubt] = ()

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return str(Figure.Name(self.pair.name).label)

    @property
    def is_compared(self) -> bool:
        """Whether it counts in the distance."""
        return self.pair.outcome is Outcome.COMPARED

    @property
    def is_unlabelled(self) -> bool:
        """Whether it was compared without knowing which territory either figure speaks of."""
        return self.is_compared and self.pair.scope == UNLABELLED

    @property
    def words(self) -> str:
        """How far apart, or why it was not compared."""
        return pair_words(self.pair)

    @property
    def scope_label(self) -> str:
        """The territory of theirs, in the language of the page."""
        return str(Scope(self.pair.their_scope).label) if self.pair.their_scope else ""


@dataclass
class Neighbour:
    """One city: how near, by which figures, and its first cases for the need."""

    rank: int
    city: City
    apart: float
    compared: int
    figures: list[Shown]
    is_farther: bool
    cases: list = field(default_factory=list)
    case_count: int = 0
    cases_address: str = ""

    @property
    def nearness(self) -> int:
        """0 to 100; 100 where every figure compared is the same."""
        return nearness(self.apart)

    @property
    def nearness_words(self) -> str:
        """The same in the language of the page."""
        return nearness_words(self.nearness)

    @property
    def asked(self) -> int:
        """By how many figures it could have been compared."""
        return len(self.figures)

    def figure(self, name: str) -> Shown | None:
        """The figure of that name, None where it was not asked for."""
        return next((each for each in self.figures if each.pair.name == name), None)
