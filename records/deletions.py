"""Remembers what was deleted, so that loading the fixtures again does not bring it back."""

import json

from django.db.models.signals import pre_delete

from records.models import LoadedRecord, Record


def remember(sender, instance, **kwargs):
    """Leaves a mark for a record that no mark exists for: one that came by `loaddata` or by hand."""
    if not isinstance(instance, Record):
        return
    mark = {"model": instance._meta.label_lower, "object_id": instance.pk}
    if not LoadedRecord.objects.filter(**mark).exists():
        key = json.dumps(instance.natural_key(), ensure_ascii=False)
        LoadedRecord.objects.get_or_create(
            model=mark["model"], key=key, defaults={"object_id": instance.pk, "digest": ""}
        )


def connect():
    pre_delete.connect(remember, dispatch_uid="records.deletions")
