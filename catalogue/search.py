"""What a query asks of the whole catalogue: `/search/` and `/search.json` share it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.filters import Words
from cases.models import Initiative
from catalogue import hits
from catalogue.hits import KINDS, ShownHit
from listing import nearby
from listing.addresses import Address
from listing.filters import Facet, ListFilters
from listing.middleware import LONGEST_QUERY
from listing.problems import Problem
from listing.terms import Term
from search.highlights import Highlighter
from search.kinds import OfManyKinds
from search.service import Building, snapshot


class Types(Facet):
    """The kinds of things the catalogue holds."""

    def every(self, most: int) -> list[str]:
        return list(KINDS)

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: Term(value, str(KINDS[value].label)) for value in values if value in KINDS}


class SiteFilters(ListFilters):
    q = Words(label=gettext_lazy("Words"))
    type = Types(label=gettext_lazy("Kind"))


class SiteSearch:
    """The hits that `params` asks for, or what is wrong. Nothing raises on a reader's input.

    To chips, facets and pages it is what a Selection is to them.
    """

    def __init__(self, params: QueryDict, path: str = "", too_long: bool = False):
        self.params, self.path = params, path
        self.filters = SiteFilters(params, Initiative.objects.none())
        self.asked_near, near_problems = nearby.read(params.getlist(nearby.NAME))
        self.problems: list[Problem] = [*self.filters.problems, *near_problems]
        if too_long:
            message = _("The query is too long: at most %(most)d characters can be read.")
            self.problems.append(Problem("", message % {"most": LONGEST_QUERY}))
        self.found = self._find()

    def _find(self) -> OfManyKinds | None:
        """None where nothing can be searched for: no words, a mistake, or no index yet, which is then a problem."""
        if self.problems or not self.texts:
            return None
        try:
            state = snapshot()
        except Building:
            message = _("The search index is being built. Words can be searched for in a moment.")
            self.problems.append(Problem("q", message, is_passing=True))
            return None
        types = [term.value for term in self.chosen.get("type", [])]
        return OfManyKinds(state, self.texts, tuple(KINDS), types)

    @property
    def texts(self) -> list[str]:
        """What is searched for; one of several texts must be held."""
        return [term.value for term in self.chosen.get("q", [])]

    @property
    def chosen(self) -> dict[str, list[Term]]:
        """The applied terms by the name of their filter."""
        return self.filters.chosen

    @property
    def remarks(self) -> list[str]:
        """What the page should say about how the query was understood."""
        return [
            text for name, terms in self.chosen.items() for text in self.filters.filters[name].remarks(terms)
        ]

    @property
    def address(self) -> Address:
        """The address of what was understood."""
        pairs = [(name, term.value) for name, terms in self.chosen.items() for term in terms]
        if self.asked_near is not None:
            pairs.append((nearby.NAME, str(self.asked_near)))
        return Address(self.path, pairs)

    @property
    def near_limit(self) -> int:
        """How many hits are shown that hold only some of the words."""
        return nearby.SHOWN if self.asked_near is None else self.asked_near

    def tally(self, name: str, facet: Facet) -> list[tuple[Term, int]]:
        """How many results there are of each kind, whatever kinds are chosen."""
        counts = self.found.tally() if self.found else {}
        return [(Term(kind, str(KINDS[kind].label)), count) for kind, count in counts.items() if count]

    def number(self, name: str = "", values: Sequence[str] = ()) -> int:
        """How many results there are, of whatever kind: there is no other filter."""
        return sum(self.found.tally().values()) if self.found else 0

    @cached_property
    def highlighter(self) -> Highlighter:
        """For the words as they were understood."""
        return Highlighter(self.found.whole.shown_words if self.found else ())

    @property
    def rows(self) -> HitRows:
        """The results, as pages take them."""
        return HitRows(self)

    def near(self, limit: int) -> list[ShownHit]:
        """What holds only some of the words, best first."""
        return hits.shown(self.found.near(limit), self.highlighter) if self.found else []


class HitRows:
    """As much of a list of results as pages need."""

    ordered = True

    def __init__(self, search: SiteSearch):
        self._search = search

    def count(self) -> int:
        """How many results there are."""
        return self._search.found.count if self._search.found else 0

    def __getitem__(self, wanted: slice) -> list[ShownHit]:
        if not self._search.found:
            return []
        start = wanted.start or 0
        found = self._search.found.best(start, min(wanted.stop, self.count()) - start)
        return hits.shown(found, self._search.highlighter)
