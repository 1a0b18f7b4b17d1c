"""Outcomes as lists and exports show them: the columns of some of them, read as plain values in one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from cases.models import Initiative, Outcome, Unit
from cities.models import City
from listing.addresses import address_of
from search.highlights import Match
from sources import lines
from sources.models import Source

_OWN = (
    *("pk", "key", "indicator", "value", "value_low", "value_high", "before", "after", "value_alt", "date"),
    *(
        "date_lines",
        "direction",
        "status",
        "qualifier",
        "scope",
        "printed",
        "reason",
        "first_line",
        "last_line",
        "created_at",
        "updated_at",
    ),
)
_CASE = ("pk", "slug", "title")
_CITY = ("pk", "slug", "name", "name_local", "other_names", "country", "latitude", "longitude")
_UNIT = ("pk", "code", "name", "name_zh", "kind")
_SOURCE = ("pk", "slug", "title", "short_title", "url", "full_text_public")
_FIRST = ("key", "hidden")


@dataclass
class OutcomeRow:
    """One outcome, as far as lists and exports know it. `match` says why it was found, after a search by words;
    `remarks` are the source checks that speak of it.
    """

    pk: int
    key: str
    indicator: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    before: Decimal | None
    after: Decimal | None
    value_alt: Decimal | None
    date: str
    date_lines: str
    direction: str
    status: str
    qualifier: str
    scope: str
    printed: str
    reason: str
    first_line: int | None
    last_line: int | None
    created_at: datetime
    updated_at: datetime
    initiative: Initiative
    unit: Unit | None
    unit_alt: Unit | None
    source: Source | None
    first_key: str
    match: Match | None = None
    remarks: list = field(default_factory=list)

    @property
    def slug(self) -> str:
        """What it is called outside, as the record has it."""
        return f"{self.initiative.slug}:{self.key}"

    @property
    def lines(self) -> str:
        """The place in its source, as the record has it."""
        return lines.write(self.first_line, self.last_line)

    @property
    def repeats_slug(self) -> str:
        """The first claim of the same fact, as the record has it."""
        return f"{self.initiative.slug}:{self.first_key}" if self.first_key else ""

    @property
    def status_label(self) -> str:
        """Its status in the active language."""
        return str(Outcome.Status(self.status).label)

    @property
    def case_url(self) -> str:
        """Its place on the page of its case."""
        return f"{address_of('cases:initiative', self.initiative.slug)}#outcome-{self.key}"

    @property
    def city_url(self) -> str:
        """The page of its city."""
        return address_of("cities:city", self.initiative.city.slug)


def _paths(name: str, fields: Sequence[str]) -> list[str]:
    return [f"{name}__{field}" for field in fields]


_PATHS = (
    *_OWN,
    *_paths("initiative", _CASE),
    *_paths("initiative__city", _CITY),
    *_paths("unit", _UNIT),
    *_paths("unit_alt", _UNIT),
    *_paths("source", _SOURCE),
    *_paths("repeats", _FIRST),
)


def rows(numbers: Sequence[int]) -> Mapping[int, OutcomeRow]:
    """The public ones among the outcomes with these numbers, by number."""
    found = Outcome.objects.public().filter(pk__in=numbers).order_by().values_list(*_PATHS)
    return {values[0]: _row(values) for values in found}


def _row(values: tuple) -> OutcomeRow:
    place, parts = 0, []
    for fields in (_OWN, _CASE, _CITY, _UNIT, _UNIT, _SOURCE, _FIRST):
        parts.append(values[place : place + len(fields)])
        place += len(fields)
    own, case, city, unit, unit_alt, source, (first, is_hidden) = parts
    return OutcomeRow(
        *own,
        initiative=_case(case, city),
        unit=_unit(*unit) if unit[0] else None,
        unit_alt=_unit(*unit_alt) if unit_alt[0] else None,
        source=_source(*source) if source[0] else None,
        first_key=first if first and not is_hidden else "",
    )


# What many outcomes share is made once, of the very values that were read.


def _made(model, fields: Sequence[str], values: Sequence[object]):
    return model(**dict(zip(fields, values, strict=True)))


@lru_cache(maxsize=1_000)
def _city(*values: object) -> City:
    return _made(City, _CITY, values)


@lru_cache(maxsize=1_000)
def _case(case: tuple, city: tuple) -> Initiative:
    # By the values of the city, not by the record: two records of one number are the same, whatever they say.
    made = _made(Initiative, _CASE, case)
    made.city = _city(*city)
    return made


@lru_cache(maxsize=200)
def _unit(*values: object) -> Unit:
    return _made(Unit, _UNIT, values)


@lru_cache(maxsize=100)
def _source(*values: object) -> Source:
    return _made(Source, _SOURCE, values)
