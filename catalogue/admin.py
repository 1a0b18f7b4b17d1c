"""What the catalogue writes down for itself (shown, exported, not edited), and people and groups."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from catalogue.accounts import AccountHistory
from listing.admin import ExportMixin
from records.admin import ChangePages, OperationPages, ReadOnlyAdmin
from records.models import Change, FormerSlug, LoadedRecord, Operation

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


@admin.register(Operation)
class OperationAdmin(ExportMixin, OperationPages):
    """The audit log: what was done, one act in a row."""


@admin.register(Change)
class ChangeAdmin(ExportMixin, ChangePages):
    """The audit log record by record."""


# Django registers both, without an export of their lists.
admin.site.unregister([Group, User])


@admin.register(Group)
class StaffGroupAdmin(AccountHistory, ExportMixin, GroupAdmin):
    """Groups and their rights."""


@admin.register(User)
class StaffUserAdmin(AccountHistory, ExportMixin, UserAdmin):
    """People with an account. What a password is checked by never leaves the database."""

    never_exported = ("password",)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request, obj) -> bool:
        """Who is no superuser changes none: its password would open everything."""
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def get_readonly_fields(self, request, obj=None):
        # When somebody came is seen, not written.
        own = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        return own if request.user.is_superuser else (*own, "is_superuser", "user_permissions")
