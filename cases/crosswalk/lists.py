"""`/crosswalk/`: its orders, pages and exports. An export has a row for each link, a page one for each case."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.cards import Card, cards
from cases.counts import number_of_cases
from cases.crosswalk import matrix, totals
from cases.crosswalk.answers import Answers
from cases.crosswalk.columns import CROSSWALK
from cases.crosswalk.filters import CrosswalkFilters
from cases.models import CommitmentLink
from listing.addresses import address_of_list
from listing.facets import in_order
from listing.indexed import IndexedRows
from listing.sorting import Sort, Sorting, text
from listing.terms import Term
from listing.views import ListView

# By the names they have in the list of cases, which gives the pages their order.
SORTING = Sorting(
    {
        "title": Sort(text("initiative__title"), _("Title, A to Z"), _("Title, Z to A")),
        "city": Sort(text("initiative__city__name"), _("City, A to Z"), _("City, Z to A")),
    },
    default="title",
    ties=(
        "initiative__slug",
        F("article__declaration__adopted"),
        "article__declaration__slug",
        F("article__number"),
    ),
)


class Crosswalk(ListView):
    """The matrix of cases against articles, with its reasons."""

    record_class = CommitmentLink
    kind = "case"
    filterset_class = CrosswalkFilters
    sorting = SORTING
    selection_class = Answers
    table = CROSSWALK
    template_name = "cases/crosswalk.html"
    selection: Answers

    def paged(self) -> IndexedRows:
        return self.selection.cases

    def rows_for_page(self, rows: Iterable) -> list[Card]:
        numbers = [case.pk for case in rows]
        by_number = cards(numbers)
        return [by_number[number] for number in numbers if number in by_number]

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        selection, cases = self.selection, list(context["page_obj"].object_list)
        facet = selection.filters.facets["article"]
        counts = {term.value: count for term, count in selection.tally("article", facet)}
        columns = selection.columns()
        groups = matrix.groups_of(columns, counts, selection.address)
        chosen = [term.value for term in selection.chosen.get("basis", ())]
        is_whole = not selection.chosen and not selection.problems
        return context | {
            "declarations": groups,
            "columns_left_out": len(columns) > matrix.MOST_COLUMNS,
            "unanswered": [each for group in groups for each in group.columns if not each.count],
            "rows": matrix.rows_of(cases, groups, chosen),
            "link_count": selection.number_of_links(),
            "without_answers": number_of_cases() - context["count"] if is_whole else 0,
        }


class Totals(Crosswalk):
    """`/crosswalk/by-theme/`, `/crosswalk/by-city/`: a row for each theme or city, in each cell the number of cases."""

    by = "theme"
    sorting = None
    template_name = "cases/crosswalk_totals.html"

    def paged(self) -> list[tuple[Term, int]]:
        """The themes or cities that have any answer, those with most cases first; where some are chosen, these."""
        if self.selection.problems:
            return []
        counted = in_order(self.selection.tally(self.by, self.selection.filters.facets[self.by]))
        chosen = {term.value for term in self.selection.chosen.get(self.by, ())}
        return [each for each in counted if not chosen or each[0].value in chosen]

    def rows_for_page(self, rows: Iterable) -> list:
        return list(rows)

    def get_context_data(self, **kwargs) -> dict:
        context = super(Crosswalk, self).get_context_data(**kwargs)
        selection, counted = self.selection, context["page_obj"].object_list
        facet = selection.filters.facets["article"]
        counts = {term.value: count for term, count in selection.tally("article", facet)}
        columns = selection.columns()
        groups = matrix.groups_of(columns, counts, selection.address.at(address_of_list("cases:crosswalk")))
        return context | {
            "by": self.by,
            "declarations": groups,
            "columns_left_out": len(columns) > matrix.MOST_COLUMNS,
            "rows": totals.rows_of(selection, self.by, counted, groups),
            "case_count": 0 if selection.problems else selection.number(),
        }
