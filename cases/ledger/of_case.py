"""The outcomes of one case: by status, claims of a fact printed again under the first, and what changed as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.ledger.change import Bars, bars_for
from cases.models import Initiative, Outcome

# Shown on the page of a case; the list of outcomes has them all.
MOST = 200
EXPLAINED: dict[str, str | Promise] = {
    Outcome.Status.ACHIEVED: _("The source says that it happened or is in place."),
    Outcome.Status.EXPECTED: _("The source foresees it as an effect."),
    Outcome.Status.TARGET: _("A goal that was set."),
    Outcome.Status.CONTEXT: _("The situation the case met, or a size."),
}


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
    found = (bars_for(outcome) for outcome in outcomes[:MOST] if not outcome.first)
    return [bars for bars in found if bars is not None]
