"""The parts of a case as they stand on its page."""

from django.utils.translation import gettext_lazy as _

from cases.admin.forms import SectionForm, TransferForm
from cases.admin.outcome_form import OutcomeForm
from cases.models import (
    InitiativeGoal,
    InitiativeTheme,
    Milestone,
    NoveltyClaim,
    Outcome,
    Partner,
    PlaceMention,
    Section,
    Transfer,
)
from sources.admin import LocatedRows, LocatedStacked, ReasonedStacked

SECTION_FIELDS = [("position", "level"), ("heading", "key"), ("kind", "second_kind"), "digest"]
TRANSFER_FIELDS = [("direction", "state"), ("name", "city"), ("count", "unit"), "what", "key"]
OUTCOME_FIELDS = [
    ("indicator", "key"),
    ("status", "direction", "scope"),
    ("value", "unit", "qualifier"),
    ("value_low", "value_high", "before", "after"),
    ("value_alt", "unit_alt"),
    ("date", "date_lines"),
    ("repeats", "position"),
    "reason",
]


class SectionInline(LocatedStacked):
    model = Section
    form = SectionForm
    own_fields = SECTION_FIELDS
    prepopulated_fields = {"key": ("heading",)}


class ThemeInline(ReasonedStacked):
    model = InitiativeTheme
    verbose_name = _("theme")
    verbose_name_plural = _("themes")
    own_fields = ["theme"]


class GoalInline(ReasonedStacked):
    model = InitiativeGoal
    verbose_name = _("goal")
    verbose_name_plural = _("goals")
    own_fields = [("goal", "basis")]


class NoveltyInline(LocatedStacked):
    model = NoveltyClaim
    own_fields = [("kind", "said_by"), "reason"]


class MilestoneInline(LocatedRows):
    model = Milestone
    own_fields = [("date", "key"), "event"]
    prepopulated_fields = {"key": ("event",)}


class OutcomeInline(LocatedStacked):
    model = Outcome
    form = OutcomeForm
    own_fields = OUTCOME_FIELDS
    prepopulated_fields = {"key": ("indicator",)}


class PartnerInline(LocatedRows):
    model = Partner
    own_fields = ["organisation", "role"]


class PlaceMentionInline(LocatedRows):
    model = PlaceMention
    own_fields = ["place"]


class TransferInline(LocatedStacked):
    model = Transfer
    form = TransferForm
    own_fields = TRANSFER_FIELDS
    prepopulated_fields = {"key": ("name",)}
