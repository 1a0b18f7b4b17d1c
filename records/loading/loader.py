"""The rules of loading, applied record by record in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from records.loading.files import Entry, FieldsOf, FixtureError, Key, key_text, loaded_fields, read_folder
from records.loading.ordering import entries_in_order, in_order
from records.loading.report import Item, LoadReport
from records.loading.shelves import Absent, Shelves
from records.loading.values import Plain, default, differing, digest, plain, plain_row, validate
from records.models import LoadedRecord, Record

# Any number that nothing else on the same database locks on.
_LOCK = 0x6C6F6164
_BATCH = 500


def load(folder: Path, dry_run: bool = False) -> LoadReport:
    """Brings the database up to the fixtures of a folder, all or nothing, and says what became of each
    record.

    With `dry_run` the same is done and taken back. Raises FixtureError where a fixture cannot be loaded.
    """
    entries = entries_in_order(read_folder(folder))
    with transaction.atomic():
        _wait_for_other_loads()
        report = _Load(entries).run()
        if dry_run:
            transaction.set_rollback(True)
    return report


def load_into_empty(entries: Iterable[Entry], fields: FieldsOf) -> LoadReport:
    """Makes every record of the entries in a catalogue that has none, all or nothing.

    `fields` says which fields of a model the entries fill. No marks are left: the records are this catalogue's own,
    and loading the fixtures later neither overwrites nor hides them. FixtureError where a record cannot be made, or
    where there are records already.
    """
    ordered = entries_in_order(entries, fields)
    with transaction.atomic():
        _wait_for_other_loads()
        kinds = [model for model in apps.get_models() if issubclass(model, Record)]
        there = [model for model in kinds if model._base_manager.exists()]
        if there or LoadedRecord.objects.exists():
            what = ", ".join(str(model._meta.verbose_name_plural) for model in there) or "traces of records"
            raise FixtureError(f"The catalogue is not empty (it has {what}): load it into a new database.")
        report = _Load(ordered, fields).run(marks=False)
    return report


def _wait_for_other_loads() -> None:
    """SQLite needs no lock of ours: its transactions begin IMMEDIATE (see settings), so there is one writer
    at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@dataclass(frozen=True)
class _Wanted:
    """A record as the fixtures want it. `absent`: it needs another one that must not be made."""

    values: dict[str, Any]
    plain: Plain
    absent: Absent | None

    @property
    def digest(self) -> str:
        return digest(self.plain)


