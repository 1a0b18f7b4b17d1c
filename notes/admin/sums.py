"""The sums that a check looks at, as an editor reads them."""

from django.contrib import admin
from django.utils.translation import gettext as _

from cases.models import Outcome
from notes.models import Sum
from records.admin import RecordForm
from sources.admin import CatalogueAdmin


class SumForm(RecordForm):
    """Total and parts are outcomes of the case, by their keys."""

    def clean(self):
        super().clean()
        case, total = self.cleaned_data.get("case"), self.cleaned_data.get("total")
        parts = (self.cleaned_data.get("parts") or "").split()
        known = set(Outcome.objects.filter(initiative=case).values_list("key", flat=True)) if case else set()
        missing = _("“%(key)s” is no key of an outcome of this case.")
        if case and total and total not in known:
            self.add_error("total", missing % {"key": total})
        for key in parts:
            if case and key not in known:
                self.add_error("parts", missing % {"key": key})
        if parts and (total in parts or len(set(parts)) < max(2, len(parts))):
            self.add_error(
                "parts", _("A sum has two parts or more, each named once, none of them the total.")
            )
        return self.cleaned_data


@admin.register(Sum)
class SumAdmin(CatalogueAdmin):
    form = SumForm
    list_display = ("total", "case")
    search_fields = ("key", "total", "case__title")
    fieldsets = ((None, {"fields": ["case", "key", "total", "parts"]}),)
