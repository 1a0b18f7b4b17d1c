"""A case at a glance: how much of what it holds, each number leading to the place on its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from cases.ledger.of_case import Group
from cases.models import Outcome


@dataclass(frozen=True)
class Held:
    """How many of something a case holds, what they are called, what more is said, and the id of their place."""

    count: int
    label: str
    place: str
    more: str = ""


def glance(groups: Sequence[Group], parts: Mapping[str, Any]) -> list[Held]:
    """What the page of a case holds, what it has none of left out.

    `groups` are its outcomes as they are shown, claims printed again not counted; `parts` the other parts by name:
    notes (with their `count`), commitment_links, partners, milestones.
    """
    outcomes = {group.status: len(group.claims) for group in groups}
    achieved = outcomes.get(Outcome.Status.ACHIEVED, 0)
    every, notes = sum(outcomes.values()), parts["notes"].count if parts["notes"] else 0
    answers, partners, dated = (len(parts[name]) for name in ("commitment_links", "partners", "milestones"))
    held = [
        Held(
            every,
            npgettext("held by a case", "outcome", "outcomes", every),
            "outcome-table",
            _("%(count)s achieved") % {"count": achieved} if achieved else "",
        ),
        Held(notes, npgettext("held by a case", "source check", "source checks", notes), "source-checks"),
        Held(
            answers,
            npgettext("held by a case", "answer to declarations", "answers to declarations", answers),
            "answers",
        ),
        Held(partners, npgettext("held by a case", "partner", "partners", partners), "partners"),
        Held(dated, npgettext("held by a case", "dated fact", "dated facts", dated), "dated-facts"),
    ]
    return [each for each in held if each.count]
