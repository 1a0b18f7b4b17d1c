"""Rights in the language of the page: Django keeps their names in English."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The rights that every kind of record has.
RIGHTS = {
    "view": gettext_lazy("Can view"),
    "add": gettext_lazy("Can add"),
    "change": gettext_lazy("Can change"),
    "delete": gettext_lazy("Can delete"),
}


def name_of_right(right: Permission) -> str:
    """What a right is called: the kind of record, and what may be done with it."""
    kind, sort = right.content_type, right.codename.partition("_")[0]
    if right.codename == f"{sort}_{kind.model}" and sort in RIGHTS:
        return f"{kind} | {RIGHTS[sort]}"
    return f"{kind} | {_(right.name)}"


def key_of_right(right: Permission) -> str:
    """A right as programs write it, and the history keeps it: `auth.view_user`."""
    return f"{right.content_type.app_label}.{right.codename}"


def names_of_rights(keys: Sequence[str]) -> str:
    """What rights are called, by their keys; a right that there is no more is called by its key."""
    codenames = [key.partition(".")[2] for key in keys]
    found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    names = {key_of_right(right): name_of_right(right) for right in found}
    return "; ".join(names.get(key, key) for key in keys)