class _Load:
    """One run over the entries, in their order: what is referred to has been settled before."""

    def __init__(self, entries: Iterable[Entry], fields: FieldsOf = loaded_fields):
        self.entries = list(entries)
        self.fields = fields
        self.shelves = Shelves()
        self.report = LoadReport()
        self.new_marks: list[LoadedRecord] = []
        self.changed_marks: list[LoadedRecord] = []

    def run(self, marks: bool = True) -> LoadReport:
        for entry in self.entries:
            found = self.shelves.find(entry.model, entry.key)
            # Asked for even where nothing will be made of it: a reference to nowhere is an error in any case.
            wanted = self._wanted(entry)
            found = found or wanted.absent
            if isinstance(found, Absent):
                self._leave_out(entry, found)
            elif found:
                self._compare(entry, found, wanted)
            else:
                self._add(entry, wanted)
        if not marks:
            return self.report
        self._hide_what_is_gone()
        LoadedRecord.objects.bulk_create(self.new_marks, batch_size=_BATCH)
        fields = ["object_id", "digest", "hidden", "loaded_at"]
        LoadedRecord.objects.bulk_update(self.changed_marks, fields, batch_size=_BATCH)
        return self.report

    def _wanted(self, entry: Entry) -> _Wanted:
        values, named, absent = {}, {}, None
        for name, field in self.fields(entry.model).items():
            values[name] = named[name] = entry.fields.get(name, default(field))
            if field.is_relation and values[name] is None and not field.null:
                raise entry.error("it must be given", name)
            if not field.is_relation or values[name] is None:
                continue
            target = self.shelves.refer(field.related_model, values[name])
            if target is None:
                what = f"{field.related_model._meta.label_lower} {key_text(values[name])}"
                raise entry.error(
                    f"it refers to {what}, which is neither in the fixtures nor in the database", name
                )
            if isinstance(target, Absent) and field.null:
                values[name] = named[name] = None
            elif isinstance(target, Absent):
                absent = Absent(f"it needs {key_text(values[name])} ({name}), {target.reason}")
            else:
                values[name] = target
        return _Wanted(values, plain(entry.model, named), absent)

    def _leave_out(self, entry: Entry, absent: Absent) -> None:
        self.shelves[entry.model].settle(entry.key, absent)
        kind = self.report.kept if absent.taken else self.report.deleted_by_curator
        kind.append(_item(entry.model, entry.key, absent.reason))

    def _add(self, entry: Entry, wanted: _Wanted) -> None:
        row = entry.model(**wanted.values)
        validate(row, entry)
        self._save(row, entry, force_insert=True)
        self._settle(entry, row, wanted.digest)
        self.report.added.append(_item(entry.model, entry.key))

    def _compare(self, entry: Entry, row: Record, wanted: _Wanted) -> None:
        """Settles a record that has a row: as the fixtures want it, brought up to them, or kept for a
        curator's edit.
        """
        shelf = self.shelves[entry.model]
        mark = shelf.marks.get(entry.key)
        own = mark is not None and mark.object_id == row.pk
        shelf.settle(entry.key, row)
        present = plain_row(row, self.shelves.key_of)
        changes = differing(present, wanted.plain)
        back = own and mark.hidden and row.hidden
        hidden_by_hand = ["hidden"] if row.hidden and not back else []
        row.hidden = row.hidden and not back
        update = ["hidden"] if back else []
        if not changes:
            kind, loaded = self.report.kept if hidden_by_hand else self.report.unchanged, wanted.digest
        elif own and digest(present) == mark.digest and not wanted.absent:
            kind, loaded, update = self.report.changed, wanted.digest, update + changes
            self._fill(row, entry, wanted, changes)
        else:
            kind, loaded = self.report.kept, mark.digest if own else ""
            if not wanted.absent:
                validate(entry.model(**wanted.values), entry)
        if update:
            self._save(row, entry, update_fields=update)
        if back:
            self.report.shown_again.append(_item(entry.model, entry.key))
        kind.append(_item(entry.model, entry.key, ", ".join(changes + hidden_by_hand)))
        self._settle(entry, row, loaded)

    @staticmethod
    def _fill(row: Record, entry: Entry, wanted: _Wanted, names: list[str]) -> None:
        for name in names:
            setattr(row, name, wanted.values[name])
        validate(row, entry)

    @staticmethod
    def _save(row: Record, entry: Entry, **how: Any) -> None:
        try:
            row.save(**how)
        except IntegrityError as error:
            # Check constraints are left to the database, which is far quicker at them than asking beforehand.
            broken = [each for each in row._meta.constraints if each.name in str(error)]
            reason = broken[0].get_violation_error_message() if broken else str(error).split("\n")[0]
            raise entry.error(f"the database refuses it: {reason}") from error

    def _settle(self, entry: Entry, row: Record, loaded: str) -> None:
        """Leaves or renews the mark of a record; writes nothing where the mark says so already."""
        shelf = self.shelves[entry.model]
        shelf.settle(entry.key, row)
        mark = shelf.marks.get(entry.key)
        if mark is None:
            model = entry.model._meta.label_lower
            mark = LoadedRecord(model=model, key=key_text(entry.key), object_id=row.pk, digest=loaded)
            self.new_marks.append(mark)
        elif (mark.object_id, mark.digest, mark.hidden) != (row.pk, loaded, False):
            mark.object_id, mark.digest, mark.hidden, mark.loaded_at = row.pk, loaded, False, timezone.now()
            self.changed_marks.append(mark)

    def _hide_what_is_gone(self) -> None:
        """Hides rows that were loaded once and are no longer in the fixtures, parents first."""
        labels = LoadedRecord.objects.order_by().values_list("model", flat=True).distinct()
        known = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Record)}
        staying: set[tuple[type[Record], int]] = set()
        for model in in_order(known[label] for label in labels if label in known):
            shelf = self.shelves[model]
            for key, mark in shelf.marks.items():
                row = shelf.rows.get(mark.object_id)
                if row is None or key in shelf.settled:
                    continue
                reason = self._reason_to_stay(row, mark, staying)
                if reason:
                    staying.add((model, row.pk))
                    self.report.kept.append(_item(model, key, f"gone from the fixtures, {reason}"))
                elif not row.hidden:
                    self._hide(row, mark)
                    self.report.hidden.append(_item(model, key))

    def _reason_to_stay(self, row: Record, mark: LoadedRecord, staying: set[tuple[type[Record], int]]) -> str:
        """Why a record that is gone from the fixtures is not hidden, "" where nothing speaks against it."""
        if digest(plain_row(row, self.shelves.key_of)) != mark.digest:
            return "and edited by a curator"
        if mark.hidden and not row.hidden:
            return "and shown again by a curator"
        fields = [row._meta.get_field(name) for name in row.natural_fields]
        if any((field.related_model, field.value_from_object(row)) in staying for field in fields):
            return "part of a record that stays"
        return ""

    def _hide(self, row: Record, mark: LoadedRecord) -> None:
        row.hidden = True
        row.save(update_fields=["hidden"])
        mark.hidden = True
        self.changed_marks.append(mark)


def _item(model: type[Record], key: Key, detail: str = "") -> Item:
    return Item(model._meta.label_lower, key, detail)
