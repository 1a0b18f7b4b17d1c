"""The catalogue's addresses, and `/bench/two-facets/`: the same list page with two facets instead of all."""

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


urlpatterns = [path("bench/two-facets/", TwoFacetList.as_view()), *catalogue.urls.urlpatterns]
handler404 = catalogue.urls.handler404
