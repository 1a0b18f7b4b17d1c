"""What the catalogue writes down for itself: shown, exported, not edited. And the synonyms of search, which are."""

from django.contrib import admin

from listing.admin import ExportMixin
from records.admin import ReadOnlyAdmin
from records.models import FormerSlug, LoadedRecord
from search.models import Synonym

# Registered here, at the roof: records/ and search/ may not import the exports of listing/.


@admin.register(FormerSlug)
class FormerSlugAdmin(ExportMixin, ReadOnlyAdmin):
    list_display = ("slug", "model", "object_id")
    list_filter = ("model",)
    search_fields = ("slug",)


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ExportMixin, ReadOnlyAdmin):
    list_display = ("key", "model", "object_id", "loaded_at", "digest")
    list_filter = ("model", "loaded_at")
    search_fields = ("key",)


@admin.register(Synonym)
class SynonymAdmin(ExportMixin, admin.ModelAdmin):
    list_display = ("__str__", "only_typed", "reason")
    search_fields = ("words", "only_typed", "reason")
    fields = ("words", "only_typed", "reason")
