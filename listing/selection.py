"""What a query asks of a list: its rows in order, or what is wrong. Page, export and command share it."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from listing import nearby
from listing.addresses import Address, address_of_list
from listing.filters import Facet, ListFilters
from listing.indexed import IndexedList, IndexedRows, state_of_index
from listing.middleware import LONGEST_QUERY
from listing.problems import Problem
from listing.sorting import Sorting
from listing.terms import Term
from search.engine import Snapshot
from search.highlights import Highlighter


class Selection:
    """The rows of `queryset` that `params` asks for.

    `kind` is that of the rows in the index, "" for a list that has none; `state` the index, where it has been looked
    up. `too_long` says that the query was left out for its length. `problems` says what is wrong; where anything is,
    `rows` is empty. Nothing raises on a reader's input.
    """

    def __init__(
        self,
        queryset: QuerySet,
        params: QueryDict,
        *,
        filterset_class: type[ListFilters] = ListFilters,
        sorting: Sorting | None = None,
        path: str = "",
        too_long: bool = False,
        kind: str = "",
        state: Snapshot | None = None,
    ):
        self.params, self.path, self.sorting = params, path, sorting
        self.queryset = queryset
        self.filters = filterset_class(params, queryset)
        state = (state or state_of_index(kind)) if kind else None
        self.index = IndexedList(kind, self.filters, state) if state else None
        asked, sort_problems = sorting.read(params.getlist("sort")) if sorting else ("", [])
        self.asked_sort = asked
        self.asked_near, near_problems = nearby.read(params.getlist(nearby.NAME)) if kind else (None, [])
        self.problems: list[Problem] = [*self.filters.problems, *sort_problems, *near_problems]
        if kind and self.index is None:
            self.problems += self._searched_while_building()
        if too_long:
            message = _("The query is too long: at most %(most)d characters can be read.")
            self.problems.append(Problem("", message % {"most": LONGEST_QUERY}))

    @property
    def chosen(self) -> dict:
        """The applied terms by the name of their filter."""
        return self.filters.chosen

    @property
    def sort(self) -> str:
        """The order in force, "" for a list with only one."""
        if not self.sorting:
            return ""
        return self.asked_sort or self.sorting.default_with(set(self.chosen))

    @property
    def rows(self) -> QuerySet | IndexedRows:
        """The rows, all pages of them, in order; none where the query is wrong."""
        if self.problems:
            return self.queryset.none()
        rows = self.queryset.all()
        if self.index and self.sorting:
            return IndexedRows(self.index.found, rows, self.sorting, self.sort)
        rows = rows.for_lists()
        for name, terms in self.chosen.items():
            rows = self.filters.filters[name].filter(rows, terms)
        return self.sorting.apply(rows, self.sort) if self.sorting else rows

    @property
    def is_search(self) -> bool:
        """Whether words are searched for, and can be."""
        return bool(self.index and self.index.found.wanted.texts and not self.problems)

    @cached_property
    def highlighter(self) -> Highlighter:
        """Marks the words that are searched for; only where `is_search`."""
        return Highlighter(self.index.found.shown_words)

    @property
    def near_limit(self) -> int:
        """How many rows are shown that hold only some of the words."""
        return nearby.SHOWN if self.asked_near is None else self.asked_near

    @property
    def near(self) -> list[Model] | None:
        """Rows that hold only some of the words, best first; None where no words are searched for."""
        return self.rows.near(self.near_limit, "export_reader") if self.is_search else None

    def tally(self, name: str, facet: Facet) -> list[tuple[Term, int]]:
        """How many rows have each value of a facet, under the choices made in all others; in no order."""
        if self.index:
            return self.index.tally(name, facet)
        return list(facet.tally(self.filters.narrowed(leaving_out=name)).items())

    def number(self, name: str = "", values: Sequence[str] = ()) -> int:
        """How many rows there are under what could be read of the query; under all of it but the choices of `name`,
        where that is given, and then with one of `values` instead, where any are.
        """
        if self.index:
            return self.index.number(name, values)
        rows = self.filters.narrowed(leaving_out=name)
        return (
            self.filters.filters[name].filter(rows, [Term(each, "") for each in values]) if values else rows
        ).count()

    def _searched_while_building(self) -> list[Problem]:
        message = _(
            "The search index is being built. Words can be searched for in a moment; everything else works."
        )
        return [Problem(name, message, is_passing=True) for name in self.filters.texts if name in self.chosen]

    @property
    def remarks(self) -> list[str]:
        """What the page should say about how the query was understood."""
        return [
            text for name, terms in self.chosen.items() for text in self.filters.filters[name].remarks(terms)
        ]

    @property
    def address(self) -> Address:
        """The address of what was understood: each term once. Refused values and unknown names are left out."""
        pairs = [(name, term.value) for name, terms in self.chosen.items() for term in terms]
        if self.asked_sort:
            pairs.append(("sort", self.asked_sort))
        if self.asked_near is not None:
            pairs.append((nearby.NAME, str(self.asked_near)))
        return Address(self.path, pairs)

    def elsewhere(self, view: str) -> Address:
        """The same filters at the page of that name, whose orders and pages are its own."""
        pairs = ((name, term.value) for name, terms in self.chosen.items() for term in terms)
        return Address(address_of_list(view), pairs)
