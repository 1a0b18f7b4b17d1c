"""Which records differ from what was loaded from the sources: by the digest the loader keeps of each as it wrote it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from records import hanging
from records.differences import model_of
from records.loading.files import Key, loaded_fields
from records.loading.values import digest, plain_row
from records.models import LoadedRecord, Record

LOADED, EDITED, OWN = "loaded", "edited", "own"


def states(records: Iterable[Record]) -> dict[int, str]:
    """LOADED, EDITED or OWN (made here) by primary key, for records of one model in a few queries at any number."""
    records = list(records)
    if not records:
        return {}
    model = type(records[0])
    marks = LoadedRecord.objects.filter(
        model=model._meta.label_lower, object_id__in=[row.pk for row in records]
    )
    digests = dict(marks.values_list("object_id", "digest"))
    keys = _Keys(row for row in records if row.pk in digests)
    return {row.pk: _state(row, digests, keys) for row in records}


def edited(records: Iterable[Record]) -> set[int]:
    """The primary keys of those records, all of one model, that no longer are what was read."""
    return {pk for pk, state in states(records).items() if state == EDITED}


def edited_parts(records: Iterable[Record]) -> dict[int, set[type[Record]]]:
    """By the primary keys of those records, all of one model, that have edited parts: the kinds of these.

    Only parts of which the history tells a change are looked at, in a few queries at any number of records.
    """
    records = list(records)
    touched = defaultdict(dict)
    for label, pk, of in hanging.changed_parts(records):
        touched[label][pk] = of
    found: dict[int, set[type[Record]]] = defaultdict(set)
    for label, parts in touched.items():
        model = model_of(label)
        if model and issubclass(model, Record):
            for pk in edited(model._base_manager.filter(pk__in=parts)):
                found[parts[pk]].add(model)
    return found


def _state(row: Record, digests: dict[int, str], keys: _Keys) -> str:
    if row.pk not in digests:
        return OWN
    return LOADED if digest(plain_row(row, keys.of)) == digests[row.pk] else EDITED


class _Keys:
    """The natural keys of what records refer to, as the loader wrote them: read for each kind at once."""

    def __init__(self, records: Iterable[Record]):
        wanted = defaultdict(set)
        for row in records:
            for field in loaded_fields(type(row)).values():
                if field.is_relation and (pk := field.value_from_object(row)) is not None:
                    wanted[field.related_model].add(pk)
        self._keys: dict[tuple[type[Record], int], Key] = {}
        for model, pks in wanted.items():
            self._read(model, pks)

    def _read(self, model: type[Record], pks: set[int]) -> None:
        marks = LoadedRecord.objects.filter(model=model._meta.label_lower, object_id__in=pks)
        loaded = {pk: tuple(json.loads(key)) for pk, key in marks.values_list("object_id", "key")}
        others = model._base_manager.filter(pk__in=pks - loaded.keys())
        present = {pk: tuple(key) for pk, *key in others.values_list("pk", *model.natural_lookups())}
        self._keys.update({(model, pk): key for pk, key in (loaded | present).items()})

    def of(self, model: type[Record], pk: int) -> Key:
        return self._keys[model, pk]
