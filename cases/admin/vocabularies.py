"""Themes, goals and units."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cases.models import Goal, Theme, Unit
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


@admin.register(Theme)
class ThemeAdmin(UsedInCases):
    list_display = ("name", "name_zh", "definition", "cases")
    search_fields = ("name", "name_zh", "slug", "definition")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": [("name", "name_zh"), "slug", "definition", "definition_zh"]}),)


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
