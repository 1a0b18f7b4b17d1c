"""Two pairs of eyes: who made what a record says, and so does not publish it alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from records import past
from records.models import Publishable

_State = Publishable.State


def alone(record: Publishable, user: Any, known_authors: set[int] | None = None) -> list[str]:
    """What to do where somebody would publish their own work alone, which the operator has not allowed."""
    if settings.PUBLISH_ALONE or user is None:
        return []
    if user.pk not in (authors(record) if known_authors is None else known_authors):
        return []
    return [
        _(
            "you made or changed it yourself, and nobody publishes their own work alone: send it for review and ask "
            "somebody else who may publish (another account, in the group “reviewer” or “curator”). Where you work by "
            "yourself, start the catalogue with PUBLISH_ALONE=1"
        )
    ]


def changed_since_scheduled(record: Publishable) -> list[str]:
    """What to do where what a record says is no longer what was approved for a time to come."""
    if settings.PUBLISH_ALONE:
        return []
    for change in past.changes_of_all([record]):
        is_own = (change.model, change.object_id) == (change.root_model, change.root_id)
        if is_own and (change.after or {}).get("publish_at"):
            break
        if is_content(change.before, change.after):
            return [_("it was changed after its time was set: look at it again and schedule it anew")]
    return []


def authors(record: Publishable) -> set[int]:
    """The accounts that made a record or changed what it says since it was last published, or sent it for review."""
    return authors_of([record])[record.pk]


def authors_of(records: Sequence[Publishable]) -> dict[int, set[int]]:
    """The same of many records of one kind, by their numbers."""
    found: dict[int, set[int]] = {record.pk: set() for record in records}
    before_publication: set[int] = set()
    for change in past.changes_of_all(records):
        if change.root_id in before_publication:
            continue
        is_own = (change.model, change.object_id) == (change.root_model, change.root_id)
        after = change.after or {}
        if is_own and after.get("state") == _State.PUBLISHED:
            before_publication.add(change.root_id)
            continue
        says = is_content(change.before, change.after)
        sent = is_own and after.get("state") == _State.REVIEW
        if change.operation.user_id and (says or sent):
            found[change.root_id].add(change.operation.user_id)
    return found


def is_content(before: dict | None, after: dict | None) -> bool:
    """Whether a change is of what a record says, not only of where it stands."""
    if before is None or after is None:
        return True
    return bool(after.keys() - _STANDING)


def says_otherwise(before: dict | None, after: dict | None) -> bool:
    """The same of all values of a row before and after."""
    if before is None or after is None:
        return True
    return any(before[name] != after[name] for name in before.keys() - _STANDING)


_STANDING = frozenset(
    {"state"} | {Publishable._meta.get_field(name).attname for name in Publishable.workflow_fields}
)
