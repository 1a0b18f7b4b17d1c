"""What a query asks of the crosswalk: the links, for exports; the cases that have them, for pages.

All numbers are asked of the index of cases, which knows of each case what it answers to and on which basis. While there
is none, and where single cases are asked for, they come from the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from django.db.models import Count, QuerySet
from django.http import QueryDict

from cases import lists
from cases.crosswalk.articles import value_of
from cases.models import CommitmentLink, Initiative
from declarations.models import Article
from listing.filters import Facet
from listing.indexed import IndexedRows, known_terms, state_of_index
from listing.selection import Selection
from listing.terms import Term
from search.engine import Found, Snapshot, Wanted

FIELD = "answer"  # the field of the index that holds what a case answers to
OF_CASES = ("city", "theme")  # filters of the list that are about the case alone
_NONE = ("nothing",)  # no case has it


def answer(article: str, basis: str) -> str:
    """A link as the index of cases knows it."""
    return f"{article}:{basis}"


class Answers(Selection):
    """The links and cases of one query."""

    def __init__(
        self, queryset: QuerySet, params: QueryDict, *, kind: str, state: Snapshot | None = None, **more
    ):
        # The index is that of the cases: the links themselves are in none.
        super().__init__(queryset, params, **more)
        is_of_cases = "case" in self.chosen
        self.state = None if is_of_cases else state or state_of_index(kind)

    @cached_property
    def articles(self) -> list[Article]:
        """Every public article, the oldest declaration first."""
        found = Article.objects.public().select_related("declaration")
        return list(found.order_by("declaration__adopted", "declaration__slug", "number"))

    def columns(self) -> list[Article]:
        """The articles that the query asks about."""
        asked = self._asked_articles()
        return [article for article in self.articles if value_of(article) in asked]

    @property
    def cases(self) -> IndexedRows | QuerySet:
        """The cases that have such a link, in order; none where the query is wrong."""
        if self.problems:
            return Initiative.objects.none()
        ordered = lists.SORTING.apply(Initiative.objects.public(), self.sort)
        if self.state:
            return IndexedRows(self._found(self._asked()), ordered, lists.SORTING, self.sort)
        return ordered.filter(pk__in=self.filters.narrowed().order_by().values("initiative"))

    def number_of_links(self) -> int:
        """How many links there are: the rows of an export."""
        if self.problems:
            return 0
        if not self.state:
            return self.rows.count()
        counts = self._by_answer
        return sum(counts.get(each, 0) for each in self._asked())

    def tally(self, name: str, facet: Facet) -> list[tuple[Term, int]]:
        """How many cases have each value of a facet, under the choices made in all others; in no order."""
        if not self.state:
            return super().tally(name, facet)
        counts = {value: count for value, count in self._counts(name).items() if count}
        terms = known_terms(self.state, self.filters, name, facet, counts)
        return [(term, count) for value, count in counts.items() if (term := terms[value])]

    def number(self, name: str = "", values: Sequence[str] = ()) -> int:
        """How many cases there are under the whole query: what the filters count."""
        if not self.state:
            return self.filters.narrowed().order_by().values("initiative").distinct().count()
        return self._found(self._asked()).count

    def answering(self, name: str, value: str) -> dict[str, int]:
        """How many cases with this value of `name` (a city, a theme) answer to each article that is asked about."""
        if not self.state:
            facet = self.filters.filters[name]
            rows = facet.filter(self.filters.narrowed(leaving_out=name), [Term(value, "")])
            counted = rows.values_list("article__declaration__slug", "article__number")
            return {
                f"{slug}:{number}": n
                for slug, number, n in counted.annotate(Count("initiative", distinct=True))
            }
        counts = self._found(None, **{name: [value]}).tally(FIELD)
        of_articles = {
            each: [answer(each, basis) for basis in self._bases()] for each in self._asked_articles()
        }
        return {each: sum(counts.get(one, 0) for one in own) for each, own in of_articles.items()}

    # --- asked of the index

    def _counts(self, name: str) -> dict[str, int]:
        if name in OF_CASES:
            return dict(self._found(self._asked()).tally(name))
        if name == "article":
            bases, counts = self._bases(), self._by_answer
            asked = self._asked_articles(leaving_out="article")
            return {each: sum(counts.get(answer(each, basis), 0) for basis in bases) for each in asked}
        if name == "basis":
            asked = self._asked_articles()
            every = CommitmentLink.Basis.values
            return {basis: self._found(_answers(asked, [basis])).count for basis in every}
        articles, of_declaration = self._asked_articles(leaving_out="declaration"), {}
        for value in articles:
            of_declaration.setdefault(value.rpartition(":")[0], []).append(value)
        return {
            slug: self._found(_answers(each, self._bases())).count for slug, each in of_declaration.items()
        }

    @cached_property
    def _by_answer(self) -> dict[str, int]:
        """How many cases have each answer, whatever is asked of answers. A case has each once: so many links."""
        return dict(self._found(None).tally(FIELD))

    def _found(self, asked: Iterable[str] | None, **instead: Sequence[str]) -> Found:
        """The cases, of the cities and themes asked for, with one of these answers; whatever they answer to for None.

        `instead` names other cities or themes than those the query asks for.
        """
        filters = {name: self._values(name) for name in OF_CASES} | instead
        if asked is not None:
            filters[FIELD] = tuple(asked) or _NONE
        return self.state.find(Wanted(("case",), (), filters), (*OF_CASES, FIELD))

    def _asked(self) -> list[str]:
        return _answers(self._asked_articles(), self._bases())

    def _asked_articles(self, leaving_out: str = "") -> list[str]:
        """The articles that fit what is chosen of declarations and articles, but for one of the two."""
        values = list(map(value_of, self.articles))
        if leaving_out != "article" and (chosen := self._values("article")):
            values = [value for value in values if value in chosen]
        if leaving_out != "declaration" and (chosen := self._values("declaration")):
            values = [value for value in values if value.rpartition(":")[0] in chosen]
        return values

    def _bases(self) -> Collection[str]:
        return self._values("basis") or CommitmentLink.Basis.values

    def _values(self, name: str) -> list[str]:
        return [term.value for term in self.chosen.get(name, ())]


def _answers(articles: Iterable[str], bases: Iterable[str]) -> list[str]:
    bases = list(bases)
    return [answer(article, basis) for article in articles for basis in bases]
