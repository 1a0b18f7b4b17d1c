"""Plans, with their stages, targets, fields of action and benchmarks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cities.admin.forms import SourcedPublishableForm, TargetForm
from cities.models import Benchmark, FieldOfAction, Plan, Stage, Target
from records.admin import PublishableAdmin
from records.admin.forms import plain
from sources.admin import CatalogueAdmin, LocatedAdmin, LocatedStacked


class StageInline(LocatedStacked):
    model = Stage
    own_fields = [("number", "heading", "period"), "digest", "further_lines"]


class TargetInline(LocatedStacked):
    model = Target
    form = TargetForm
    own_fields = ["target", "key", ("due", "due_as_printed"), ("value", "unit", "qualifier")]
    prepopulated_fields = {"key": ("target",)}


class FieldOfActionInline(LocatedStacked):
    model = FieldOfAction
    own_fields = [("heading", "key"), "digest"]
    prepopulated_fields = {"key": ("heading",)}


class BenchmarkInline(LocatedStacked):
    model = Benchmark
    own_fields = [("name", "key"), ("city", "role"), "note"]
    prepopulated_fields = {"key": ("name",)}


@admin.register(Plan)
class PlanAdmin(PublishableAdmin, CatalogueAdmin):
    form = SourcedPublishableForm
    inlines = [StageInline, TargetInline, FieldOfActionInline, BenchmarkInline]
    list_display = ("title", "city", "source", "campaigns_announced")
    list_filter = ("source",)
    search_fields = ("title", "slug", "city__name", "city__name_local")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    "city",
                    "source",
                    "author",
                    "digest",
                    ("campaigns_announced", "campaigns_line"),
                ]
            },
        ),
    )


@admin.register(Stage)
class StageAdmin(LocatedAdmin):
    list_display = ("heading", "number", "plan", "period", "place", "source")
    search_fields = ("heading", "plan__title", "digest")
    fieldsets = ((None, {"fields": ["plan", ("number", "heading"), "period", "digest", "further_lines"]}),)


@admin.register(Target)
class TargetAdmin(LocatedAdmin):
    form = TargetForm
    list_display = ("target", "plan", "due", "plain_value", "unit", "as_printed", "place", "source")
    list_filter = ("source", "unit")
    search_fields = ("target", "plan__title", "key", "printed")
    prepopulated_fields = {"key": ("target",)}
    fieldsets = (
        (
            None,
            {"fields": ["plan", "target", "key", ("due", "due_as_printed"), ("value", "unit", "qualifier")]},
        ),
    )

    @admin.display(description=_("value"), ordering="value")
    def plain_value(self, target):
        return plain(target.value)


@admin.register(FieldOfAction)
class FieldOfActionAdmin(LocatedAdmin):
    list_display = ("heading", "plan", "place", "source")
    search_fields = ("heading", "plan__title", "digest")
    prepopulated_fields = {"key": ("heading",)}
    fieldsets = ((None, {"fields": ["plan", "heading", "key", "digest"]}),)


@admin.register(Benchmark)
class BenchmarkAdmin(LocatedAdmin):
    list_display = ("name", "plan", "city", "role", "as_printed", "place", "source")
    search_fields = ("name", "plan__title", "city__name", "role")
    prepopulated_fields = {"key": ("name",)}
    fieldsets = ((None, {"fields": ["plan", "name", "key", "city", "role", "note"]}),)
