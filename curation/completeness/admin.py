"""Completeness on the staff pages: a column, a filter, what is missing on the page, and what is not printed."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.completeness.counting import (
    any_missing,
    flag_of,
    lacking,
    missing_count,
    missing_of,
    with_flags,
)
from curation.completeness.followed import lacks
from curation.completeness.models import NotPrinted
from curation.completeness.names import NAMES
from curation.completeness.rules import RULES, name_of, rule
from listing.admin import ExportMixin
from listing.columns import Column, Table
from listing.facet_counts import CountedAllValues, bare
from listing.strict import Refused
from records.admin import HistoryMixin

ANY, NONE = "any", "nothing"


class MissingFilter(admin.SimpleListFilter):
    """Cases that lack one thing, anything, or nothing."""

    title = gettext_lazy("what is missing")
    parameter_name = "incomplete"

    def lookups(self, request, model_admin):
        own = [(each.key, each.label) for each in RULES[model_admin.model]]
        return [(ANY, _("anything")), (NONE, _("nothing")), *own]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() in (ANY, NONE):
            condition = any_missing(queryset.model)
            return queryset.filter(condition if self.value() == ANY else ~condition)
        asked = rule(queryset.model, self.value())
        if asked is None:
            text = _("“%(value)s” is nothing that can be missing: nothing is shown. Choose from the filters.")
            raise Refused(text % {"value": self.value()[:60]})
        return queryset.filter(asked.missing)

    def get_facet_queryset(self, changelist) -> dict[str, int]:
        """The counts of all choices in one query."""
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        every, some, each = lacking(bare(rows), lacks(changelist.model, self.request))
        counts = [some, every - some, *(each[rule.key] for rule in RULES[changelist.model])]
        return {f"{place}__c": count for place, count in enumerate(counts)}


class NotPrintedForm(forms.ModelForm):
    """What is not printed is chosen among what can be missing of this kind."""

    class Meta:
        model = NotPrinted
        fields = ("rule", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 2, "cols": 60})}

    of: type | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("rule")
        if field is not None:
            choices = [("", "---------"), *((each.key, each.label) for each in RULES[self.of])]
            self.fields["rule"] = forms.ChoiceField(choices=choices, label=field.label)


class NotPrintedInline(admin.TabularInline):
    model = NotPrinted
    extra = 0
    classes = ["collapse"]
    of: type


def _inline(model) -> type:
    form = type("Form", (NotPrintedForm,), {"of": model})
    named = {"form": form, "fk_name": name_of(model), "fields": ("rule", "reason"), "of": model}
    return type(f"NotPrinted{model.__name__}Inline", (NotPrintedInline,), named)


class CompletenessMixin:
    """For the staff pages of a kind that has rules."""

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), self.not_printed_inline]

    def get_list_display(self, request):
        return [*super().get_list_display(request), "incomplete"]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), MissingFilter]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "missing"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [(None, {"fields": ["missing"]}), *fieldsets]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        changelist = (getattr(response, "context_data", None) or {}).get("cl")
        if changelist:
            shown = [record.pk for record in changelist.result_list]
            found = missing_of(self.model, shown, lacks(self.model, request))
            for record in changelist.result_list:
                record.missing_rules = found.get(record.pk, [])
        return response

    def export_table(self):
        table = super().export_table()
        column = Column("missing", _lacking, "what is missing, by the keys of its rules")
        return Table(table.name, [*table.columns, column])

    def export_rows(self, rows):
        return with_flags(super().export_rows(rows))

    @admin.display(description=gettext_lazy("missing"))
    def missing(self, record):
        """What the record lacks, each with a link to where it is filled in."""
        found = missing_of(self.model, [record.pk])[record.pk] if record.pk else []
        if not found:
            return _("Nothing: all that a record of this kind should have is there, or is not printed.")
        items = format_html_join(
            ", ", '<a href="#{}">{}</a>{}', ((r.place, r.label, "*" if r.required else "") for r in found)
        )
        help_text = _(
            "* readers need it: whoever publishes without it is asked first. What the source does not print: say so at "
            "the foot of the page."
        )
        return format_html(
            '<strong class="missing">{}</strong> <span class="help">{}</span>', items, help_text
        )


def _lacking(record) -> str:
    return "; ".join(each.key for each in RULES[type(record)] if getattr(record, flag_of(each)))


def mixin(model) -> type:
    """The mixin for one model: its column is ordered by how many rules it lacks."""

    @admin.display(description=gettext_lazy("missing"), ordering=missing_count(model))
    def incomplete(self, record):
        found = getattr(record, "missing_rules", [])
        return ", ".join(str(each.label) for each in found) or "–"

    return type(
        f"{model.__name__}Completeness",
        (CompletenessMixin,),
        {"incomplete": incomplete, "not_printed_inline": _inline(model)},
    )


class Rules(CountedAllValues):
    """What is not printed, as the pages call it."""

    def words(self):
        return {key: str(name) for key, name in NAMES.items()}


@admin.register(NotPrinted)
class NotPrintedAdmin(HistoryMixin, ExportMixin, admin.ModelAdmin):
    """All that is said not to be printed, to search and export; it is entered on the page of the case or city."""

    list_display = ("__str__", "case", "city", "what", "reason")
    list_filter = (("rule", Rules),)
    list_select_related = ("case", "city")
    search_fields = ("case__title", "city__name", "reason")
    fields = ("case", "city", "what", "reason")
    readonly_fields = ("case", "city", "what")

    @admin.display(description=gettext_lazy("what is not printed"), ordering="rule")
    def what(self, mark):
        return mark.what

    def has_add_permission(self, request):
        return False
