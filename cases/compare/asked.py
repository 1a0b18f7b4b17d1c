"""What a query asks to compare. Nothing raises on a reader's input, and what is wrong costs the others nothing."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.compare.of_cases import parts_of_cases
from cases.compare.of_cities import parts_of_cities
from cases.compare.rows import Part, shown
from cases.models import Initiative
from cities.models import City
from listing.addresses import Address
from listing.chosen import Chosen, chosen
from listing.middleware import LONGEST_QUERY
from listing.text import shown as shown_text
from records.models import Record
from records.names import called

MOST = 4
LEAST = 2
ONLY, DIFFERENCES = "only", "differences"


class Asked:
    """What a query asks to compare. Cases go before cities: the two have no rows in common."""

    def __init__(self, params: QueryDict, path: str, too_long: bool = False):
        self.params, self.path = params, path
        self.problems: list[str] = []
        if too_long:
            message = _("The query is too long: at most %(most)d characters can be read.")
            self.problems.append(message % {"most": LONGEST_QUERY})
        cases, cities = (_typed(params, name) for name in ("case", "city"))
        self.name = "city" if cities and not cases else "case"
        self.other_url = ""
        if cases and cities:
            self.problems.append(
                _(
                    "Cases and cities cannot stand side by side. The cases are compared here, the cities left out."
                )
            )
            self.other_url = str(Address(path, [("city", slug) for slug in cities[:MOST]]))
        self.chosen: Chosen = chosen(self._queryset(), cases or cities, MOST)
        self.problems += self.chosen.messages(self.model, MOST)
        self.only_differing = params.get(ONLY, "") == DIFFERENCES
        if params.get(ONLY, "") not in ("", DIFFERENCES):
            message = _("“%(value)s” is not a known value of “%(name)s”.")
            self.problems.append(message % {"value": shown_text(params.get(ONLY, "")), "name": ONLY})

    @property
    def model(self) -> type[Record]:
        """What is compared: cases or cities."""
        return City if self.name == "city" else Initiative

    @property
    def records(self) -> list[Record]:
        """The public records that are compared, at most four, in the order of the address."""
        return list(self.chosen.found)

    @property
    def is_comparison(self) -> bool:
        """Whether there are enough of them."""
        return len(self.records) >= LEAST

    def _queryset(self) -> QuerySet:
        if self.name == "city":
            return City.objects.public().select_related("place_source")
        return Initiative.objects.public().select_related("city", "programme", "source")

    @cached_property
    def address(self) -> Address:
        """The address of what was understood, in the order asked for."""
        return Address(self.path, [(self.name, slug) for slug in self.chosen.slugs])

    @property
    def lasting(self) -> Address:
        """The same whatever the order: one address for search engines."""
        return Address(self.path, sorted(self.address.pairs))

    @property
    def current(self) -> Address:
        """The address of the page as it is shown, folded or not."""
        return self.address.having(ONLY, DIFFERENCES) if self.only_differing else self.address

    def parts(self) -> list[Part]:
        """The rows of the comparison, in the active language."""
        made = (parts_of_cities if self.name == "city" else parts_of_cases)(self.records)
        names = [called(record) for record in self.records]
        for cells in (row.cells for part in made for row in part.rows):
            for cell, name in zip(cells, names, strict=True):
                cell.name = name
        return shown(made, self.only_differing)


def _typed(params: QueryDict, name: str) -> list[str]:
    return [text for text in params.getlist(name) if text.strip()]
