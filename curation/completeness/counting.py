"""Which rules the records of a list lack, in few queries at any number of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import add

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from curation.completeness.rules import RULES, Rule
from records.models import Record
from records.versions import known_tables

# Whether a record is hidden, and which rules it lacks, as `_mask` has it.
Lack = tuple[bool, int]


def _sum(model: type[Record], weight: Callable[[int], int]) -> Cast:
    """The weights of the rules that a record lacks, by their place, together; an expression of the database."""
    # As a choice, and not as a condition: what follows a condition that decides is then not looked up.
    ones = [
        Case(When(rule.missing, then=Value(weight(place))), default=Value(0), output_field=IntegerField())
        for place, rule in enumerate(RULES[model])
    ]
    return Cast(reduce(add, ones), IntegerField())


def missing_count(model: type[Record]) -> Cast:
    """How many rules a record lacks, as an expression: a list can be ordered by it."""
    return _sum(model, lambda place: 1)


def _mask(model: type[Record]) -> Cast:
    """Which rules a record lacks, as one number: each is looked up once, however many of them are asked for."""
    return _sum(model, lambda place: 1 << place)


def _rules_of(model: type[Record], mask: int) -> list[Rule]:
    return [rule for place, rule in enumerate(RULES[model]) if mask >> place & 1]


def any_missing(model: type[Record]) -> Q:
    """The condition for a record that lacks anything."""
    condition = Q()
    for rule in RULES[model]:
        condition |= rule.missing
    return condition


def missing_of(
    model: type[Record], pks: Iterable[int], known: Mapping[int, Lack] | None = None
) -> dict[int, list[Rule]]:
    """The rules that each of some records lacks, by its number; one query where that is not `known`."""
    found = lack_of(model, pks) if known is None else [(pk, known[pk]) for pk in pks if pk in known]
    return {pk: _rules_of(model, mask) for pk, (_hidden, mask) in found}


def needed_and_missing(model: type[Record], pks: Iterable[int]) -> dict[int, list[str]]:
    """What each of some records lacks that readers need, in words."""
    found = missing_of(model, pks)
    return {pk: [str(rule.label) for rule in rules if rule.required] for pk, rules in found.items()}


def flag_of(rule: Rule) -> str:
    """The name under which a row says whether it lacks what a rule asks for."""
    return "lacks_" + rule.key.replace("-", "_")


def with_flags(rows: QuerySet) -> QuerySet:
    """Rows that each say what they lack, one flag for each rule."""
    flags = {
        flag_of(rule): ExpressionWrapper(rule.missing, output_field=BooleanField())
        for rule in RULES[rows.model]
    }
    return rows.annotate(**flags)


def lack_of(model: type[Record], pks: Iterable[int] | None = None) -> Iterator[tuple[int, Lack]]:
    """What each record lacks, or each of some, by its number: one query."""
    rows = model._base_manager.order_by()
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    for pk, hidden, mask in rows.annotate(lacks=_mask(model)).values_list("pk", "hidden", "lacks"):
        yield pk, (hidden, mask)


@cache
def asked_tables(model: type[Record]) -> frozenset[str]:
    """The tables that say what a record lacks."""
    sql = str(model._base_manager.annotate(lacks=_mask(model)).values("lacks").query)
    return frozenset(table for table in known_tables() if f'"{table}"' in sql)


def counted(rows: QuerySet, known: Mapping[int, Lack] | None) -> list[tuple[Rule, int]]:
    """How many of some rows, but of hidden ones, lack each rule, those that none lacks left out."""
    counts = lacking(rows, known, with_hidden=False)[2]
    return [(rule, counts[rule.key]) for rule in RULES[rows.model] if counts[rule.key]]


def lacking(
    rows: QuerySet, known: Mapping[int, Lack] | None, with_hidden: bool = True
) -> tuple[int, int, Counter[str]]:
    """How many rows there are, how many lack anything, and how many lack each rule by its key.

    `known` says what every record lacks (completeness/followed.py); without it one query looks it up.
    """
    every, some, counts = 0, 0, Counter()
    for (hidden, mask), count in _grouped(rows, known):
        if hidden and not with_hidden:
            continue
        every += count
        some += count if mask else 0
        counts.update({rule.key: count for rule in _rules_of(rows.model, mask)})
    return every, some, counts


def _grouped(rows: QuerySet, known: Mapping[int, Lack] | None) -> Iterable[tuple[Lack, int]]:
    """How many of the rows lack the same."""
    if known is None:
        masks = rows.order_by().annotate(lacks=_mask(rows.model)).values_list("hidden", "lacks")
        return [((hidden, mask), count) for hidden, mask, count in masks.annotate(Count("pk"))]
    if not rows.query.where:
        return Counter(known.values()).items()
    # What was made this very moment is not known yet, and counted the next time.
    numbers = rows.order_by().values_list("pk", flat=True)
    return Counter(known[pk] for pk in numbers if pk in known).items()
