"""Takes back what the history holds: one operation, or everything done to a record since some operation.

Nothing is lost on the way: taking back is an operation itself, and can be taken back. Where a record has been changed
since, taking back is refused with what stands in the way, unless that is said to be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from records import history, workflow
from records.models import Publishable, Record
from records.operations import Change, Operation

_AT_ONCE = 200


class Refused(Exception):
    """Nothing was taken back; `problems` say why, each in a sentence for staff."""

    def __init__(self, problems: Sequence[str]):
        super().__init__("; ".join(problems))
        self.problems = list(problems)


def undo(operation: Operation, user: Any, reason: str, anyway: bool = False) -> Operation | None:
    """Takes an operation back, all of it. `anyway`: also where its records have been changed since.

    Raises Refused, with everything that stands in the way. Gives the new operation; None where nothing was left to do.
    """
    changes = list(operation.changes.order_by("-pk"))
    with history.operation(Operation.Kind.UNDO, user, reason, operation.subject, undoes=operation) as done:
        _revert(changes, anyway)
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
    name = next((each.name for each in since if (each.model, each.object_id) == (label, pk)), "")
    with history.operation(Operation.Kind.RESTORE, user, reason, name) as done:
        _revert(since, anyway=True)
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
        for name, field in history.columns(_model(change)).items()
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
    """The rights that whoever makes these changes needs: {"cases.change_initiative", ...}."""
    kinds = {(change.model, change.action) for change in changes}
    parts = [(*label.split("."), _RIGHTS[action]) for label, action in kinds]
    return {f"{app}.{right}_{name}" for app, name, right in parts}


def _revert(changes: Iterable[Change], anyway: bool) -> None:
    """Leads every row back to before the oldest of the changes, which come newest first."""
    changes = list(changes)
    rows: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        rows.setdefault((change.model, change.object_id), []).append(change)
    # What was made since goes, whatever was done to it meanwhile; all else comes back.
    made = [each[-1] for each in rows.values() if each[-1].action == Change.Action.CREATED]
    others = [each for each in rows.values() if each[-1].action != Change.Action.CREATED]
    problems = []
    restored = []
    # What was deleted is there first, so that what refers to it can; what was made goes last, when nothing does.
    for each in sorted(others, key=lambda each: each[0].action != Change.Action.DELETED):
        row, problem = _put_back(each[0], _before(each), anyway)
        problems += [problem] if problem else []
        restored += [row] if row else []
    own = {(each.model, each.object_id) for each in made}
    for label, group in groupby(made, key=lambda change: change.model):
        together = list(group)
        for start in range(0, len(together), _AT_ONCE):
            problems += _take_out_all(label, together[start : start + _AT_ONCE], own, anyway)
    problems += [problem for row in restored for problem in _dangling(row)]
    if problems:
        raise Refused(list(dict.fromkeys(problems)))


def _before(changes: Sequence[Change]) -> dict[str, Any]:
    """The values a row had before the oldest of its changes, as far as they tell."""
    values: dict[str, Any] = {}
    for change in changes:
        values |= change.before or {}
    return values


def _model(change: Change) -> type[models.Model]:
    return apps.get_model(change.model)


def _put_back(change: Change, before: dict[str, Any], anyway: bool) -> tuple[models.Model | None, str]:
    """The row as it was before a change or a deletion, saved; or what stands in the way."""
    model = _model(change)
    row = model._base_manager.filter(pk=change.object_id).first()
    is_deletion = change.action == Change.Action.DELETED
    if is_deletion and row is not None and not anyway:
        return None, _("“%(name)s” is there again already.") % {"name": change.name}
    if not is_deletion and row is None:
        return None, "" if anyway else _("“%(name)s” has been deleted since.") % {"name": change.name}
    if not (is_deletion or anyway):
        now = history.plain(row)
        other = [name for name, value in change.after.items() if now.get(name) != value]
        if other:
            words = {"name": change.name, "fields": ", ".join(_labels(model, other))}
            return None, _("“%(name)s” has been changed since: %(fields)s.") % words
    is_new = row is None
    if isinstance(row, Publishable) and (kept := _kept_from_readers(row, before)):
        return None, kept
    row = row or model()
    history.fill(row, before)
    try:
        with transaction.atomic():
            row.save(force_insert=is_new)
    except IntegrityError:
        return None, _("“%(name)s” cannot be put back: another record has its key or address now.") % {
            "name": change.name
        }
    return row, ""


def _kept_from_readers(row: Publishable, before: dict[str, Any]) -> str:
    """Why somebody may not bring a record back before readers' eyes: as with publishing it, two look at it."""
    state = Publishable.State.PUBLISHED
    if row.state == state or before.get("state") != state:
        return ""
    found = workflow.alone(row, history.current().operation.user)
    return _("“%(name)s” was not published: %(todo)s.") % {"name": row, "todo": found[0]} if found else ""


