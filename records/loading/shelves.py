"""Rows and marks of the models being loaded, each read once, and the search for the row of a natural key.

A row is found by the mark the loader left for it (so that it is known again after a curator changed its
slug), else by its present natural key, else by a slug it once had.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from records.loading.files import Key, key_fields, key_text
from records.models import FormerSlug, LoadedRecord, Record


@dataclass(frozen=True)
class Absent:
    """Stands for a record of the fixtures that is not in the database and must not be made, and says why.

    `taken`: a curator gave its very key to another record.
    """

    reason: str
    taken: bool = False


DELETED = Absent("deleted by a curator")
Found = Record | Absent | None


class Shelf:
    """The rows of one model and the marks left for them."""

    def __init__(self, model: type[Record]):
        self.model = model
        # Locked until the load is over: a curator who saves meanwhile waits, and no edit slips in between.
        self.rows: dict[int, Record] = {
            row.pk: row for row in model._base_manager.select_for_update().order_by("pk")
        }
        self.by_local_key = {self.local_key(row): row for row in self.rows.values()}
        marks = LoadedRecord.objects.filter(model=model._meta.label_lower)
        self.marks: dict[Key, LoadedRecord] = {tuple(json.loads(mark.key)): mark for mark in marks}
        self.loaded_as: dict[int, Key] = {mark.object_id: key for key, mark in self.marks.items()}
        # What became of each record of the fixtures in this load.
        self.settled: dict[Key, Record | Absent] = {}

    def local_key(self, row: Record) -> Key:
        """The natural key of a row as this database has it: references as numbers."""
        return tuple(
            self.model._meta.get_field(name).value_from_object(row) for name in self.model.natural_fields
        )

    def settle(self, key: Key, found: Record | Absent) -> None:
        """Remembers which row a record of the fixtures is, or that it has none."""
        self.settled[key] = found
        if isinstance(found, Record):
            self.rows[found.pk] = found
            self.by_local_key.setdefault(self.local_key(found), found)
            self.loaded_as[found.pk] = key

    @cached_property
    def former_slugs(self) -> dict[str, int]:
        """The record that once had a slug, where the model's natural key is its slug."""
        if self.model.natural_fields != ("slug",):
            return {}
        former = FormerSlug.objects.filter(model=self.model._meta.label_lower)
        return dict(former.values_list("slug", "object_id"))


class Shelves:
    """The shelves of all models, filled as they are asked for."""

    def __init__(self):
        self._shelves: dict[type[Record], Shelf] = {}

    def __getitem__(self, model: type[Record]) -> Shelf:
        if model not in self._shelves:
            self._shelves[model] = Shelf(model)
        return self._shelves[model]

    def key_of(self, model: type[Record], pk: int) -> Key:
        """The natural key a row was loaded under; the present one where it was not loaded."""
        shelf = self[model]
        if pk in shelf.loaded_as:
            return shelf.loaded_as[pk]
        key: list = []
        for name in model.natural_fields:
            field = model._meta.get_field(name)
            value = field.value_from_object(shelf.rows[pk])
            related = field.is_relation and value is not None
            key += self.key_of(field.related_model, value) if related else [value]
        return tuple(key)

    def refer(self, model: type[Record], key: Key) -> Found:
        """The row that a reference with this natural key means; Absent where it must not be made, None
        where unknown.
        """
        shelf = self[model]
        found = shelf.settled.get(key) or self.find(model, key)
        if found is None:
            local = self._local_key(model, key)
            return local if isinstance(local, Absent) else shelf.by_local_key.get(local)
        return found

    def find(self, model: type[Record], key: Key) -> Found:
        """The row of a record of the fixtures; DELETED where a curator deleted it, None where there never
        was one.

        Absent, too, where its place is taken: a curator gave this very key to a record loaded under another.
        """
        shelf = self[model]
        mark = shelf.marks.get(key)
        if mark and mark.object_id in shelf.rows:
            return shelf.rows[mark.object_id]
        local = self._local_key(model, key)
        if local is None or isinstance(local, Absent):
            return DELETED if mark else local
        row = shelf.by_local_key.get(local)
        if row:
            other = shelf.loaded_as.get(row.pk, key)
            return (
                row
                if other == key
                else Absent(f"a curator gave its key to the record loaded as {key_text(other)}", taken=True)
            )
        return DELETED if mark else self._under_other_key(shelf, key, local)

    def _under_other_key(self, shelf: Shelf, key: Key, local: Key) -> Found:
        """What came by `loaddata` (so without a mark) and was renamed, or deleted after it or its parent
        was.
        """
        once = shelf.former_slugs.get(key[0])
        if once in shelf.rows:
            return None if once in shelf.loaded_as else shelf.rows[once]
        if once in shelf.loaded_as and not shelf.marks[shelf.loaded_as[once]].digest:
            return DELETED
        present: list = []
        for name, value in zip(shelf.model.natural_fields, local, strict=True):
            field = shelf.model._meta.get_field(name)
            related = self[field.related_model].rows.get(value) if field.is_relation else None
            present += related.natural_key() if related else [value]
        return DELETED if tuple(present) in shelf.marks else None

    def _local_key(self, model: type[Record], key: Key) -> Key | Absent | None:
        """The natural key with references as numbers; Absent or None where the record of one is."""
        local = []
        rest = list(key)
        for name in model.natural_fields:
            field = model._meta.get_field(name)
            length = len(key_fields(field.related_model)) if field.is_relation else 1
            part, rest = tuple(rest[:length]), rest[length:]
            if not field.is_relation or part[0] is None:
                local.append(part[0])
                continue
            related = self.refer(field.related_model, part)
            if related is None:
                return None
            if isinstance(related, Absent):
                return Absent(
                    f"part of {field.related_model._meta.label_lower} {key_text(part)}, {related.reason}"
                )
            local.append(related.pk)
        return tuple(local)
