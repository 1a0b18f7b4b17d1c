"""The answer: the nearest cities, what was compared, and their cases for the need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from cases.alike.doubts import doubts
from cases.alike.figures import profiles
from cases.alike.form import FIGURES, Question
from cases.alike.method import SPANS, Pair, Profile, Ranked, Value, compare, rank
from cases.alike.rows import Mine, Neighbour, Shown
from cities.models import City, Figure

# With fewer of the nearest cities that have a case for the need, farther ones follow until there are so many.
WITH_CASES = 3
CASES_SHOWN = 3
# The cities that could not be compared are named, with the reason, where there are at most so many.
MOST_LEFT_OUT = 20


@dataclass
class Answer:
    """What is compared with, the rows in order, and how many cities could not be compared; of a few of them, why."""

    question: Question
    mine: list[Mine]
    rows: list[Neighbour]
    left_out_count: int
    left_out: list[tuple[City, list[Shown]]]

    @property
    def missing(self) -> list[str]:
        """Names of figures that the chosen city has not."""
        if not self.question.city:
            return []
        return [str(each.label) for each in FIGURES.values() if each.figure not in self.question.mine]

    @property
    def is_unlabelled(self) -> bool:
        """Whether any comparison rests on figures whose territory no source names."""
        return any(each.is_unlabelled for row in self.rows for each in row.figures)

    @property
    def found(self) -> int:
        """How many of the cities have a case for the need."""
        return sum(1 for row in self.rows if row.case_count)


def answer(question: Question) -> Answer:
    """The rows for a question without problems, in a bounded number of queries however many cities there are."""
    cities = profiles(question.state)
    ranking = rank(question.mine, cities, leaving_out=question.city.slug if question.city else "")
    counts = _counts(question)
    chosen = _chosen(question, ranking.near, counts)
    left_out = ranking.left_out if len(ranking.left_out) <= MOST_LEFT_OUT else []
    reader = _Reader(question, {slug: cities[slug] for slug in (*(each.slug for each in chosen), *left_out)})
    rows = [
        reader.row(place, each, is_farther=place > question.nearest)
        for place, each in enumerate(chosen, 1)
        if each.slug in reader.cities
    ]
    for row in rows:
        _give_cases(row, question, counts)
    named = [(reader.cities[slug], reader.figures(slug)) for slug in left_out if slug in reader.cities]
    return Answer(question, reader.mine(), rows, len(ranking.left_out), named)


def _counts(question: Question) -> Mapping[str, int]:
    """How many cases for the need each city has."""
    facet = question.need.filters.facets["city"]
    return {term.value: count for term, count in question.need.tally("city", facet)}


def _chosen(question: Question, near: list[Ranked], counts: Mapping[str, int]) -> list[Ranked]:
    """The nearest; then farther ones with a case for the need, where few of these have one."""
    chosen, others = near[: question.nearest], near[question.nearest :]
    wanted = WITH_CASES - sum(1 for each in chosen if counts.get(each.slug))
    farther = (each for each in others if counts.get(each.slug))
    return [*chosen, *islice(farther, max(wanted, 0))]


class _Reader:
    """The records behind what is shown: cities, figures with their places, and doubts."""

    def __init__(self, question: Question, cities: Mapping[str, Profile]):
        self._question = question
        self.cities = {city.slug: city for city in City.objects.public().filter(slug__in=cities)}
        self._pairs = {slug: list(compare(question.mine, each)) for slug, each in cities.items()}
        values = [pair.theirs for pairs in self._pairs.values() for pair in pairs]
        values += [value for scopes in question.mine.values() for value in scopes.values()]
        numbers = {value.figure for value in values if value and value.figure}
        self._figures = (
            Figure.objects.public().filter(pk__in=numbers).select_related("source", "figures").in_bulk()
        )
        self._doubts = doubts(list(self._figures.values()))

    def _number(self, name: str, value: Value) -> Decimal | None:
        figure = self._figures.get(value.figure)
        return figure.value if figure else self._question.number_of(name)

    def mine(self) -> list[Mine]:
        """What is compared with: each figure, in each territory it is known of."""
        return [
            Mine(
                name,
                scope,
                self._number(name, value),
                self._figures.get(value.figure),
                self._doubts.get(value.figure, ()),
            )
            for name in SPANS
            for scope, value in sorted(self._question.mine.get(name, {}).items())
        ]

    def row(self, place: int, ranked: Ranked, *, is_farther: bool) -> Neighbour:
        """One city that is shown, its cases not yet with it."""
        city = self.cities[ranked.slug]
        return Neighbour(place, city, ranked.apart, ranked.compared, self.figures(ranked.slug), is_farther)

    def figures(self, slug: str) -> list[Shown]:
        """Each figure asked for, of one city."""
        return [self._shown(pair) for pair in self._pairs[slug]]

    def _shown(self, pair: Pair) -> Shown:
        theirs = self._figures.get(pair.theirs.figure) if pair.theirs else None
        known = self._doubts.get(theirs.pk, ()) if theirs else ()
        return Shown(pair, self._number(pair.name, pair.mine), theirs, known)


def _give_cases(row: Neighbour, question: Question, counts: Mapping[str, int]) -> None:
    row.case_count = counts.get(row.city.slug, 0)
    if row.case_count:
        cases = question.cases_of(row.city.slug)
        row.cases = list(cases.rows[:CASES_SHOWN])
        row.cases_address = str(cases.address)
