"""Cases as lists show them: a handful of columns of some twenty cases, read as plain values.

Records of the model, with one more for each theme, section and city, took more of a page's time than everything else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from django.db.models import TextField, Value

from cases.models import (
    Initiative,
    InitiativeTheme,
    Milestone,
    Outcome,
    Partner,
    PlaceMention,
    Section,
    Theme,
)
from cities.models import City, CityFigures
from listing.addresses import address_of
from records.by_number import ByNumber
from search.highlights import Match
from sources.models import Source

_OWN = ("pk", "slug", "title", "summary", "started", "lead_digest", "first_line", "last_line")
_CITY = ("pk", "slug", "name", "name_local", "other_names", "country")
_SOURCE = ("pk", "slug", "full_text_public")
_THEME = ("slug", "name", "name_zh", "alt_labels", "alt_labels_zh")


@dataclass
class Texts:
    """What a case says besides its summary, part by part, for showing why it was found."""

    sections: list[tuple[str, str]] = field(default_factory=list)  # heading, digest
    milestones: list[tuple[str, str]] = field(default_factory=list)  # event, date
    outcomes: list[tuple[str, str, str]] = field(default_factory=list)  # indicator, scope, as printed
    partners: list[tuple[str, str]] = field(default_factory=list)  # name, variants
    places: list[tuple[str, str]] = field(default_factory=list)  # name, variants
    scopes: list[tuple[str]] = field(default_factory=list)  # territories the city's figures speak of


@dataclass
class Card:
    """One case in a list. `match` says why it was found, where words were searched for."""

    pk: int
    slug: str
    title: str
    summary: str
    started: str
    lead_digest: str
    first_line: int | None
    last_line: int | None
    city: City
    source: Source | None
    themes: Sequence[Theme]
    texts: Texts = field(default_factory=Texts)
    match: Match | None = None
    strip: object = None  # its dates on a line of years, where a page shows them

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return address_of("cases:initiative", self.slug)

    @property
    def city_url(self) -> str:
        """The page of its city."""
        return address_of("cities:city", self.city.slug)

    def __str__(self) -> str:
        return self.title


def _columns(numbers: Sequence[int]):
    cities, sources = (f"city__{name}" for name in _CITY), (f"source__{name}" for name in _SOURCE)
    cases = Initiative.objects.public().filter(pk__in=numbers).order_by()
    return cases.values_list(*_OWN, *cities, *sources)


def _themes(numbers: Sequence[int]):
    links = InitiativeTheme.objects.filter(InitiativeTheme.own_public_q(), initiative__in=numbers)
    return links.order_by("theme__name", "pk").values_list(
        "initiative_id", *(f"theme__{name}" for name in _THEME)
    )


# The further parts of a case that `Texts` holds, and what it holds of each.
_PARTS = {
    "milestones": (Milestone, ("event", "date")),
    "outcomes": (Outcome, ("indicator", "scope", "printed")),
    "partners": (Partner, ("organisation__name", "organisation__variants")),
    "places": (PlaceMention, ("place__name", "place__variants")),
}
_NAMES = tuple(_PARTS)
_WIDEST = max(len(columns) for _model, columns in _PARTS.values())


def _parts(numbers: Sequence[int]):
    """The further parts of these cases in one query: the place of their kind, the case, the part, and its columns."""
    nothing = Value("", output_field=TextField())
    made = []
    for place, (model, columns) in enumerate(_PARTS.values()):
        own = model.objects.filter(model.own_public_q(), initiative__in=numbers).order_by()
        padded = (*columns, *[nothing] * (_WIDEST - len(columns)))
        made.append(own.values_list(Value(place), "initiative_id", "pk", *padded))
    return made[0].union(*made[1:], all=True)


def _sections(numbers: Sequence[int]):
    own = Section.objects.filter(Section.own_public_q(), initiative__in=numbers)
    return own.order_by("pk").values_list("initiative_id", "heading", "digest")


_READ_CASES, _READ_THEMES = ByNumber(_columns), ByNumber(_themes)
_READ_SECTIONS, _READ_PARTS = ByNumber(_sections), ByNumber(_parts)
_READ_SCOPES = ByNumber(
    lambda numbers: (
        CityFigures.objects.filter(hidden=False, city__in=numbers)
        .order_by("pk")
        .values_list("city_id", "scope_as_printed")
    )
)


def cards(numbers: Sequence[int]) -> dict[int, Card]:
    """The public ones among the cases with these numbers."""
    themes = defaultdict(list)
    for case, *names in _READ_THEMES(numbers):
        themes[case].append(_theme(*names))
    made = {}
    for row in _READ_CASES(numbers):
        own, city, source = row[: len(_OWN)], row[len(_OWN) : -len(_SOURCE)], row[-len(_SOURCE) :]
        made[own[0]] = Card(
            *own,
            city=_city(*city),
            source=_source(*source) if source[0] else None,
            themes=themes.get(own[0], ()),
        )
    return made


def read_texts(some: Iterable[Card]) -> None:
    """Gives cards their `texts`."""
    some = list(some)
    read_sections(some)
    read_others(some)


def read_sections(some: Iterable[Card]) -> None:
    """Gives cards the sections of their `texts`."""
    by_number = {card.pk: card for card in some}
    for case, *section in _READ_SECTIONS(list(by_number)):
        by_number[case].texts.sections.append(tuple(section))


def read_others(some: Iterable[Card]) -> None:
    """Gives cards all of their `texts` but the sections."""
    by_number = {card.pk: card for card in some}
    for place, case, _part, *columns in sorted(_READ_PARTS(list(by_number)), key=itemgetter(0, 2)):
        name = _NAMES[place]
        getattr(by_number[case].texts, name).append(tuple(columns[: len(_PARTS[name][1])]))
    scopes = defaultdict(list)
    for city, scope in _READ_SCOPES(sorted({card.city.pk for card in by_number.values()})):
        scopes[city].append((scope,))
    for card in by_number.values():
        card.texts.scopes = scopes[card.city.pk]


# What many cases share is made once, of the very values that were read.


@lru_cache(maxsize=1_000)
def _city(*values: object) -> City:
    return City(**dict(zip(_CITY, values, strict=True)))


@lru_cache(maxsize=1_000)
def _theme(*values: str) -> Theme:
    return Theme(**dict(zip(_THEME, values, strict=True)))


@lru_cache(maxsize=100)
def _source(*values: object) -> Source:
    return Source(**dict(zip(_SOURCE, values, strict=True)))
