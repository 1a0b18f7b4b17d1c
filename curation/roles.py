"""The roles of staff as groups: who may do what, in one table (docs/staff.md says the same; a test holds them equal).

The groups are made by a migration and brought in line with this table after every later one, so that they know kinds of
record that come with a release. Whoever wants other rights makes a group of their own: these four are the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps as installed
from django.db import models

from records.models import Publishable, Record
from records.workflow import PUBLISH, WITHDRAW

CONTRIBUTOR, CURATOR, REVIEWER, ADMINISTRATOR = ROLES = (
    "contributor",
    "curator",
    "reviewer",
    "administrator",
)
ALL, VIEW, NONE = ("view", "add", "change", "delete"), ("view",), ()

# The kinds of things staff work on.
PUBLISHED = (
    "what is published, with its parts"  # drafts first; a contributor's hands are off once readers see it
)
COMMON = "what all records share"  # sources, programmes, themes, units, organisations: seen as soon as saved
CURATION = "the work of staff"  # imports, nominations: own pages, own rights
WRITTEN = "what the catalogue writes down"  # the history, what was loaded, former addresses
ACCOUNTS = "accounts and groups"

ON_KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    PUBLISHED: {CONTRIBUTOR: ALL, CURATOR: ALL, REVIEWER: VIEW, ADMINISTRATOR: ALL},
    COMMON: {CONTRIBUTOR: VIEW, CURATOR: ALL, REVIEWER: VIEW, ADMINISTRATOR: ALL},
    CURATION: {CONTRIBUTOR: NONE, CURATOR: ALL, REVIEWER: VIEW, ADMINISTRATOR: ALL},
    WRITTEN: {CONTRIBUTOR: VIEW, CURATOR: VIEW, REVIEWER: VIEW, ADMINISTRATOR: VIEW},
    ACCOUNTS: {CONTRIBUTOR: NONE, CURATOR: NONE, REVIEWER: NONE, ADMINISTRATOR: ALL},
}
# Rights that are about no one kind of record. Parts of the room that bring one of their own add a line.
RIGHTS: dict[str, tuple[str, ...]] = {
    PUBLISH: (CURATOR, REVIEWER, ADMINISTRATOR),
    WITHDRAW: (CURATOR, ADMINISTRATOR),
    "records.restore_operation": (CURATOR, ADMINISTRATOR),
    "curation.import_records": (CURATOR, ADMINISTRATOR),
    "curation.merge_records": (CURATOR, ADMINISTRATOR),
    "curation.handle_nominations": (CURATOR, ADMINISTRATOR),
}
_WRITTEN = ("records.operation", "records.change", "records.loadedrecord", "records.formerslug")
_ACCOUNTS = ("auth.user", "auth.group")


def kind_of(model: type[models.Model]) -> str | None:
    """Which kind of things a model is; None for what staff have no page for (sessions, the log of changes)."""
    label = model._meta.label_lower
    if label in _ACCOUNTS:
        return ACCOUNTS
    if label in _WRITTEN:
        return WRITTEN
    if label in ("search.synonym", "sources.sourcetext"):
        return COMMON
    if model._meta.app_label == "curation":
        return CURATION
    if issubclass(model, Record):
        return PUBLISHED if issubclass(_root(model), Publishable) else COMMON
    return None


def _root(model: type[Record]) -> type[Record]:
    """The kind of record on whose page one of `model` is edited."""
    while model.is_part():
        model = model._meta.get_field((model.page_parents or model.public_parents)[0]).related_model
    return model


def rights_of(role: str) -> Iterator[str]:
    """Every right of a role: "cases.view_initiative"."""
    for model in installed.get_models():
        kind = kind_of(model)
        for action in ON_KINDS[kind][role] if kind else ():
            yield f"{model._meta.app_label}.{action}_{model._meta.model_name}"
    yield from (right for right, roles in RIGHTS.items() if role in roles)


def sync(apps: Any = installed, using: str = "default") -> None:
    """Makes the four groups, and gives each exactly the rights of its role that there are."""
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    there = {
        f"{app}.{codename}": pk
        for pk, app, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role in ROLES:
        group, _made = group_model.objects.using(using).get_or_create(name=role)
        wanted = {there[right] for right in rights_of(role) if right in there}
        present = set(group.permissions.using(using).values_list("pk", flat=True))
        if wanted != present:
            group.permissions.set(wanted)


def sync_after_migrate(using: str, apps: Any = installed, **kwargs) -> None:
    """After the migrations of this room, the last with records of its own: all rights are there by then."""
    try:
        apps.get_model("auth", "Group")
    except LookupError:  # on the way back to before there were any
        return
    sync(installed, using)
