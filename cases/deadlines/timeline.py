"""The targets of a selection year by year: named one by one where they are few, counted where they are many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from cases.models import State, Target
from cases.targets import due_end
from listing.facets import FacetGroup
from listing.selection import Selection

# Up to so many are named; more would be a second list.
MOST_NAMED = 40


@dataclass
class Year:
    """A year in which targets are due, and how many; `share` of the fullest year, in per cent."""

    year: str
    count: int
    share: int
    url: str
    targets: list[Target] = field(default_factory=list)
    is_now: bool = False
    # Whether today stands before it, and after the year before.
    is_first_to_come: bool = False


def timeline(selection: Selection, due: FacetGroup) -> list[Year]:
    """Each year with a due date, in order; [] where fewer than two have one: a line needs two ends.

    `due` is the facet of the list, which has counted the years; those not chosen are left out where some are.
    """
    if selection.problems:
        return []
    values = [*due.values, *due.more]
    wanted = {term.value for term in selection.chosen.get("due", ())}
    counts = {
        each.value: each.count for each in values if each.count and (not wanted or each.value in wanted)
    }
    counts = {year: counts[year] for year in sorted(counts) if year.isdigit()}
    if len(counts) < 2:
        return []
    named = _named(selection.filters.narrowed()) if sum(counts.values()) <= MOST_NAMED else {}
    this_year, most = str(timezone.localdate().year), max(counts.values())
    address = selection.address.without("due")
    years = [
        Year(
            year,
            count,
            round(100 * count / most),
            str(address.having("due", year)),
            named.get(year, []),
            is_now=year == this_year,
        )
        for year, count in counts.items()
    ]
    for year in years:
        if year.year > this_year:
            year.is_first_to_come = True
            break
    return years


def _named(queryset: QuerySet) -> dict[str, list[Target]]:
    """The targets by the year they are due, each with its `mark`: how it stands, for its colour and its words."""
    found = defaultdict(list)
    dated = queryset.exclude(due="").for_lists().annotate(year=Left(due_end(), 4))
    for target in dated.order_by("year", "city__name", "first_line", "pk"):
        target.mark = State(target.state_on()).value
        found[target.year].append(target)
    return found
