"""The parts of cases in lists of their own: to search, filter and export them across all cases."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cases.admin.forms import SectionForm
from cases.admin.inlines import OUTCOME_FIELDS, SECTION_FIELDS
from cases.admin.outcome_form import OutcomeForm
from cases.models import InitiativeGoal, InitiativeTheme, Milestone, NoveltyClaim, Outcome, Section
from listing.strict import OfferedOnly
from records.admin.forms import plain
from sources.admin import LocatedAdmin, ReasonedAdmin

# By which a part is found: what is known of its case.
OF_CASE = ("initiative__title", "initiative__slug", "initiative__city__name", "initiative__city__name_local")


@admin.register(Section)
class SectionAdmin(LocatedAdmin):
    form = SectionForm
    list_display = ("heading", "initiative", "kind", "second_kind", "level", "place", "source")
    list_filter = ("kind", "second_kind", "level", "source")
    search_fields = ("heading", "digest", *OF_CASE)
    prepopulated_fields = {"key": ("heading",)}
    fieldsets = ((None, {"fields": ["initiative", *SECTION_FIELDS]}),)


@admin.register(InitiativeTheme)
class InitiativeThemeAdmin(ReasonedAdmin):
    list_display = ("theme", "initiative", "reason", "place", "source")
    list_display_links = ("theme", "initiative")
    list_filter = ("theme", "source")
    search_fields = ("theme__name", "theme__name_zh", "reason", *OF_CASE)
    fieldsets = ((None, {"fields": ["initiative", "theme", "reason"]}),)


@admin.register(InitiativeGoal)
class InitiativeGoalAdmin(ReasonedAdmin):
    list_display = ("goal", "initiative", "basis", "reason", "place", "source")
    list_display_links = ("goal", "initiative")
    list_filter = ("basis", "goal", "source")
    search_fields = ("goal__name", "goal__name_zh", "reason", *OF_CASE)
    fieldsets = ((None, {"fields": ["initiative", ("goal", "basis"), "reason"]}),)


@admin.register(NoveltyClaim)
class NoveltyClaimAdmin(LocatedAdmin):
    list_display = ("kind", "initiative", "said_by", "as_printed", "place", "source")
    list_display_links = ("kind", "initiative")
    list_filter = ("kind", "source")
    search_fields = ("said_by", "reason", "printed", *OF_CASE)
    fieldsets = ((None, {"fields": ["initiative", ("kind", "said_by"), "reason"]}),)


@admin.register(Milestone)
class MilestoneAdmin(LocatedAdmin):
    list_display = ("date", "event", "initiative", "as_printed", "place", "source")
    list_display_links = ("date", "event")
    search_fields = ("event", "date", "printed", *OF_CASE)
    prepopulated_fields = {"key": ("event",)}
    fieldsets = ((None, {"fields": ["initiative", ("date", "event"), "key"]}),)


@admin.register(Outcome)
class OutcomeAdmin(LocatedAdmin):
    form = OutcomeForm
    list_display = (
        "indicator",
        "initiative",
        "plain_value",
        "unit",
        "status",
        "as_printed",
        "place",
        "source",
    )
    list_filter = (
        "status",
        ("unit", OfferedOnly),
        "direction",
        "source",
        ("repeats", admin.EmptyFieldListFilter),
    )
    search_fields = ("indicator", "key", "scope", "printed", *OF_CASE)
    prepopulated_fields = {"key": ("indicator",)}
    fieldsets = ((None, {"fields": ["initiative", *OUTCOME_FIELDS]}),)

    @admin.display(description=_("value"), ordering="value")
    def plain_value(self, outcome):
        return plain(outcome.value)
