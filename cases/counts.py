"""How many public cases there are, in all and with each value of a filter; asked of the index, which has counted."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from cases.models import Initiative, InitiativeTheme, Outcome
from search.corpus import index_of
from search.engine import Found, Wanted
from search.service import Building, snapshot


def every_case(*counted: str) -> Found | None:
    """All public cases; None while the index is being built. `counted` names the filters that will be counted."""
    try:
        return snapshot().find(Wanted(("case",)), counted)
    except Building:
        return None


def number_of_cases() -> int:
    """How many public cases there are."""
    found = every_case()
    return Initiative.objects.public().count() if found is None else found.count


def number_of_outcomes() -> int:
    """How many public outcomes there are, repeated claims among them."""
    try:
        return snapshot(index_of("outcome")).find(Wanted(("outcome",))).count
    except Building:
        return Outcome.objects.public().count()


def with_case_counts(themes: QuerySet) -> QuerySet:
    """Themes with their `case_count`."""
    found = every_case("theme")
    if found is None:
        count = Count("initiative_links", filter=InitiativeTheme.public_q("initiative_links__"))
    else:
        count = _by_slug(found.tally("theme"))
    return themes.annotate(case_count=count)


def _by_slug(counts: Mapping[str, int]) -> Case:
    """The number that belongs to the slug of a row: few enough for the query, and known to it as any column."""
    known = (When(slug=slug, then=Value(count)) for slug, count in sorted(counts.items()))
    return Case(*known, default=Value(0), output_field=IntegerField())
