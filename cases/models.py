"""The cases and all that hangs on them, in modules of their own."""

from cases.evidence import CommitmentLink, InitiativeGoal, InitiativeTheme, Milestone, NoveltyClaim
from cases.initiatives import Initiative, Programme, Section
from cases.mentions import Organisation, Partner, Place, PlaceMention, Transfer
from cases.outcomes import Outcome
from cases.targets import State, Target
from cases.thesaurus import ThemeBroader, ThemeMatch
from cases.vocabularies import Goal, Theme, Unit

__all__ = [
    "CommitmentLink",
    "Goal",
    "Initiative",
    "InitiativeGoal",
    "InitiativeTheme",
    "Milestone",
    "NoveltyClaim",
    "Organisation",
    "Outcome",
    "Partner",
    "Place",
    "PlaceMention",
    "Programme",
    "Section",
    "State",
    "Target",
    "Theme",
    "ThemeBroader",
    "ThemeMatch",
    "Transfer",
    "Unit",
]
