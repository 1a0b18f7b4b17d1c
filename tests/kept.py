"""The committed fixtures in a test's database: loaded by the first test that asks, put back row by row for the others.

What a load leaves depends on what it finds. So rows are put back only where every table holds as many rows as when they
were taken, and only into tables that were empty. The database's own triggers see each of them and write the log.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

# Written by triggers.
LOGS = {"search_change", "records_tableversion"}
Rows = dict[str, Any]  # by table: a list of rows, or on PostgreSQL one text for all
_kept: dict[tuple[int, ...], Rows] = {}


def load(really: Callable[[], None]) -> None:
    """Brings the fixtures into the database; `really` loads them, where that is needed."""
    tables = sorted(set(connection.introspection.table_names()) - LOGS)
    found = _counts(tables)
    if rows := _kept.get(found):
        put_back(rows)
        return
    before = take(tables)
    really()
    after = {table: rows for table, rows in take(tables).items() if rows != before[table]}
    if not any(before[table] for table in after):
        _kept[found] = after


def take(tables: Iterable[str]) -> Rows:
    """The rows of tables as the database keeps them."""
    return {
        table: _copy_of(table) if connection.vendor == "postgresql" else _rows_of(table) for table in tables
    }


@transaction.atomic
def put_back(rows: Rows) -> None:
    """Inserts rows that were taken; numbers given from then on are beyond theirs."""
    with connection.cursor() as cursor:
        for table, values in rows.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(values)
            else:
                places = ", ".join("?" * len(values[0]))
                # Beneath Django, which would look into every value.
                cursor.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)  # noqa: S608
        models = [model for model in apps.get_models() if model._meta.db_table in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _counts(tables: list[str]) -> tuple[int, ...]:
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()


def _rows_of(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
        # With a sign before it a column has no declared type, by which Python would convert what it reads.
        columns = ", ".join(f'+"{name}"' for (name,) in cursor.fetchall())
        cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY rowid')  # noqa: S608
        return cursor.fetchall()


def _copy_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)
