"""What the history tells of records: what was done to them and their parts, and which were deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import models

from records.hanging import keys_to, of_rows
from records.operations import Change

# Pages that one question to the database names.
_AT_ONCE = 500


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
