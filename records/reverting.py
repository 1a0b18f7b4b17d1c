"""Takes back what the history holds: one operation, or everything done to a record since some operation.

Nothing is lost on the way: taking back is an operation itself, and can be taken back. Where a record has been changed
since, taking back is refused with what stands in the way, unless that is said to be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from records import authors, by_itself, history, many, merged, past, put_back, workflow
from records.models import Publishable, Record
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
    return _told(done)


def restore(label: str, pk: int, after: Operation, user: Any, reason: str) -> Operation | None:
    """Brings a record and its parts back to how they were after an operation, whatever was done to them since.

    `label` and `pk` name the record ("cases.initiative"), which may have been deleted. Raises Refused, as where it was
    merged into another one.
    """
    _refuse_merged(label, pk)
    since = list(past.changes_of_page(label, pk).filter(operation__pk__gt=after.pk))
    return _bring_back(label, pk, since, user, reason)


def restore_deleted(label: str, pk: int, user: Any, reason: str) -> Operation | None:
    """Brings a deleted record back as it was when it was deleted, with everything that hung on it.

    Raises Refused where nothing of its deletion is known, or where it was merged into another record.
    """
    _refuse_merged(label, pk)
    deletion = past.deletion_of(label, pk)
    if deletion is None:
        raise Refused([_("It is not known how this record was before it was deleted.")])
    since = past.changes_of_page(label, pk).filter(operation__pk__gte=deletion.operation_id)
    return _bring_back(label, pk, list(since), user, reason)


def _bring_back(label: str, pk: int, since: list[Change], user: Any, reason: str) -> Operation | None:
    for change in [each for each in since if (each.action, each.object_id) == (Change.Action.DELETED, pk)]:
        if change.model == label:
            since += _hung_on(change, {each.pk for each in since})
    since.sort(key=lambda change: (change.operation_id, change.pk), reverse=True)
    name = next((each.every_name for each in since if (each.model, each.object_id) == (label, pk)), "")
    with history.operation(Operation.Kind.RESTORE, user, reason, name) as done:
        put_back.revert(since, anyway=True)
    return _told(done)


def _told(done: history.Recording) -> Operation | None:
    if done.saved:
        done.saved.notes = done.notes
    return done.saved


def _refuse_merged(label: str, pk: int) -> None:
    """What was merged into another record comes back with the undoing of that: its names and address lead there."""
    if one := merged.merged(apps.get_model(label), [pk]).get(pk):
        raise Refused([one.told])


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

    It is the same before they are made and after. None for what the catalogue does by itself along with them.
    """
    changes = list(changes)
    by_hand = by_itself.by_persons(changes)
    kinds = {(change.model, change.action) for change in by_hand}
    parts = [(*label.split("."), _RIGHTS[action]) for label, action in kinds]
    found = {f"{app}.{right}_{name}" for app, name, right in parts} | _rights_to_steps(by_hand)
    return found | ({workflow.PUBLISH} if _touches_what_is_locked(by_hand, changes) else set())


def _rights_to_steps(changes: Iterable[Change]) -> set[str]:
    """The rights to publish, now or at a time, and to withdraw, where these changes come down to that."""
    found = set()
    for change in changes:
        if not issubclass(apps.get_model(change.model), Publishable) or change.after is None:
            continue
        before, after = (change.before or {}).get("state"), change.after.get("state")
        if before != after:
            if after == workflow.State.PUBLISHED:
                found.add(workflow.PUBLISH)
            elif {before, after} & {*workflow.GIVEN_OUT}:
                found.add(workflow.WITHDRAW)
        if "publish_at" in (change.before or {}):  # it is left out where it is as before
            found.add(workflow.PUBLISH)
    return found


# A record by kind and number.
_Key = tuple[str, int]


def _touches_what_is_locked(by_hand: Iterable[Change], changes: Iterable[Change]) -> bool:
    """Whether `by_hand` change what a record says that is closed to whoever may not publish, before or after."""
    roots = set()
    for change in by_hand:
        if authors.is_content(change.before, change.after):
            roots |= {(change.root_model, change.root_id), *_left(change)}
    own = {(change.model, change.object_id): change for change in changes}
    by_model: dict[str, list[int]] = {}
    for label, pk in roots:
        if issubclass(apps.get_model(label), Publishable):
            by_model.setdefault(label, []).append(pk)
    return any(
        workflow.locks(values)
        for label, pks in by_model.items()
        for some in many.batches(pks)
        for values in _standings(label, some, own)
    )


def _left(change: Change) -> Iterator[_Key]:
    """The page from which a part was moved: the history names the one it came to."""
    model = apps.get_model(change.model)
    if change.action != Change.Action.CHANGED or not issubclass(model, Record) or not model.is_part():
        return
    for name in model.page_parents or model.public_parents:
        field = model._meta.get_field(name)
        former = change.before.get(field.attname)
        parent = former and field.related_model._base_manager.filter(pk=former).first()
        if parent:
            root = history.root_of(parent)
            yield root._meta.label_lower, root.pk


def _standings(label: str, pks: Sequence[int], own: Mapping[_Key, Change]) -> Iterator[dict[str, Any]]:
    """What locks records, of each as it is before the changes and as it is after."""
    rows = apps.get_model(label)._base_manager.filter(pk__in=pks)
    there = {row["pk"]: row for row in rows.values("pk", *workflow.LOCKING)}
    for pk in pks:
        change = own.get((label, pk))
        if change is None and pk not in there:
            continue
        # Without a change of its own it is the same on both sides; one that was made or deleted has one side.
        sides = (change.before, change.after) if change else ({},)
        yield from ({**there.get(pk, {}), **side} for side in sides if side is not None)


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
