"""Themes, goals and units."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from cases.models import Goal, Theme, ThemeBroader, ThemeMatch, Unit
from records.admin import RecordStacked
from sources.admin import CatalogueAdmin


class UsedInCases(CatalogueAdmin):
    """Has a column with how many cases a term is given to, drafts and hidden ones included."""

    links = "initiative_links"

    def get_ordering(self, request):
        # Django drops a model's own order where rows are counted; a search box needs one.
        return self.opts.ordering

    def get_queryset(self, request):
        cases = Count(f"{self.links}__initiative", distinct=True)
        return super().get_queryset(request).annotate(case_count=cases)

    @admin.display(description=_("cases"), ordering="case_count")
    def cases(self, term):
        return term.case_count


class BroaderInline(RecordStacked):
    model = ThemeBroader
    fk_name = "narrower"
    autocomplete_fields = ("broader",)
    fields = ("broader", "hidden")


class MatchInline(RecordStacked):
    model = ThemeMatch
    fields = (("relation", "scheme"), "uri", "label", "reason", "hidden")


@admin.register(Theme)
class ThemeAdmin(UsedInCases):
    list_display = ("name", "name_zh", "definition", "cases")
    search_fields = ("name", "name_zh", "slug", "definition", "alt_labels", "alt_labels_zh", "hidden_labels")
    prepopulated_fields = {"slug": ("name",)}
    inlines = [BroaderInline, MatchInline]
    readonly_fields = ("narrower",)
    fieldsets = (
        (None, {"fields": [("name", "name_zh"), "slug", "definition", "definition_zh"]}),
        (
            _("Other names"),
            {"fields": [("alt_labels", "alt_labels_zh"), "hidden_labels"], "classes": ["collapse"]},
        ),
        (_("Narrower themes"), {"fields": ["narrower"]}),
    )

    @admin.display(description=_("narrower themes"))
    def narrower(self, theme):
        links = theme.narrower_links.select_related("narrower") if theme.pk else ()
        pages = [
            (reverse("admin:cases_theme_change", args=[each.narrower_id]), each.narrower) for each in links
        ]
        return format_html_join(", ", '<a href="{}">{}</a>', pages) or "–"


@admin.register(ThemeBroader)
class ThemeBroaderAdmin(CatalogueAdmin):
    list_display = ("narrower", "broader")
    search_fields = ("narrower__name", "narrower__name_zh", "broader__name", "broader__name_zh")
    fieldsets = ((None, {"fields": ["narrower", "broader"]}),)


@admin.register(ThemeMatch)
class ThemeMatchAdmin(CatalogueAdmin):
    list_display = ("theme", "relation", "label", "scheme", "uri")
    list_display_links = ("label",)
    list_filter = ("relation", "scheme")
    search_fields = ("theme__name", "theme__name_zh", "label", "scheme", "uri")
    fieldsets = ((None, {"fields": ["theme", ("relation", "scheme"), "uri", "label", "reason"]}),)


@admin.register(Goal)
class GoalAdmin(UsedInCases):
    list_display = ("number", "name", "name_zh", "cases")
    list_display_links = ("number", "name")
    search_fields = ("number", "name", "name_zh")
    fieldsets = ((None, {"fields": ["number", ("name", "name_zh")]}),)


@admin.register(Unit)
class UnitAdmin(UsedInCases):
    links = "outcomes"
    list_display = ("code", "name", "name_zh", "kind", "cases")
    list_filter = ("kind",)
    search_fields = ("code", "name", "name_zh")
    fieldsets = ((None, {"fields": ["code", ("name", "name_zh"), "kind"]}),)
