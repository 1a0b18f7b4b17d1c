"""Takes back what the history holds: one operation, or everything done to a record since some operation.

Nothing is lost on the way: taking back is an operation itself, and can be taken back. Where a record has been changed
since, taking back is refused with what stands in the way, unless that is said to be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from records import by_itself, history, put_back, workflow
from records.models import Publishable
from records.operations import Change, Operation
from records.plain import columns
from records.put_back import Refused


def undo(operation: Operation, user: Any, reason: str, anyway: bool = False) -> Operation | None:
    """Takes an operation back, all of it. `anyway`: also where its records have been changed since.

    Raises Refused, with everything that stands in the way. Gives the new operation; None where nothing was left to do.
    """
    changes = list(operation.changes.order_by("-pk"))
    subject = operation.said.get("subject", operation.subject)
    with history.operation(Operation.Kind.UNDO, user, reason, subject, undoes=operation) as done:
        put_back.revert(changes, anyway)
    return done.saved


def restore(label: str, pk: int, after: Operation, user: Any, reason: str) -> Operation | None:
    """Brings a record and its parts back to how they were after an operation, whatever was done to them since.

    `label` and `pk` name the record ("cases.initiative"), which may have been deleted.
    """
    since = list(history.changes_of_page(label, pk).filter(operation__pk__gt=after.pk))
    return _bring_back(label, pk, since, user, reason)


def restore_deleted(label: str, pk: int, user: Any, reason: str) -> Operation | None:
    """Brings a deleted record back as it was when it was deleted, with everything that hung on it.

    Raises Refused where nothing of its deletion is known.
    """
    deletion = history.deletion_of(label, pk)
    if deletion is None:
        raise Refused([_("It is not known how this record was before it was deleted.")])
    since = history.changes_of_page(label, pk).filter(operation__pk__gte=deletion.operation_id)
    return _bring_back(label, pk, list(since), user, reason)


def _bring_back(label: str, pk: int, since: list[Change], user: Any, reason: str) -> Operation | None:
    for change in [each for each in since if (each.action, each.object_id) == (Change.Action.DELETED, pk)]:
        if change.model == label:
            since += _hung_on(change, {each.pk for each in since})
    since.sort(key=lambda change: (change.operation_id, change.pk), reverse=True)
    name = next((each.every_name for each in since if (each.model, each.object_id) == (label, pk)), "")
    with history.operation(Operation.Kind.RESTORE, user, reason, name) as done:
        put_back.revert(since, anyway=True)
    return done.saved


def _hung_on(deletion: Change, known: set[int]) -> list[Change]:
    """What was deleted with a record on other pages than its own, or lost its reference to it."""
    others = [change for change in deletion.operation.changes.all() if change.pk not in known]
    gone = set(
        deletion.operation.changes.filter(
            root_model=deletion.root_model, root_id=deletion.root_id, action=Change.Action.DELETED
        ).values_list("model", "object_id")
    )
    found, more = [], True
    while more:
        more = [change for change in others if _points_to(change, gone)]
        found += more
        others = [change for change in others if change not in more]
        gone |= {(each.model, each.object_id) for each in more if each.action == Change.Action.DELETED}
    return found


def _points_to(change: Change, gone: set[tuple[str, int]]) -> bool:
    if change.action == Change.Action.CREATED:
        return False
    return any(
        field.is_relation and (field.related_model._meta.label_lower, change.before.get(name)) in gone
        for name, field in columns(apps.get_model(change.model)).items()
    )


class _Undone(Exception):
    pass


def preview(act: Callable[[], Operation | None]) -> list[Change]:
    """What taking something back would change: it is done, looked at, and left undone. Raises Refused as `act` does."""
    changes: list[Change] = []
    with suppress(_Undone), transaction.atomic():
        if done := act():
            changes += done.changes.order_by("pk")
        raise _Undone
    return changes


# Which right on its kind of record each change needs.
_RIGHTS = {Change.Action.CREATED: "add", Change.Action.CHANGED: "change", Change.Action.DELETED: "delete"}


def rights_for(changes: Iterable[Change]) -> set[str]:
    """The rights that whoever makes these changes needs: {"cases.change_initiative", ...}.

    None for what the catalogue does by itself along with them.
    """
    changes = list(by_itself.by_persons(list(changes)))
    kinds = {(change.model, change.action) for change in changes}
    parts = [(*label.split("."), _RIGHTS[action]) for label, action in kinds]
    return {f"{app}.{right}_{name}" for app, name, right in parts} | _rights_to_steps(changes)


def _rights_to_steps(changes: Iterable[Change]) -> set[str]:
    """The rights to publish and to withdraw, where these changes come down to that."""
    found = set()
    for change in changes:
        if issubclass(apps.get_model(change.model), Publishable) and change.after is not None:
            before, after = (change.before or {}).get("state"), change.after.get("state")
            found |= {workflow.PUBLISH} if after == workflow.State.PUBLISHED != before else set()
            found |= {workflow.WITHDRAW} if before == workflow.State.PUBLISHED != after else set()
    return found


def can_be_undone(operation: Operation) -> bool:
    """Whether it is of a kind that is brought back, of records that the catalogue still knows, and not undone."""
    if operation.kind in Operation.ONLY_TOLD or operation.undoing:
        return False
    for label in operation.changes.values_list("model", flat=True).distinct():
        try:
            apps.get_model(label)
        except LookupError:
            return False
    return True
