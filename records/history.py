"""Writes down what is done to records, and takes it back.

Whatever staff do runs within `operation(...)`. What is saved or deleted one by one meanwhile, parts and what falls with
them included, is noticed by itself (records/listening.py); what is changed in bulk goes through `update`, or is told by
`note`. Outside of an operation (loading the fixtures, a shell) nothing is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Now

from records.hanging import keys_to, of_rows
from records.models import Record
from records.operations import Change, Operation
from records.plain import Plain, name_of, plain
from records.said import Anew, ByLanguage, Text, in_each_language
from records.signals import operation_ends
from records.subjects import subject_of

# Pages that one question to the database names.
_AT_ONCE = 500
_followed: set[type[models.Model]] = set()


def follow(model: type[models.Model]) -> None:
    """Has a model written down that is no record, as the synonyms of search/ are."""
    _followed.add(model)


def is_followed(model: type[models.Model]) -> bool:
    """Whether what is done to rows of a model is written down."""
    return issubclass(model, Record) or model in _followed


def root_of(row: models.Model) -> models.Model:
    """The record on whose page a row is edited: the case of an outcome, itself where it is no part of another."""
    while isinstance(row, Record) and row.is_part():
        parents = (getattr(row, name, None) for name in row.page_parents or row.public_parents)
        parent = next(filter(None, parents), None)
        if parent is None:
            break
        row = parent
    return row


@dataclass
class _Row:
    names: ByLanguage
    root: tuple[str, int]
    before: Plain | None
    after: Plain | None


class Recording:
    """What the operation that is going on has done so far. `saved` is the operation once it has come to its end."""

    def __init__(self, kind: str, user: Any, reason: Text, subject: Text, undoes: Operation | None):
        known = user if user is not None and getattr(user, "pk", None) else None
        by = known.get_username() if known else ""
        self.operation = Operation(kind=kind, user=known, by=by, undoes=undoes)
        self.operation.say("reason", reason)
        self.operation.say("subject", subject)
        # What is deleted by the hundred is noted before (records/many.py); no signal need look at it again.
        self.foreseen: set[tuple[type[models.Model], int]] = set()
        self._rows: dict[tuple[type[models.Model], int], _Row] = {}
        self._roots: dict[tuple[type[models.Model], int], tuple[str, int]] = {}

    @property
    def saved(self) -> Operation | None:
        """The operation; None where nothing was done."""
        return self.operation if self.operation.pk else None

    def about_to_change(self, row: models.Model, before: Plain | None) -> None:
        """Notes how a row is before it is saved or deleted, None where it is new; what came first counts."""
        key = type(row), row.pk
        if key not in self._rows:
            self._rows[key] = _Row(_names(row), self._root(row), before, before)

    def changed(self, row: models.Model, before: Plain | None = None) -> None:
        """Notes how a row is after it was saved."""
        self.about_to_change(row, before)
        noted = self._rows[type(row), row.pk]
        noted.after, noted.names, noted.root = plain(row), _names(row), self._root(row)

    def deleted(self, model: type[models.Model], pk: int) -> None:
        """Notes that a row has gone."""
        self._rows[model, pk].after = None

    @property
    def touched(self) -> Iterator[tuple[type[models.Model], Plain | None, Plain | None]]:
        """The rows that are no longer as they were: kind, all values before and after (None where there is no row)."""
        for (model, _pk), row in self._rows.items():
            if row.before != row.after:
                yield model, row.before, row.after

    def _root(self, row: models.Model) -> tuple[str, int]:
        is_part = isinstance(row, Record) and row.is_part()
        parents = (row.page_parents or row.public_parents) if is_part else ()
        ids = [(name, pk) for name in parents if (pk := getattr(row, row._meta.get_field(name).attname))]
        if not ids:
            return row._meta.label_lower, row.pk
        name, pk = ids[0]
        model = row._meta.get_field(name).related_model
        if (model, pk) not in self._roots:
            # A part may be put back before what it is part of. Whoever notes many rows has read it with them.
            is_known = row._meta.get_field(name).is_cached(row)
            parent = getattr(row, name) if is_known else model._base_manager.filter(pk=pk).first()
            self._roots[model, pk] = self._root(parent) if parent else (model._meta.label_lower, pk)
        return self._roots[model, pk]

    def write(self) -> None:
        """Writes down what was done, if anything was."""
        made = [change for (model, pk), row in self._rows.items() if (change := _change(model, pk, row))]
        if not made:
            return
        if not self.operation.subject:
            self.operation.say("subject", subject_of(made))
        self.operation.save()
        for change in made:
            change.operation = self.operation
        Change.objects.bulk_create(made, batch_size=500)


def _change(model: type[models.Model], pk: int, row: _Row) -> Change | None:
    before, after = row.before, row.after
    if before == after:
        return None
    if before is None:
        action = Change.Action.CREATED
    elif after is None:
        action = Change.Action.DELETED
    else:
        action = Change.Action.CHANGED
        names = [name for name in before if before[name] != after[name]]
        before, after = ({name: side[name] for name in names} for side in (before, after))
    change = Change(
        action=action,
        model=model._meta.label_lower,
        object_id=pk,
        root_model=row.root[0],
        root_id=row.root[1],
        before=before,
        after=after,
    )
    change.call(row.names)
    return change


def _names(row: models.Model) -> ByLanguage:
    """What a row is called in each language: part of its name may be words of the catalogue."""
    return in_each_language(Anew(lambda: name_of(row)))


_current: ContextVar[Recording | None] = ContextVar("operation", default=None)


@contextmanager
def operation(
    kind: str = Operation.Kind.EDIT,
    user: Any = None,
    reason: Text = "",
    subject: Text = "",
    undoes: Operation | None = None,
) -> Iterator[Recording]:
    """Everything done to records within is one operation, in one transaction; within another one it is part of that."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    recording = Recording(kind, user, reason, subject, undoes)
    with transaction.atomic():
        token = _current.set(recording)
        try:
            yield recording
            operation_ends.send(sender=Recording, recording=recording)
        finally:
            _current.reset(token)
        recording.write()