def _take_out_all(label: str, made: Sequence[Change], own: set[tuple[str, int]], anyway: bool) -> list[str]:
    """Deletes rows of one kind that were made, an import's by the hundred; gives what stands in the way.

    `own` names all rows that the operation made: they may go along.
    """
    model = apps.get_model(label)
    rows = model._base_manager.in_bulk([change.object_id for change in made])
    changes = [change for change in made if change.object_id in rows]
    if not anyway and (problems := _since(model, changes, rows, own)):
        return problems
    if issubclass(model, Record) and len(changes) > 1:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk__in=rows).delete()
            return []
        except (ProtectedError, RestrictedError):
            pass  # one by one, each says what it is held by
    return [problem for change in changes if (problem := _take_out(change, rows[change.object_id]))]


def _since(
    model: type[models.Model], changes: list[Change], rows: dict, own: set[tuple[str, int]]
) -> list[str]:
    """What was done since to rows that were made, or hung on them."""
    parts = defaultdict(list)
    for pk, part in _parts(model, rows):
        if (part._meta.label_lower, part.pk) not in own:
            parts[pk].append(str(part))
    problems = []
    for change in changes:
        now = history.plain(rows[change.object_id])
        other = [name for name, value in change.after.items() if name in now and now[name] != value]
        if other:
            words = {"name": change.name, "fields": ", ".join(_labels(model, other))}
            problems.append(_("“%(name)s” has been changed since: %(fields)s.") % words)
        elif later := parts[change.object_id]:
            words = {"name": change.name, "parts": ", ".join(later[:5])}
            problems.append(_("“%(name)s” has got parts since: %(parts)s.") % words)
    return problems


def _take_out(change: Change, row: models.Model) -> str:
    """Deletes a row that was made; gives what holds it."""
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError) as error:
        held = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ())
        words = {"name": change.name, "others": ", ".join(map(str, list(held)[:5]))}
        return _("“%(name)s” is needed by others: %(others)s.") % words
    return ""


def _parts(model: type[models.Model], rows: Iterable[int]) -> Iterable[tuple[int, models.Model]]:
    """What would be deleted with each of these rows."""
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and history.is_followed(relation.related_model):
            found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(rows)})
            yield from ((getattr(part, relation.field.attname), part) for part in found)


def _dangling(row: models.Model) -> list[str]:
    """References of a row to what is no longer there."""
    found = []
    for field in row._meta.concrete_fields:
        pk = getattr(row, field.attname) if field.is_relation else None
        if pk is not None and not field.related_model._base_manager.filter(pk=pk).exists():
            words = {"name": history.name_of(row), "field": field.verbose_name}
            found.append(
                _("“%(name)s” needs its %(field)s, which has been deleted: restore that first.") % words
            )
    return found


def _labels(model: type[models.Model], columns: Iterable[str]) -> list[str]:
    known = history.columns(model)
    return [str(known[name].verbose_name) if name in known else name for name in columns]


def can_be_undone(operation: Operation) -> bool:
    """Whether it is of a kind that is brought back, of records that the catalogue still knows, and not undone yet."""
    if operation.kind in Operation.ONLY_TOLD or operation.undone_by.exists():
        return False
    for label in operation.changes.values_list("model", flat=True).distinct():
        try:
            apps.get_model(label)
        except LookupError:
            return False
    return True
