"""The outcomes of one case: by status, claims of a fact printed again under the first, and what changed as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Initiative, Outcome, Unit

# Shown on the page of a case; the list of outcomes has them all.
MOST = 200
EXPLAINED: dict[str, str | Promise] = {
    Outcome.Status.ACHIEVED: _("The source says that it happened or is in place."),
    Outcome.Status.EXPECTED: _("The source foresees it as an effect."),
    Outcome.Status.TARGET: _("A goal that was set."),
    Outcome.Status.CONTEXT: _("The situation the case met, or a size."),
}
# Their zero means nothing, or less is better: a bar would mislead.
_NO_BARS = (Unit.Kind.RANK, Unit.Kind.SCORE)


@dataclass
class Claim:
    """An outcome, and the claims that print the same fact again."""

    outcome: Outcome
    again: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The claims of one status."""

    status: str
    label: str
    explained: str | Promise
    claims: Sequence[Claim]


@dataclass(frozen=True)
class Bars:
    """The value before and the one after as parts of one full width, in per cent; both begin at zero."""

    outcome: Outcome
    before: str
    after: str


def outcomes_of(case: Initiative) -> list[Outcome]:
    """The public outcomes of a case in printed order, at most one more than are shown."""
    public = Outcome.objects.filter(Outcome.own_public_q(), initiative=case)
    related = public.select_related("source", "unit", "unit_alt")
    found = list(related.order_by("first_line", "position", "key")[: MOST + 1])
    by_number = {outcome.pk: outcome for outcome in found}
    for outcome in found:
        outcome.initiative = case
        outcome.first = by_number.get(outcome.repeats_id)
    return found


def every_outcome_of(case: Initiative) -> QuerySet:
    """All public outcomes of a case in printed order, as exports take them."""
    public = Outcome.objects.filter(Outcome.own_public_q(), initiative=case).for_lists()
    return public.order_by("first_line", "position", "key")


def groups_of(outcomes: Sequence[Outcome]) -> list[Group]:
    """Those of outcomes_of that are shown, by status; a status nobody claims is left out."""
    shown = outcomes[:MOST]
    claims = {outcome.pk: Claim(outcome) for outcome in shown}
    for outcome in shown:
        if outcome.first and outcome.first.pk in claims and not outcome.first.first:
            claims[outcome.first.pk].again.append(outcome)
            del claims[outcome.pk]
    made = []
    for status in Outcome.Status:
        own = [claim for claim in claims.values() if claim.outcome.status == status]
        if own:
            made.append(Group(status.value, str(status.label), EXPLAINED[status], own))
    return made


def bars_of(outcomes: Sequence[Outcome]) -> list[Bars]:
    """What changed, each fact once: outcomes with a value before and one after, neither below zero."""
    return [bars for outcome in outcomes[:MOST] if not outcome.first and (bars := _bars(outcome)) is not None]


def _bars(outcome: Outcome) -> Bars | None:
    before, after, unit = outcome.before, outcome.after, outcome.unit
    if before is None or after is None or unit is None or unit.kind in _NO_BARS:
        return None
    largest = max(before, after)
    if min(before, after) < 0 or largest == 0:
        return None
    # Shares of a whole are shown as such; everything else beside the larger of the two.
    full = Decimal(100) if unit.kind == Unit.Kind.SHARE and largest <= 100 else largest
    return Bars(outcome, *(f"{value / full * 100:.2f}" for value in (before, after)))
