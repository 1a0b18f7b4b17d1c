"""What hangs on a part of a page, as figures on a set of a city, and what the history tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from records.models import Record
from records.operations import Change


def keys_to(model: type[models.Model]) -> list[models.ForeignKey]:
    """By which rows hang on a part, as figures on their set; what hangs on a page has that for its root."""
    if not (issubclass(model, Record) and model.is_part()):
        return []
    keys = [relation.field for relation in model._meta.related_objects]
    parts = [key for key in keys if issubclass(key.model, Record) and key.model.is_part()]
    return [key for key in parts if key.name in (key.model.page_parents or key.model.public_parents)]


def of_rows(label: str, pk: int, key: models.ForeignKey) -> models.Q:
    """Changes of the rows that hang on a part by `key`, and of those that hung on it and have gone."""
    rows = key.model._meta.label_lower
    there = key.model._base_manager.filter(**{key.attname: pk}).values("pk")
    named = models.Q(**{f"before__{key.attname}": pk}) | models.Q(**{f"after__{key.attname}": pk})
    gone = (
        Change.objects.filter(named, action=Change.Action.DELETED, model=rows).order_by().values("object_id")
    )
    return models.Q(model=rows) & (models.Q(object_id__in=there) | models.Q(object_id__in=gone))


def changed_parts(records: Sequence[Record]) -> set[tuple[str, int, int]]:
    """Kind and number of each part of some records of one kind that was changed, and the number of its record."""
    if not records:
        return set()
    model, pks = type(records[0]), [record.pk for record in records]
    # Asked so, no database takes the index by action, in which nearly all are of this one.
    others = {*Change.Action.values} - {Change.Action.CHANGED}
    changed = Change.objects.exclude(action__in=others).order_by()
    label = model._meta.label_lower
    of_page = changed.filter(root_model=label, root_id__in=pks).exclude(model=label)
    found = set(of_page.values_list("model", "object_id", "root_id"))
    for key in keys_to(model):
        rows = dict(
            key.model._base_manager.filter(**{f"{key.attname}__in": pks}).values_list("pk", key.attname)
        )
        of_rows = changed.filter(model=key.model._meta.label_lower, object_id__in=list(rows))
        found |= {(label, pk, rows[pk]) for label, pk in of_rows.values_list("model", "object_id")}
    return found
