"""The cities of the cases a query finds, each with how many of them it has; read as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from cases.rows import Country
from cities.models import City
from listing.addresses import address_of
from listing.selection import Selection
from maps.boxes import Place
from sources.models import Source

_FIELDS = ("slug", "name", "name_local", "country", "latitude", "longitude", "place_source_id")


@dataclass(frozen=True)
class CityOnMap:
    """A city, how many of the cases lie in it, and where it lies; `source` says so, None where nobody does."""

    slug: str
    name: str
    name_local: str
    country: Country
    latitude: Decimal | None
    longitude: Decimal | None
    source: Source | None
    cases: int

    @property
    def place(self) -> Place | None:
        """Longitude and latitude; None where they are not known."""
        return None if self.latitude is None else (float(self.longitude), float(self.latitude))

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

    def none(self) -> Cities:
        """No city."""
        return Cities([])


def cities_of(selection: Selection) -> list[CityOnMap]:
    """The public cities of the cases that a selection of cases finds, in no order."""
    counts = _counts(selection)
    sources = Source.objects.public().only("slug", "title", "short_title").in_bulk()
    found = []
    for slug, name, name_local, country, latitude, longitude, source in (
        City.objects.public().order_by().values_list(*_FIELDS) if counts else ()
    ):
        if number := counts.get(slug):
            place = (Country(country), latitude, longitude, sources.get(source))
            found.append(CityOnMap(slug, name, name_local, *place, number))
    return found


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
