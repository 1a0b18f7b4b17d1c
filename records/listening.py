"""What the history hears by itself: whatever is saved or deleted one by one while an operation goes on."""

from __future__ import annotations

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from records.history import current, is_followed, is_foreseen
from records.plain import plain


def _before_save(sender, instance, raw=False, **kwargs):
    recording = current()
    if recording is None or raw or not is_followed(sender) or not instance.pk:
        return
    stored = sender._base_manager.filter(pk=instance.pk).first()
    recording.about_to_change(stored or instance, plain(stored) if stored else None)


def _after_save(sender, instance, raw=False, **kwargs):
    recording = current()
    if recording is None or raw or not is_followed(sender):
        return
    # As the database has it: a form may have left a text where a number will stand, and not every field be saved.
    recording.changed(sender._base_manager.get(pk=instance.pk))


def _before_delete(sender, instance, **kwargs):
    recording = current()
    if recording is None or not is_followed(sender) or is_foreseen(instance):
        return
    stored = sender._base_manager.filter(pk=instance.pk).first()
    if stored is None:
        return
    recording.about_to_change(stored, plain(stored))
    for relation in sender._meta.related_objects:
        # These are set to nothing without any signal.
        if relation.on_delete is models.SET_NULL and is_followed(relation.related_model):
            for row in relation.related_model._base_manager.filter(**{relation.field.name: instance.pk}):
                recording.about_to_change(row, plain(row))
                setattr(row, relation.field.attname, None)
                recording.changed(row)


def _after_delete(sender, instance, **kwargs):
    recording = current()
    if recording is not None and is_followed(sender) and instance.pk:
        recording.deleted(sender, instance.pk)


def connect() -> None:
    """Has the signals of the database layer listened to."""
    for signal, receiver in (
        (pre_save, _before_save),
        (post_save, _after_save),
        (pre_delete, _before_delete),
        (post_delete, _after_delete),
    ):
        signal.connect(receiver, dispatch_uid=f"records.listening.{receiver.__name__}")
