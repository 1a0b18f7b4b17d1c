"""How near two cities are by their figures. Pure: no database, no language, nothing taken from the data at hand.

The method (docs/decisions/0011-cities-like-mine.md) follows Gower's coefficient for records with gaps (J. C. Gower,
1971, "A general coefficient of similarity and some of its properties", Biometrics 27): two figures of the same name and
scope are as far apart as their ratio, on a logarithmic scale, in parts of a fixed span; two cities are as far apart as
the figures that both have are on average. What one of them lacks is left out, and never counts as zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

# The figures compared, and the ratio at which two of them are wholly apart. A convention of ours, written down so that
# a new city changes nothing between two others. Incomes differ less than sizes do, so their span is shorter.
SPANS = {"population": 1_000, "area_km2": 1_000, "density_per_km2": 1_000, "gdp_per_capita_usd": 100}
# Where two cities share a figure in several scopes, the first of these is compared.
SCOPES = ("whole city", "district", "county", "urban core", "unlabelled")
UNLABELLED = "unlabelled"
# A city with fewer figures in common is not ranked, unless fewer were asked for.
LEAST = 2

_SPANS = {name: math.log(span) for name, span in SPANS.items()}


class Value(NamedTuple):
    """A figure as it is compared: its logarithm, None for a figure of zero, and the number of its record, if any."""

    log: float | None
    figure: int | None = None


def value_of(number: float, figure: int | None = None) -> Value:
    """The value of a printed or typed number."""
    return Value(math.log(number) if number > 0 else None, figure)


# The values of one city: by name of the figure, then by scope.
Profile = Mapping[str, Mapping[str, Value]]


class Outcome(Enum):
    """What became of a figure that was asked for."""

    COMPARED = "compared"
    MISSING = "missing"  # the other city has none
    OTHER_SCOPE = "other scope"  # both scopes are known, and differ
    UNKNOWN_SCOPE = "unknown scope"  # only one of the scopes is known
    ZERO = "zero"  # a ratio to zero says nothing


@dataclass(frozen=True)
class Pair:
    """One figure of two cities. `scope` is that of mine, `their_scope` that of theirs; the same where compared."""

    name: str
    outcome: Outcome
    scope: str
    mine: Value
    their_scope: str = ""
    theirs: Value | None = None

    @property
    def ratio(self) -> float | None:
        """How many times mine theirs is; None where they were not compared."""
        is_compared = self.outcome is Outcome.COMPARED
        return math.exp(self.theirs.log - self.mine.log) if is_compared else None


class Ranked(NamedTuple):
    """A city that could be compared: how far away it is (0: the same figures), by how many figures."""

    apart: float
    slug: str
    compared: int


@dataclass(frozen=True)
class Ranking:
    """Every city, nearest first, and those with too few figures in common."""

    near: list[Ranked]
    left_out: list[str]


def _scope_in_common(mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> str | None:
    for scope in mine if len(mine) == 1 else SCOPES:
        one, other = mine.get(scope), theirs.get(scope)
        if one and other and one.log is not None and other.log is not None:
            return scope
    return None


def distance(mine: Profile, theirs: Profile) -> tuple[float, int]:
    """How far apart two cities are, and by how many figures; the same whichever of them asks."""
    apart, compared = 0.0, 0
    for name, span in _SPANS.items():
        if name in mine and name in theirs:
            scope = _scope_in_common(mine[name], theirs[name])
            if scope:
                apart += abs(mine[name][scope].log - theirs[name][scope].log) / span
                compared += 1
    # Rounded so that the last bits of a logarithm decide no order.
    return (round(apart / compared, 9) if compared else math.inf), compared


def rank(mine: Profile, cities: Mapping[str, Profile], leaving_out: str = "") -> Ranking:
    """The cities by their distance, the slug breaking ties; `leaving_out` is the slug of the one that asks."""
    least, near, left_out = min(LEAST, len(mine)), [], []
    for slug, theirs in cities.items():
        if slug == leaving_out:
            continue
        apart, compared = distance(mine, theirs)
        if compared and compared >= least:
            near.append(Ranked(apart, slug, compared))
        else:
            left_out.append(slug)
    return Ranking(sorted(near), sorted(left_out))


def nearness(apart: float) -> int:
    """A distance as a number for readers: 100 for the same figures and nothing else, 0 where they are wholly apart."""
    return max(0, math.floor(100 * (1 - apart) + 1e-6)) if apart < 1 else 0


def compare(mine: Profile, theirs: Profile) -> Iterator[Pair]:
    """Each figure that mine has, and what became of it."""
    for name in SPANS:
        if name in mine:
            yield _pair(name, mine[name], theirs.get(name) or {})


def _pair(name: str, mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> Pair:
    if scope := _scope_in_common(mine, theirs):
        return Pair(name, Outcome.COMPARED, scope, mine[scope], scope, theirs[scope])
    ours = next(scope for scope in SCOPES if scope in mine)
    if not theirs:
        return Pair(name, Outcome.MISSING, ours, mine[ours])
    if both := [scope for scope in SCOPES if scope in mine and scope in theirs]:
        return Pair(name, Outcome.ZERO, both[0], mine[both[0]], both[0], theirs[both[0]])
    other = next(scope for scope in SCOPES if scope in theirs)
    outcome = Outcome.UNKNOWN_SCOPE if UNLABELLED in (ours, other) else Outcome.OTHER_SCOPE
    return Pair(name, outcome, ours, mine[ours], other, theirs[other])
