"""Whether readers see what was just changed: whoever does that says why, on whatever page it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from records import by_itself, many
from records.models import Publishable, Record
from records.operations import Change

_Key = tuple[str, int]
# What decides for readers, of a record itself.
_DECISIVE = ("hidden", "state")


def show_to_readers(changes: Iterable[Change], with_new: bool = True) -> bool:
    """Whether readers see any of these changes, which have been made: they see the record now, or saw it before.

    `with_new`: also where it was made anew, with all that hangs on it, as what is brought back. A new part of what is
    there counts always.
    """
    found = by_itself.by_persons(changes)
    if not with_new:
        made = {_key(each) for each in found if each.action == Change.Action.CREATED and _is_root(each)}
        found = [each for each in found if (each.root_model, each.root_id) not in made]
    found = [each for each in found if issubclass(apps.get_model(each.model), Record)]
    return _seen_now(found) or _seen_before(found)


def _key(change: Change) -> _Key:
    return change.model, change.object_id


def _is_root(change: Change) -> bool:
    return _key(change) == (change.root_model, change.root_id)


def _seen_now(changes: Iterable[Change]) -> bool:
    by_model: dict[str, list[int]] = {}
    for each in changes:
        if each.action != Change.Action.DELETED:
            by_model.setdefault(each.model, []).append(each.object_id)
    return any(_public(label, pks) for label, pks in by_model.items())


def _public(label: str, pks: list[int]) -> bool:
    """Whether any of the records of a kind is seen by readers."""
    model: Any = apps.get_model(label)
    return any(
        model._base_manager.filter(model.public_q(), pk__in=some).exists() for some in many.batches(pks)
    )


def _seen_before(changes: list[Change]) -> bool:
    """Whether any that was deleted, or taken from readers, had been given to them, and what it hung on is or was."""
    given = {_key(each) for each in changes if _was_given(each)}
    roots = {(each.root_model, each.root_id) for each in changes if _key(each) in given}
    if roots & given:
        return True
    by_model: dict[str, list[int]] = {}
    for label, pk in roots:
        by_model.setdefault(label, []).append(pk)
    return any(_public(label, pks) for label, pks in by_model.items())


def _was_given(change: Change) -> bool:
    """Whether a record that is gone, or that one of its own values now keeps from readers, was given to them."""
    before = change.before or {}
    if change.action == Change.Action.CREATED or not set(before) & set(_DECISIVE):
        return False
    model: Any = apps.get_model(change.model)
    missing = [name for name in _DECISIVE[: 1 + issubclass(model, Publishable)] if name not in before]
    if missing:
        before = {
            **(model._base_manager.filter(pk=change.object_id).values(*missing).first() or {}),
            **before,
        }
    return not before.get("hidden") and before.get("state", Publishable.State.PUBLISHED) == "published"
