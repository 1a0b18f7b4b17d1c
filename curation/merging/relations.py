"""What hangs on a record, found in the models themselves, and which rows cannot be moved as they are."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

from records.admin.forms import plain
from records.plain import plain as plain_row

# Set by the catalogue with every change: no difference between two rows.
_BY_ITSELF = ("created_at", "updated_at")


def relations(model: type[models.Model]) -> list[models.ForeignObjectRel]:
    """Everything that refers to a model, tables of many-to-many relations and relations without a name included."""
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]


def rows_of(relation: models.ForeignObjectRel, record: models.Model) -> models.QuerySet:
    """The rows that refer to a record by a relation."""
    rows = relation.related_model._base_manager.filter(**{relation.field.name: record.pk})
    return rows.order_by("pk")


def unique_sets(relation: models.ForeignObjectRel) -> list[list[str]]:
    """The other columns of each rule that allows a value once for each record referred to."""
    key, options = relation.field, relation.related_model._meta
    sets = [c.fields for c in options.constraints if isinstance(c, models.UniqueConstraint) and c.fields]
    sets += options.unique_together
    found = [
        [options.get_field(name).attname for name in each if name != key.name]
        for each in sets
        if key.name in each
    ]
    return [*found, *([[]] if key.unique else [])]


def twins(
    relation: models.ForeignObjectRel, kept: models.Model, rows: Iterable[models.Model]
) -> dict[int, models.Model]:
    """For each of `rows` that cannot be moved to `kept` beside what is there: the row that has its place."""
    found: dict[int, models.Model] = {}
    there = list(rows_of(relation, kept))
    for columns in unique_sets(relation):
        taken = {key: row for row in there if (key := _key(row, columns)) is not None}
        for row in rows:
            key = _key(row, columns)
            if key is not None and key in taken:
                found.setdefault(row.pk, taken[key])
    return found


def _key(row: models.Model, columns: list[str]) -> tuple | None:
    key = tuple(getattr(row, column) for column in columns)
    return None if None in key else key  # what is not said collides with nothing


def comparable(row: models.Model, key: models.Field) -> list[models.Field]:
    """The fields in which two rows of the same place can differ."""
    return [
        field
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.unique or field == key or field.name in _BY_ITSELF)
    ]


def differing(one: models.Model, other: models.Model, key: models.Field) -> list[tuple[str, Any, Any]]:
    """Label and both values, as staff read them, of each field in which two rows differ."""
    first, second = plain_row(one), plain_row(other)
    names = [field for field in comparable(one, key) if first.get(field.attname) != second.get(field.attname)]
    return [(str(field.verbose_name), shown(one, field), shown(other, field)) for field in names]


def shown(row: models.Model, field: models.Field) -> str:
    """A value as staff read it; "" where there is none."""
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)
