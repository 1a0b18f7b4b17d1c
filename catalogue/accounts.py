"""Who may do what, in the history: accounts and groups are no records, and who changes them is written down too.

Only what they may do is kept, and that a password was set; no name, no address, never the password. None of it is
brought back from the history: rights are given by those who may give them.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from records import differences
from records.admin import HistoryPage
from records.operations import Change, Operation
from records.rights import key_of_right, names_of_rights

Said = dict[str, Any]
# What became of a password, as it is kept and as it is read.
PASSWORD = {"set anew": _("set anew"), "switched off": _("switched off")}


def rights_of(one: User | Group) -> Said:
    """What an account or the members of a group may do."""
    if isinstance(one, Group):
        return {"name": one.name, "permissions": _permissions(one.permissions)}
    return {
        "username": one.get_username(),
        **{name: getattr(one, name) for name in ("is_active", "is_staff", "is_superuser")},
        "groups": list(one.groups.order_by("name").values_list("name", flat=True)),
        "user_permissions": _permissions(one.user_permissions),
    }


def _permissions(given: models.Manager) -> list[str]:
    ordered = given.order_by("content_type__app_label", "codename").select_related("content_type")
    return [key_of_right(right) for right in ordered]


def write_down(one: User | Group, by: User, before: Said | None, after: Said | None) -> None:
    """One operation of the history, where anything differs; None where it is not there."""
    if before == after:
        return
    action = Change.Action.CHANGED
    if before is None or after is None:
        action = Change.Action.CREATED if before is None else Change.Action.DELETED
    else:
        names = [name for name in after if before.get(name) != after[name]]
        before, after = ({name: side[name] for name in names} for side in (before, after))
    label = one._meta.label_lower
    with transaction.atomic():
        kind = Operation.Kind.ACCOUNT
        done = Operation.objects.create(kind=kind, user=by, by=by.get_username(), subject=str(one))
        done.changes.create(
            action=action,
            model=label,
            object_id=one.pk,
            name=str(one),
            root_model=label,
            root_id=one.pk,
            before=before,
            after=after,
        )


def read_in_words() -> None:
    """Has the history show what it keeps of accounts in the language of the page."""
    differences.show_as(User, "password", lambda kept: str(PASSWORD.get(kept, kept)))
    differences.show_as(User, "user_permissions", names_of_rights)
    differences.show_as(Group, "permissions", names_of_rights)


class AccountHistory(HistoryPage):
    """For the pages of users and groups."""

    def save_model(self, request, obj, form, change):
        request.rights_before = rights_of(self.model.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        write_down(obj, request.user, None, rights_of(obj))

    def log_change(self, request, obj, message):
        if hasattr(request, "rights_before"):
            write_down(obj, request.user, request.rights_before, rights_of(obj))
        else:  # from the page of the password, which saves nothing else
            now = "set anew" if obj.has_usable_password() else "switched off"
            write_down(obj, request.user, {"password": ""}, {"password": now})

    def log_deletions(self, request, queryset):
        for one in queryset:
            write_down(one, request.user, rights_of(one), None)
