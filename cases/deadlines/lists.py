"""The list of targets: its orders, and the timeline above it."""

from collections.abc import Iterable

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from cases.deadlines.columns import TARGETS
from cases.deadlines.filters import TargetFilters
from cases.deadlines.timeline import timeline
from cases.models import Initiative, Target
from cases.targets import due_end
from listing.sorting import ByCodePoint, Sort, Sorting, text
from listing.views import ListView
from sources.models import Source
from sources.remarks import add_remarks, notes_of


class TargetList(ListView):
    """`/targets/` and its exports."""

    record_class = Target
    filterset_class = TargetFilters
    table = TARGETS
    template_name = "cases/target_list.html"
    sorting = Sorting(
        {
            "due": Sort(
                ByCodePoint(NullIf(due_end(), Value(""))),
                _("Earliest date first"),
                _("Latest date first"),
            ),
            "city": Sort(text("city__name"), _("City, A to Z"), _("City, Z to A")),
            "target": Sort(text("target"), _("Target, A to Z"), _("Target, Z to A")),
        },
        default="due",
        ties=("city__slug", Coalesce("first_line", 0), "key"),
    )

    def rows_for_page(self, rows: Iterable[Target]) -> list[Target]:
        """The targets, each with the source checks that speak of it."""
        made = list(rows)
        notes = [
            *notes_of(Initiative, {row.initiative_id for row in made if row.initiative_id}),
            *notes_of(Source, {row.source_id for row in made if row.plan_id and row.source_id}),
        ]
        add_remarks(made, notes)
        return made

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        due = next(group for group in context["groups"] if group.name == "due")
        return context | {"timeline": timeline(self.selection, due)}
