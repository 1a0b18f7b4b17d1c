"""The list of cases: its rows, orders and pages."""

from django.db.models import OuterRef, Subquery, Value
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases import passages
from cases.cards import Card
from cases.columns import CASES
from cases.filters import CaseFilters
from cases.models import Initiative
from cases.templatetags.case_rows import case_rows
from cities.models import Figure
from listing.sorting import Sort, Sorting, text
from listing.views import ListView
from search.highlights import Highlighter


def _largest_population() -> Subquery:
    """The largest population figure printed for the city of a case, of whatever territory."""
    figures = Figure.objects.public().filter(name=Figure.Name.POPULATION, value__isnull=False)
    largest = figures.filter(figures__city=OuterRef("city")).order_by("-value")
    return Subquery(largest.values("value")[:1])


SORTING = Sorting(
    {
        "relevance": Sort(
            Value(0),
            _("Best match first"),
            _("Weakest match first"),
            downwards=True,
            then=(text("title"),),
            needs="q",
        ),
        "title": Sort(text("title"), _("Title, A to Z"), _("Title, Z to A")),
        "city": Sort(text("city__name"), _("City, A to Z"), _("City, Z to A")),
        "newest": Sort(text("started"), _("Latest start first"), _("Earliest start first"), downwards=True),
        "population": Sort(
            _largest_population(), _("Largest city first"), _("Smallest city first"), downwards=True
        ),
    },
    default="title",
)


class CaseList(ListView):
    """`/cases/` and its exports."""

    record_class = Initiative
    kind = "case"
    filterset_class = CaseFilters
    sorting = SORTING
    table = CASES
    template_name = "cases/initiative_list.html"

    def explain(self, rows: list[Card], highlighter: Highlighter) -> None:
        passages.explain(rows, highlighter)

    def show(self, rows: list[Card]) -> SafeString:
        return case_rows(rows)
