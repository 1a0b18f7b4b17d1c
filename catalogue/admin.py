"""What the catalogue writes down for itself (shown, exported, not edited), and people and groups."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy

from catalogue.accounts import AccountHistory
from catalogue.rights import RightsMixin
from listing.admin import ExportMixin
from listing.facet_counts import CountedAllValues
from records.admin import ChangePages, OperationPages, ReadOnlyAdmin
from records.differences import kind_of
from records.models import Change, FormerSlug, LoadedRecord, Operation

# Registered here, at the roof: records/ may not import the exports of listing/.


class Kinds(CountedAllValues):
    """The kinds of record that occur, by what they are called."""

    def words(self):
        return {label: str(kind_of(label)) for label in map(str, self.lookup_choices)}


class KindMixin:
    """For what speaks of a record of any kind: says the kind as the pages call it."""

    readonly_fields = ("kind",)

    @admin.display(description=gettext_lazy("kind of record"), ordering="model")
    def kind(self, row):
        return kind_of(row.model)


@admin.register(FormerSlug)
class FormerSlugAdmin(KindMixin, ExportMixin, ReadOnlyAdmin):
    list_display = ("slug", "kind", "object_id")
    list_filter = (("model", Kinds),)
    search_fields = ("slug",)
    fields = ("slug", "kind", "object_id")


@admin.register(LoadedRecord)
class LoadedRecordAdmin(KindMixin, ExportMixin, ReadOnlyAdmin):
    list_display = ("key", "kind", "object_id", "loaded_at", "digest")
    list_filter = (("model", Kinds), "loaded_at")
    search_fields = ("key",)
    fields = ("key", "kind", "object_id", "digest", "hidden", "loaded_at")


@admin.register(Operation)
class OperationAdmin(ExportMixin, OperationPages):
    """The audit log: what was done, one act in a row."""


@admin.register(Change)
class ChangeAdmin(ExportMixin, ChangePages):
    """The audit log record by record."""


# Django registers both, without an export of their lists.
admin.site.unregister([Group, User])


@admin.register(Group)
class StaffGroupAdmin(RightsMixin, AccountHistory, ExportMixin, GroupAdmin):
    """Groups and their rights."""


@admin.register(User)
class StaffUserAdmin(RightsMixin, AccountHistory, ExportMixin, UserAdmin):
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
