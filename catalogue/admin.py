"""What the catalogue writes down for itself: shown, exported, not edited."""

from django.contrib import admin

from listing.admin import ExportMixin
from records.admin import ReadOnlyAdmin
from records.models import FormerSlug, LoadedRecord

# Registered here, at the roof: records/ may not import the exports of listing/.


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
