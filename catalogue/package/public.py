"""The rows of the package: what readers may see, in one order on every database, as the texts of their cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db import models as db
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from catalogue.package import tables
from catalogue.package.tables import Column
from records.models import Record
from sources.models import Located, SourceText

_AT_ONCE = 2_000
# Texts sort by their code points, whatever the database is set to.
_PLAIN_ORDER = {"sqlite": "BINARY", "postgresql": "C"}


def included_q(model: type[Record], prefix: str = "") -> Q:
    """The condition under which a record is in the package, seen through `prefix`.

    It is public, and so is every record it cannot be without: nothing in the package refers out of it.
    """
    condition = model.public_q(prefix)
    for field in tables.fields(model).values():
        if not _is_needed(model, field):
            continue
        inner = included_q(field.related_model, f"{prefix}{field.name}__")
        condition &= (Q(**{f"{prefix}{field.name}__isnull": True}) | inner) if field.null else inner
    return condition


def _is_needed(model: type[Record], field: db.Field) -> bool:
    """Whether a record cannot be without the one a field refers to; parts of its key count."""
    return field.is_relation and (
        not field.null or field.name in model.natural_fields or field.name in model.needed_references
    )


def rows(model: type[Record]) -> Iterator[list[str]]:
    """The cells of every public record of a kind, by natural key.

    Where a reference may be empty, and the record it names is not public, it is empty; a place in such a source, too.
    """
    columns = tables.columns(model)
    seen, names = _public_references(model)
    query = _ordered(
        model._base_manager.filter(included_q(model)).annotate(**seen), columns[: _key_length(model)]
    )
    blanks = [_blank_positions(model, columns, names[name]) for name in seen]
    values = query.values_list(*(column.lookup for column in columns), *seen)
    for found in values.iterator(chunk_size=_AT_ONCE):
        cells = [_text(value) for value in found[: len(columns)]]
        for positions, is_public in zip(blanks, found[len(columns) :], strict=True):
            if not is_public:
                for position in positions:
                    cells[position] = ""
        yield cells


def _key_length(model: type[Record]) -> int:
    return len(tables.key_columns(model))


def _public_references(model: type[Record]) -> tuple[dict[str, Case], dict[str, str]]:
    """For each reference that may be empty: whether what it names is in the package; and the field of each."""
    seen, names = {}, {}
    for field in tables.fields(model).values():
        if field.is_relation and not _is_needed(model, field):
            label = f"package_{field.name}_is_public"
            inner = included_q(field.related_model, f"{field.name}__")
            seen[label] = Case(
                When(inner, then=Value(True)), default=Value(False), output_field=db.BooleanField()
            )
            names[label] = field.name
    return seen, names


def _blank_positions(model: type[Record], columns: tuple[Column, ...], name: str) -> list[int]:
    """The cells that are empty where the record a field refers to is not public."""
    blank = {name}
    if name == "source" and issubclass(model, Located):
        blank |= {"first_line", "last_line"}
    return [position for position, column in enumerate(columns) if column.field.name in blank]


def _ordered(query: QuerySet, keys: tuple[Column, ...]) -> QuerySet:
    order = []
    for column in keys:
        is_text = isinstance(column.leaf, db.CharField | db.TextField)
        way = Collate(F(column.lookup), _PLAIN_ORDER[connection.vendor]) if is_text else F(column.lookup)
        order.append(way.asc(nulls_first=True))
    return query.order_by(*order)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")  # + 0 makes -0 plain zero
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def texts() -> Iterator[tuple[str, str, str, str]]:
    """The attached texts that readers may see: slug and title of the source, its rights, and the text."""
    query = SourceText.objects.filter(included_q_of_source(), source__full_text_public=True)
    values = query.values_list("source__slug", "source__title", "source__rights", "text")
    order = Collate(F("source__slug"), _PLAIN_ORDER[connection.vendor])
    yield from values.order_by(order).iterator(chunk_size=1)


def included_q_of_source() -> Q:
    """The condition under which the source of an attached text is in the package."""
    return included_q(SourceText._meta.get_field("source").related_model, "source__")


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read meanwhile is as it was at one moment, and no writer waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # A transaction of Django's would keep writers out (see settings); a reader's sees its moment without.
        connection.ensure_connection()
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.rollback()
