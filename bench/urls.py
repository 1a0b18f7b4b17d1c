"""The catalogue's addresses, and the same list page with two facets instead of all, with words marked and without."""

from django.urls import path

import catalogue.urls
from cases.filters import CaseFilters
from cases.lists import CaseList


class TwoFacets(CaseFilters):
    """City and programme alone are counted and shown."""

    @property
    def facets(self):
        return {name: each for name, each in super().facets.items() if name in ("city", "programme")}


class TwoFacetList(CaseList):
    filterset_class = TwoFacets


class UnmarkedList(TwoFacetList):
    """What Datasette's page shows: each row as it is, without what it was found by."""

    def explain(self, rows, highlighter) -> None:
        """Marks nothing."""


urlpatterns = [
    path("bench/two-facets/", UnmarkedList.as_view()),
    path("bench/two-facets-marked/", TwoFacetList.as_view()),
    *catalogue.urls.urlpatterns,
]
handler404 = catalogue.urls.handler404
