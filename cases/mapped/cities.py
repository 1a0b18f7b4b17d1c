"""The cities of the cases a query finds, each with how many of them it has; read as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter

from django.db.models import Count

from cases.rows import Country
from cities.models import City
from cities.places import names_of
from cities.whereabouts import name_here
from listing.addresses import address_of
from listing.selection import Selection
from maps.boxes import Place
from records.names import Name
from sources.models import Source

_FIELDS = (
    *("slug", "name", "name_local", "country", "created_at", "updated_at"),
    *("latitude", "longitude", "place_source_id"),
)
_KEPT = "cities on the map"


@dataclass(frozen=True)
class CityOnMap:
    """A city, how many of the cases lie in it, and where it lies; `source` says so, None where nobody does.

    `place` is the same as longitude and latitude in degrees, None where they are not known.
    """

    slug: str
    name: str
    name_local: str
    country: Country
    created_at: datetime
    updated_at: datetime
    latitude: Decimal | None
    longitude: Decimal | None
    source: Source | None
    place: Place | None
    cases: int

    def names(self) -> tuple[Name, ...]:
        """What readers call it, the name in their language first."""
        return names_of(self.name, self.name_local)

    @property
    def name_here(self) -> str:
        """Its name in the language of the page."""
        return name_here(self.name, self.name_local)[0]

    def get_absolute_url(self) -> str:
        """The page of the city."""
        return address_of("cities:city", self.slug)


@dataclass(frozen=True)
class Cities:
    """Cities as pages and exports take rows."""

    rows: list[CityOnMap]

    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[CityOnMap]:
        """Each of them."""
        return iter(self.rows)

    def newest(self, order: str, most: int) -> Cities:
        """Those that come first in an order by time ("-updated_at"), so many of them."""
        return Cities(sorted(self.rows, key=attrgetter(order.removeprefix("-")), reverse=True)[:most])

    def none(self) -> Cities:
        """No city."""
        return Cities([])


def cities_of(selection: Selection) -> list[CityOnMap]:
    """The public cities of the cases that a selection of cases finds, in no order."""
    counts = _counts(selection)
    found = []
    for slug, name, name_local, country, *where in _known(selection) if counts else ():
        if number := counts.get(slug):
            found.append(CityOnMap(slug, name, name_local, Country(country), *where, number))
    return found


def _known(selection: Selection) -> list[tuple]:
    """What a map shows of every public city; read once for a state of the index that is true to the database."""
    state = selection.index.found.snapshot if selection.index else None
    if state is None or not state.is_true:
        return _read()
    known = state.kept.get(_KEPT)
    if known is None:
        known = state.kept[_KEPT] = _read()
    return known


def _read() -> list[tuple]:
    sources = Source.objects.public().only("slug", "title", "short_title").in_bulk()
    rows = City.objects.public().order_by().values_list(*_FIELDS)
    return [
        (*said, lat, lon, sources.get(source), None if lat is None else (float(lon), float(lat)))
        for *said, lat, lon, source in rows
    ]


def _counts(selection: Selection) -> Mapping[str, int]:
    """How many of the cases each city has, by its slug."""
    if selection.problems:
        return {}
    if selection.index is None:
        rows = selection.filters.narrowed().values_list("city__slug")
        return dict(rows.annotate(cases=Count("pk")))
    counts = selection.index.found.tally("city")
    # The index counts a filter under all others, as a page of filters shows it: what is not chosen is left out here.
    if chosen := selection.chosen.get("city"):
        return {term.value: counts.get(term.value, 0) for term in chosen}
    return counts
