"""The check constraints of models, asked of many records at once.

Django asks the database for each constraint of each record, which took most of the time of a preview.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import cache

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL, SQLiteNumericMixin
from django.db.models.functions import Coalesce
from django.db.models.sql import Query

from listing.bulk import batches

# So many records in one question: some thousand values.
_AT_ONCE = 200
_OF = "checked"
_PLACE = "place"


class _Column(SQLiteNumericMixin, RawSQL):
    """A column of the values that are checked; on SQLite a decimal is made a number, as it is in a table."""


def broken(records: Iterable[models.Model]) -> set[int]:
    """The `id()` of each record that breaks a check of its model, or for which that could not be found out."""
    of_model = defaultdict(list)
    for record in records:
        of_model[type(record)].append(record)
    return {
        id(record)
        for model, some in of_model.items()
        for batch in batches(some, _AT_ONCE)
        for record in _broken(model, batch)
    }


@cache
def _checks(model: type[models.Model]) -> tuple[Q, tuple[models.Field, ...]]:
    """All checks of a model in one, and the fields it speaks of."""
    together = Q()
    for each in model._meta.constraints:
        if isinstance(each, models.CheckConstraint):
            together &= each.condition
    names = sorted(together.referenced_base_fields)
    return together, tuple(model._meta.get_field(name) for name in names)


def _broken(model: type[models.Model], records: Sequence[models.Model]) -> list[models.Model]:
    together, fields = _checks(model)
    if not fields:
        return []
    sql, params = _question(together, fields, records)
    try:
        # In a transaction, what the database refuses must not end that.
        with (
            transaction.atomic() if connection.in_atomic_block else nullcontext(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, params)
            sound = {place for (place,) in cursor.fetchall()}
    except (DatabaseError, OverflowError):
        sound = set()
    return [record for place, record in enumerate(records) if place not in sound]


def _question(
    together: Q, fields: Sequence[models.Field], records: Sequence[models.Model]
) -> tuple[str, list]:
    """Which of the records, by their places, break no check. What is unknown breaks none, as in a table."""
    query = Query(None)
    for field in fields:
        query.add_annotation(_Column(f'{_OF}."{field.name}"', (), field), field.name, select=False)
    query.add_annotation(_Column(f'{_OF}."{_PLACE}"', (), models.IntegerField()), "sound")
    query.add_q(Q(Coalesce(together, True, output_field=models.BooleanField())))
    compiler = query.get_compiler(connection=connection)
    chosen, condition = compiler.as_sql()
    select, _where, rest = chosen.partition(" WHERE ")
    types = [_type(field) for field in fields]
    rows, params = [], []
    for place, record in enumerate(records):
        cells = [str(place)]
        for field, cast in zip(fields, types, strict=True):
            cell, value = compiler.compile(Value(getattr(record, field.attname), field))
            cells.append(cast % cell if cast else cell)
            params += value
        rows.append(f"({', '.join(cells)})")
    names = ", ".join(f'"{name}"' for name in (_PLACE, *(field.name for field in fields)))
    values = f"WITH {_OF} ({names}) AS (VALUES {', '.join(rows)})"
    return f"{values} {select} FROM {_OF} WHERE {rest}", [*params, *condition]


def _type(field: models.Field) -> str:
    """How a value is given its type: PostgreSQL could not tell that of a column without any value."""
    if connection.vendor != "postgresql":
        return ""
    # Without a length, to which a value would be cut.
    return f"CAST(%s AS {re.sub(r'[(].*[)]', '', field.db_type(connection))})"