def current() -> Recording | None:
    """The operation that is going on."""
    return _current.get()


def is_foreseen(row: models.Model) -> bool:
    """Whether the deletion of a row has been noted before it is done."""
    recording = _current.get()
    return recording is not None and (type(row), row.pk) in recording.foreseen


def note(row: models.Model, before: Plain | None) -> None:
    """Writes down a row that was made (`before` is None) or changed in bulk, where no signal told of it."""
    if recording := _current.get():
        recording.changed(row, before)


def update(queryset: models.QuerySet, **values: Any) -> int:
    """`queryset.update`, written down. Gives how many rows there were."""
    rows = list(queryset)
    before = {row.pk: plain(row) for row in rows}
    model = queryset.model
    if issubclass(model, Record):
        values = {**values, "updated_at": Now()}
    model._base_manager.filter(pk__in=before).update(**values)
    for row in model._base_manager.filter(pk__in=before):
        note(row, before[row.pk])
    return len(rows)


def changes_of(record: models.Model) -> models.QuerySet[Change]:
    """What was done to a record and its parts, newest first."""
    return changes_of_page(record._meta.label_lower, record.pk)


def changes_of_page(label: str, pk: int) -> models.QuerySet[Change]:
    """The same where the record may have gone: `label` as in `Change.root_model`."""
    return Change.objects.filter(root_model=label, root_id=pk).select_related("operation")


def changes_of_record(label: str, pk: int) -> models.QuerySet[Change]:
    """What was done to a record itself and to its parts, newest first; also where it is a part of another page."""
    of_record = models.Q(model=label, object_id=pk) | models.Q(root_model=label, root_id=pk)
    for key in keys_to(apps.get_model(label)):
        of_record |= of_rows(label, pk, key)
    return Change.objects.filter(of_record).select_related("operation")


def deleted_of(model: type[models.Model]) -> models.QuerySet[Change]:
    """The last deletion of each record of a kind that is not there now, newest first."""
    label = model._meta.label_lower
    later = Change.objects.filter(
        model=label, object_id=models.OuterRef("object_id"), pk__gt=models.OuterRef("pk")
    )
    there = model._base_manager.filter(pk=models.OuterRef("object_id"))
    found = Change.objects.filter(model=label, action=Change.Action.DELETED).select_related("operation")
    return found.filter(~models.Exists(later), ~models.Exists(there))


def deletion_of(label: str, pk: int) -> Change | None:
    """The change in which a record was deleted last; None where it is there, or nothing is known of it."""
    last = Change.objects.filter(model=label, object_id=pk).select_related("operation").first()
    return last if last and last.action == Change.Action.DELETED else None


def _of_pages(records: Sequence[models.Model]) -> Iterator[models.QuerySet[Change]]:
    """What was done to records of one kind and their parts, some at a time."""
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        yield Change.objects.filter(
            root_model=some[0]._meta.label_lower, root_id__in=[row.pk for row in some]
        )


def changes_of_all(records: Sequence[models.Model]) -> Iterator[Change]:
    """What was done to many records of one kind and their parts: of each the newest first."""
    for changes in _of_pages(records):
        yield from changes.select_related("operation").order_by("-operation_id", "-pk").iterator()


def last_changes(records: Sequence[models.Model]) -> dict[int, int]:
    """The number of the last change of each record of a kind or of its parts; 0 where nothing is written down."""
    found = {row.pk: 0 for row in records}
    for changes in _of_pages(records):
        found |= dict(changes.order_by().values_list("root_id").annotate(models.Max("pk")))
    return found
