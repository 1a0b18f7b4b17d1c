"""Targets: in a list of their own, and as rows on the pages of plans and cases."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cases.admin.target_form import TargetForm
from cases.models import Target
from cities.admin.plans import PlanAdmin
from listing.strict import OfferedOnly
from records.admin.forms import plain
from sources.admin import LocatedAdmin, LocatedStacked

FIELDS = [
    "target",
    "key",
    ("due", "due_as_printed"),
    ("value", "unit", "qualifier"),
    "reason",
    ("evidence", "evidence_lines"),
]


class TargetInline(LocatedStacked):
    """Rows of what the page is about, whose city they take."""

    model = Target
    form = TargetForm
    own_fields = FIELDS
    prepopulated_fields = {"key": ("target",)}


# Plans are of a room below, which knows nothing of targets.
PlanAdmin.inlines = [*PlanAdmin.inlines, TargetInline]


@admin.register(Target)
class TargetAdmin(LocatedAdmin):
    form = TargetForm
    list_display = ("target", "city", "plan", "initiative", "due", "plain_value", "unit", "place", "source")
    list_filter = (
        ("city", OfferedOnly),
        ("unit", OfferedOnly),
        ("plan", admin.EmptyFieldListFilter),
        "source",
    )
    search_fields = ("target", "key", "printed", "city__name", "plan__title", "initiative__title")
    prepopulated_fields = {"key": ("target",)}
    fieldsets = ((None, {"fields": [("plan", "initiative"), "city", *FIELDS]}),)

    @admin.display(description=_("value"), ordering="value")
    def plain_value(self, target):
        return plain(target.value)
