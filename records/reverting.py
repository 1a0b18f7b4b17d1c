"""Takes back what the history holds: one operation, or everything done to a record since some operation.

Nothing is lost on the way: taking back is an operation itself, and can be taken back. Where a record has been changed
since, taking back is refused with what stands in the way, unless that is said to be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from records import history, workflow
from records.models import Publishable
from records.operations import Change, Operation


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
    since = (
        history.changes_of_page(label, pk).filter(operation__pk__gt=after.pk).order_by("-operation_id", "-pk")
    )
    with history.operation(Operation.Kind.RESTORE, user, reason) as done:
        _revert(list(since), anyway=True)
    return done.saved


def _revert(changes: Iterable[Change], anyway: bool) -> None:
    changes = list(changes)
    problems = []
    restored = []
    # What was deleted is there first, so that what refers to it can; what was made goes last, when nothing does.
    for change in (each for each in changes if each.action != Change.Action.CREATED):
        row, problem = _put_back(change, anyway)
        problems += [problem] if problem else []
        restored += [row] if row else []
    made = [each for each in changes if each.action == Change.Action.CREATED]
    for change in made:
        problem = _take_out(change, made, anyway)
        problems += [problem] if problem else []
    problems += [problem for row in restored for problem in _dangling(row)]
    if problems:
        raise Refused(list(dict.fromkeys(problems)))


def _model(change: Change) -> type[models.Model]:
    return apps.get_model(change.model)


def _put_back(change: Change, anyway: bool) -> tuple[models.Model | None, str]:
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
    if isinstance(row, Publishable) and (kept := _kept_from_readers(row, change)):
        return None, kept
    row = row or model()
    history.fill(row, change.before)
    try:
        with transaction.atomic():
            row.save(force_insert=is_new)
    except IntegrityError:
        return None, _("“%(name)s” cannot be put back: another record has its key or address now.") % {
            "name": change.name
        }
    return row, ""


def _kept_from_readers(row: Publishable, change: Change) -> str:
    """Why somebody may not bring a record back before readers' eyes: as with publishing it, two look at it."""
    state = Publishable.State.PUBLISHED
    if row.state == state or change.before.get("state") != state:
        return ""
    found = workflow.alone(row, history.current().operation.user)
    return _("“%(name)s” was not published: %(todo)s.") % {"name": row, "todo": found[0]} if found else ""


def _take_out(change: Change, made: Sequence[Change], anyway: bool) -> str:
    """Deletes a row that was made; gives what stands in the way."""
    model = _model(change)
    row = model._base_manager.filter(pk=change.object_id).first()
    if row is None:
        return ""
    if not anyway:
        now = history.plain(row)
        other = [name for name, value in change.after.items() if name in now and now[name] != value]
        if other:
            words = {"name": change.name, "fields": ", ".join(_labels(model, other))}
            return _("“%(name)s” has been changed since: %(fields)s.") % words
        own = {(each.model, each.object_id) for each in made}
        later = [str(part) for part in _parts(row) if (part._meta.label_lower, part.pk) not in own]
        if later:
            words = {"name": change.name, "parts": ", ".join(later[:5])}
            return _("“%(name)s” has got parts since: %(parts)s.") % words
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError) as error:
        held = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ())
        words = {"name": change.name, "others": ", ".join(map(str, list(held)[:5]))}
        return _("“%(name)s” is needed by others: %(others)s.") % words
    return ""


def _parts(row: models.Model) -> Iterable[models.Model]:
    """What would be deleted with a row."""
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE and history.is_followed(relation.related_model):
            yield from relation.related_model._base_manager.filter(**{relation.field.name: row})


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
    """Whether it holds changes of records that the catalogue still knows, and has not been undone."""
    if operation.undone_by.exists():
        return False
    for label in operation.changes.values_list("model", flat=True).distinct():
        try:
            apps.get_model(label)
        except LookupError:
            return False
    return True
