"""What a query asks of the map: the cities of the cases it finds, in an order, and which part of the world to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from django.db.models import QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.mapped.cities import Cities, CityOnMap, cities_of
from listing.addresses import Address
from listing.problems import Problem
from listing.selection import Selection
from listing.sorting import Sort, Sorting
from listing.text import shown
from maps import boxes
from maps.boxes import Box

VIEW = "view"  # west, south, east and north of what the picture shows, in degrees

SORTING = Sorting(
    {
        "cases": Sort(
            Value(0), gettext_lazy("Most cases first"), gettext_lazy("Fewest cases first"), downwards=True
        ),
        "city": Sort(Value(0), gettext_lazy("City, A to Z"), gettext_lazy("City, Z to A")),
        "country": Sort(Value(0), gettext_lazy("Country, A to Z"), gettext_lazy("Country, Z to A")),
    },
    default="cases",
)
# The cities are counted, not read in an order: what parts two of them is said here instead of to the database.
_KEYS: dict[str, Callable[[CityOnMap], object]] = {
    "cases": lambda city: city.cases,
    "city": lambda city: city.name.casefold(),
    "country": lambda city: str(city.country.name).casefold(),
}


class MapSelection(Selection):
    """The cities of one query. `box` is the part of the world that is asked for, None for whatever fits them."""

    def __init__(self, queryset: QuerySet, params: QueryDict, **more):
        super().__init__(queryset, params, **more)
        self.box, problems = _read(params.getlist(VIEW))
        self.problems += problems

    @cached_property
    def cities(self) -> list[CityOnMap]:
        """All the cities, in order."""
        name, is_turned = self.sort.removeprefix("-"), self.sort.startswith("-")
        found = sorted(cities_of(self), key=lambda city: (city.name.casefold(), city.slug))
        return sorted(found, key=_KEYS[name], reverse=SORTING.sorts[name].downwards is not is_turned)

    @property
    def rows(self) -> Cities:
        """The same as rows of a page or an export."""
        return Cities(self.cities)

    @property
    def near(self) -> None:
        """The map shows what is found, and nothing that nearly was."""
        return None

    @property
    def case_count(self) -> int:
        """How many cases there are in all the cities."""
        return sum(city.cases for city in self.cities)

    @property
    def address(self) -> Address:
        address = super().address
        return address.having(VIEW, str(self.box)) if self.box else address

    def cases_address(self, *slugs: str) -> Address:
        """The list of cases under the same filters; of these cities alone, where any are named."""
        address = self._cases_address.without("city") if slugs else self._cases_address
        return Address(address.path, [*address.pairs, *(("city", slug) for slug in slugs)])

    @cached_property
    def _cases_address(self) -> Address:
        return self.elsewhere("cases:initiative_list")


def _read(values: list[str]) -> tuple[Box | None, list[Problem]]:
    asked = [value.strip() for value in values if value.strip()]
    if not asked:
        return None, []
    if box := boxes.read(asked[-1]):
        return box, []
    said = _(
        "“%(value)s” is no part of the map: “view” takes west, south, east and north in degrees, as in 73,18,135,54."
    )
    return None, [Problem(VIEW, said % {"value": shown(asked[-1])})]
