"""What an operation is said to have been done to, where nobody named it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from records import by_itself
from records.operations import Change
from records.plain import columns, names_of
from records.said import Text


def subject_of(changes: list[Change]) -> Text:
    """What a person did something to: the page it was done on, else the first of what was changed."""
    changes = by_itself.by_persons(changes)
    own = [
        change
        for change in changes
        if (change.model, change.object_id) == (change.root_model, change.root_id)
    ]
    own = _not_fallen_with_others(own) or own
    roots = {(change.root_model, change.root_id) for change in changes}
    if own or len(roots) > 1:
        return (own or changes)[0].every_name
    (label, pk), *_rest = roots
    root = apps.get_model(label)._base_manager.filter(pk=pk).first()
    return names_of(root) if root else changes[0].every_name


def _not_fallen_with_others(changes: list[Change]) -> list[Change]:
    """Without those that were deleted because something else among them was, as the notes of a case."""
    gone = {(each.model, each.object_id) for each in changes if each.action == Change.Action.DELETED}
    if len(gone) < 2:
        return changes
    return [each for each in changes if each.action != Change.Action.DELETED or not _hung_on(each, gone)]


def _hung_on(change: Change, gone: set[tuple[str, int]]) -> bool:
    return any(
        field.is_relation
        and field.remote_field.on_delete is models.CASCADE
        and (field.related_model._meta.label_lower, change.before.get(name)) in gone
        for name, field in columns(apps.get_model(change.model)).items()
    )
