"""The cases and all that hangs on them, in modules of their own."""

from cases.evidence import (
    InitiativeGoal,
    InitiativeTheme,
    Milestone,
    NoveltyClaim,
    Organisation,
    Partner,
)
from cases.initiatives import Initiative, Programme, Section
from cases.outcomes import Outcome
from cases.vocabularies import Goal, Theme, Unit

__all__ = [
    "Goal",
    "Initiative",
    "InitiativeGoal",
    "InitiativeTheme",
    "Milestone",
    "NoveltyClaim",
    "Organisation",
    "Outcome",
    "Partner",
    "Programme",
    "Section",
    "Theme",
    "Unit",
]
