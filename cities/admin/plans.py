"""Plans, with their stages, fields of action and benchmarks; rows of their targets come from the room of the cases."""

from django.contrib import admin

from cities.admin.forms import SourcedPublishableForm
from cities.models import Benchmark, FieldOfAction, Plan, Stage
from records.admin import PublishableAdmin
from sources.admin import CatalogueAdmin, LocatedAdmin, LocatedStacked


class StageInline(LocatedStacked):
    model = Stage
    own_fields = [("number", "heading", "period"), "digest", "further_lines"]


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
    inlines = [StageInline, FieldOfActionInline, BenchmarkInline]
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
