"""Which rules the records of a list lack, in few queries at any number of them."""

from __future__ import annotations

from collections.abc import Iterable

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


def missing_count(model: type[Record]):
    """How many rules a record lacks, as an expression: a list can be ordered by it."""
    ones = [
        Case(When(rule.missing, then=Value(1)), default=Value(0), output_field=IntegerField())
        for rule in RULES[model]
    ]
    total = ones[0]
    for one in ones[1:]:
        total = total + one
    return Cast(total, IntegerField())


def any_missing(model: type[Record]) -> Q:
    """The condition for a record that lacks anything."""
    condition = Q()
    for rule in RULES[model]:
        condition |= rule.missing
    return condition


def missing_of(model: type[Record], pks: Iterable[int]) -> dict[int, list[Rule]]:
    """The rules that each of some records lacks, by its number: one query."""
    rules = RULES[model]
    rows = with_flags(model._base_manager.filter(pk__in=list(pks)).order_by())
    return {
        pk: [rule for rule, lacks in zip(rules, lacking, strict=True) if lacks]
        for pk, *lacking in rows.values_list("pk", *(flag_of(rule) for rule in rules))
    }


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


def counted(rows: QuerySet) -> list[tuple[Rule, int]]:
    """How many of some rows lack each rule, those that none lacks left out: one query."""
    rules = RULES[rows.model]
    counts = {flag_of(rule): Count("pk", filter=rule.missing) for rule in rules}
    found = rows.order_by().aggregate(**counts)
    return [(rule, found[name]) for rule, name in zip(rules, counts, strict=True) if found[name]]
