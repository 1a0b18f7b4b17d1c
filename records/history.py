"""Writes down what is done to records, and takes it back.

Whatever staff do runs within `operation(...)`. What is saved or deleted one by one meanwhile, parts and what falls with
them included, is noticed by itself (records/listening.py); what is changed in bulk goes through `update`, or is told by
`note`. Outside of an operation (loading the fixtures, a shell) nothing is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from records.models import Record
from records.operations import Change, Operation
from records.plain import Plain, names_of, plain
from records.said import ByLanguage, Text
from records.signals import operation_ends
from records.subjects import subject_of

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
        # What whoever does it is told beside that it was done.
        self.notes: list[str] = []
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
            self._rows[key] = _Row(names_of(row), self._root(row), before, before)

    def changed(self, row: models.Model, before: Plain | None = None) -> None:
        """Notes how a row is after it was saved."""
        self.about_to_change(row, before)
        noted = self._rows[type(row), row.pk]
        noted.after, noted.names, noted.root = plain(row), names_of(row), self._root(row)

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
