"""Marks what the loader did not write itself, so that loading again neither brings back what a curator deleted nor
takes a curator's change of a key for a record that is missing."""

import json
from collections.abc import Sequence

from django.db import models
from django.db.models.signals import post_save, pre_delete

from records import history
from records.loading.values import digest, plain_row
from records.models import LoadedRecord, Record


def remember(sender, instance, **kwargs):
    """Leaves a mark for a record that no mark exists for: one that came by `loaddata` or by hand."""
    if not isinstance(instance, Record) or history.is_foreseen(instance):
        return
    mark = {"model": instance._meta.label_lower, "object_id": instance.pk}
    if not LoadedRecord.objects.filter(**mark).exists():
        key = json.dumps(instance.natural_key(), ensure_ascii=False)
        LoadedRecord.objects.get_or_create(
            model=mark["model"], key=key, defaults={"object_id": instance.pk, "digest": ""}
        )


def remember_all(rows: Sequence[models.Model]) -> None:
    """The same for many records of one kind."""
    if not rows or not isinstance(rows[0], Record):
        return
    label = rows[0]._meta.label_lower
    marks = LoadedRecord.objects.filter(model=label, object_id__in=[row.pk for row in rows])
    marked = set(marks.values_list("object_id", flat=True))
    new = [
        LoadedRecord(
            model=label, key=json.dumps(row.natural_key(), ensure_ascii=False), object_id=row.pk, digest=""
        )
        for row in rows
        if row.pk not in marked
    ]
    LoadedRecord.objects.bulk_create(new, ignore_conflicts=True)


def mark_raw(sender, instance, raw=False, **kwargs):
    """Leaves for a record of `loaddata` the mark that the loader would have left."""
    if not raw or not isinstance(instance, Record):
        return
    values = plain_row(instance, lambda model, pk: model._base_manager.get(pk=pk).natural_key())
    LoadedRecord.objects.update_or_create(
        model=instance._meta.label_lower,
        key=json.dumps(instance.natural_key(), ensure_ascii=False),
        defaults={"object_id": instance.pk, "digest": digest(values), "hidden": False},
    )


def connect():
    post_save.connect(mark_raw, dispatch_uid="records.loaddata")
    pre_delete.connect(remember, dispatch_uid="records.deletions")
