"""`/map/`: the cities on a map, the same as a table, and as data."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page

from cases.filters import CaseFilters
from cases.mapped import zooming
from cases.mapped.cities import CityOnMap
from cases.mapped.columns import MAP
from cases.mapped.picture import pictures
from cases.mapped.selection import SORTING, VIEW, MapSelection
from cases.models import Initiative
from listing.addresses import Address, translated, with_ending
from listing.understood import understood
from listing.views import ListView

NAMED_WITHOUT_PLACE = 20  # cities without coordinates that are named above the table, which has all of them


class MapPage(ListView):
    """Cities with the number of their cases under the filters of the list of cases."""

    record_class = Initiative
    kind = "case"
    filterset_class = CaseFilters
    sorting = SORTING
    selection_class = MapSelection
    table = MAP
    template_name = "cases/map.html"
    is_of_its_own = False
    selection: MapSelection

    def paged(self) -> list[CityOnMap]:
        return self.selection.cities

    def rows_for_page(self, rows: Iterable[CityOnMap]) -> list[tuple[CityOnMap, str]]:
        """Each city with the address of its cases under the same filters."""
        return [(city, str(self.selection.cases_address(city.slug))) for city in rows]

    def get_context_data(self, **kwargs) -> dict:
        context, selection = super().get_context_data(**kwargs), self.selection
        without = [city for city in selection.cities if not city.place]
        return context | {
            # Whatever part of it is shown, it is one page.
            "understood_url": str(selection.address.without(VIEW)),
            "pictures": pictures(selection),
            "zoom": zooming.links(selection),
            "case_count": selection.case_count,
            "cases_url": str(selection.cases_address()),
            "cases_csv_url": _data(selection.cases_address(), "csv"),
            "cases_geojson_url": _data(selection.cases_address(), "geojson"),
            "without_place": without[:NAMED_WITHOUT_PLACE],
            "without_place_count": len(without),
            "without_place_more": len(without[NAMED_WITHOUT_PLACE:]),
        }

    def _read_ahead(self, rows, asked: str) -> list:
        """Nothing: no row is a case."""
        return []

    def _search_context(self, page: Page) -> dict:
        """How the words were understood."""
        selection = self.selection
        if not selection.is_search:
            return {}
        found = selection.index.found
        return {
            "understood": understood(found, selection.address),
            "search_query": urlencode([("q", text) for text in found.wanted.texts]),
        }


def _data(address: Address, ending: str) -> str:
    """A list as data, which has one address whatever the language of the page."""
    return str(address.at(with_ending(translated(address.path, settings.LANGUAGE_CODE), ending)))
