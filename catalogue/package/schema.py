"""How a table is described: a Table Schema, with a type, a description and the rules of every column."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models as db

from catalogue.package import tables
from catalogue.package.described import described
from catalogue.package.tables import Column
from records.models import Record

_TYPES: tuple[tuple[type[db.Field], str], ...] = (
    (db.BooleanField, "boolean"),
    (db.IntegerField, "integer"),
    (db.DecimalField, "number"),
    (db.DateTimeField, "datetime"),
    (db.CharField, "string"),
    (db.TextField, "string"),
)


class Undescribed(TypeError):
    """A field the package cannot describe; the message names it and says what to do."""


def schema(model: type[Record]) -> dict[str, Any]:
    """The Table Schema of a model's table."""
    found = {
        "fields": [_field(model, column) for column in tables.columns(model)],
        "primaryKey": [column.name for column in tables.key_columns(model)],
        "missingValues": [""],
    }
    if references := _references(model):
        found["foreignKeys"] = references
    return found


def _field(model: type[Record], column: Column) -> dict[str, Any]:
    kind = type_of(column.leaf)
    field = {
        "name": column.name,
        "type": kind,
        "format": "uri" if isinstance(column.leaf, db.URLField) else "default",
        "title": str(column.field.verbose_name),
        "description": described(model, column),
    }
    if constraints := _constraints(column, kind):
        field["constraints"] = constraints
    return field


def type_of(field: db.Field) -> str:
    """The type of Table Schema for a field; Undescribed where none is known."""
    for kind, name in _TYPES:
        if isinstance(field, kind):
            return name
    raise Undescribed(
        f"{field}: the data package knows no type for {type(field).__name__}; add it to schema.py."
    )


def _constraints(column: Column, kind: str) -> dict[str, Any]:
    field = column.field
    rules: dict[str, Any] = {}
    if not column.may_be_empty:
        rules["required"] = True
    if column.is_reference:
        return rules
    if field.unique:
        rules["unique"] = True
    if kind == "string" and field.max_length:
        rules["maxLength"] = field.max_length
    if choices := [value for value, _label in field.flatchoices if value != ""]:
        rules["enum"] = choices
    if kind in ("integer", "number"):
        rules |= _limits(field)
    return rules


def _limits(field: db.Field) -> dict[str, Any]:
    positive = isinstance(field, db.PositiveIntegerField | db.PositiveSmallIntegerField)
    lowest = [v.limit_value for v in field.validators if isinstance(v, MinValueValidator)]
    lowest += [0] if positive else []
    highest = [v.limit_value for v in field.validators if isinstance(v, MaxValueValidator)]
    limits = {"minimum": max(lowest)} if lowest else {}
    # A database's own limit of a whole number is no rule of the data.
    known = [limit for limit in highest if limit < 2**15 - 1]
    return limits | ({"maximum": min(known)} if known else {})


def _references(model: type[Record]) -> list[dict[str, Any]]:
    found = []
    for field in tables.fields(model).values():
        if field.is_relation:
            target = field.related_model
            own = [column.name for column in tables.columns_of(model, field.name)]
            keys = [column.name for column in tables.key_columns(target)]
            resource = "" if target is model else tables.table_name(target)
            found.append({"fields": own, "reference": {"resource": resource, "fields": keys}})
    return found
