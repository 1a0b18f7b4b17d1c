"""The list of targets: its orders, and the timeline above it."""

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from cases.deadlines.columns import TARGETS
from cases.deadlines.filters import TargetFilters
from cases.deadlines.timeline import timeline
from cases.models import Target
from cases.targets import due_end
from listing.sorting import ByCodePoint, Sort, Sorting, text
from listing.views import ListView


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

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        due = next(group for group in context["groups"] if group.name == "due")
        return context | {"timeline": timeline(self.selection, due)}
