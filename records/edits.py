"""Which records differ from what was loaded: a curator changed them, so they no longer are what was read."""

import json
from collections.abc import Iterable

from django.db.models import Q

from records.loading.files import Key
from records.loading.values import digest, plain_row
from records.models import LoadedRecord, Record

Known = dict[tuple[type[Record], int], Record]


def edited(rows: Iterable[Record]) -> set[int]:
    """The ids of those rows, all of one model, whose values are not the ones that were last loaded.

    A row that was never loaded is not among them. One query, where the rows bring along the records they refer to.
    """
    rows = list(rows)
    known: Known = {}
    for row in rows:
        _gather(row, [field.name for field in row._meta.concrete_fields if field.is_relation], known)
    marks = _marks(known)

    def key_of(model: type[Record], pk: int) -> Key:
        return _key(known[model, pk], marks)

    return {
        row.pk
        for row in rows
        if (mark := marks.get((type(row), row.pk))) and mark.digest != digest(plain_row(row, key_of))
    }


def _gather(record: Record, references: Iterable[str], known: Known) -> None:
    """Puts a record, the records behind `references`, and what their natural keys are made of into `known`."""
    known[type(record), record.pk] = record
    for name in references:
        related = getattr(record, name)
        if isinstance(related, Record) and (type(related), related.pk) not in known:
            _gather(related, related.natural_fields, known)


def _marks(known: Known) -> dict[tuple[type[Record], int], LoadedRecord]:
    """What the loader noted of these records."""
    ids: dict[type[Record], list[int]] = {}
    for model, pk in known:
        ids.setdefault(model, []).append(pk)
    wanted = Q(pk__in=[])
    for model, pks in ids.items():
        wanted |= Q(model=model._meta.label_lower, object_id__in=pks)
    by_label = {model._meta.label_lower: model for model in ids}
    marks = LoadedRecord.objects.filter(wanted) if ids else []
    return {(by_label[mark.model], mark.object_id): mark for mark in marks}


def _key(record: Record, marks: dict[tuple[type[Record], int], LoadedRecord]) -> Key:
    """The natural key it was loaded under, as the loader compares it; the present one where it was not loaded."""
    mark = marks.get((type(record), record.pk))
    if mark:
        return tuple(json.loads(mark.key))
    key: list = []
    for name in record.natural_fields:
        value = getattr(record, name)
        key += _key(value, marks) if isinstance(value, Record) else [value]
    return tuple(key)
