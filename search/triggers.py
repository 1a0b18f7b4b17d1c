"""Database triggers that write every change of a feeding table into the log, in the transaction of the change.

So no route is forgotten: the admin, a bulk action, an import, `loaddata`, `queryset.update`, plain SQL, another
process.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from search.corpus import Feed, feeds

# The number goes up whenever what the triggers do changes: older ones are then found missing, and replaced.
PREFIX = "search_feed_1"
_ANY = "search_feed"
EVERYTHING = "*"  # the feed of a change that names no row: a table was emptied at once
_EVENTS = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}
_COLUMN = (
    "ALTER TABLE search_change ADD COLUMN IF NOT EXISTS xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
    "CREATE INDEX IF NOT EXISTS search_change_xid ON search_change (xid)",
)


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Sets the triggers that a migration took away or that were never there; called after each app's migrations."""
    connection = connections[using]
    if missing(connection):
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Sets the triggers anew, and writes down that anything may have changed while one was missing.

    Nothing happens before the log's own table exists.
    """
    tables = set(connection.introspection.table_names())
    if "search_change" not in tables:
        return
    present = [feed for feed in feeds().values() if feed.table in tables]
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table in _there(connection).items():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if is_postgres else ""))
        for statement in _postgres(present) if is_postgres else _sqlite(present):
            cursor.execute(statement)
        entry = "INSERT INTO search_change (feed, value, at) VALUES (%s, NULL, %s)"
        cursor.execute(entry, [EVERYTHING, timezone.now()])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The feeding tables that lack a trigger, for a check at start."""
    wanted = {name: feed.table for feed in feeds().values() for name in _names(feed, connection.vendor)}
    there = _there(connection)
    return sorted({table for name, table in wanted.items() if name not in there})


def _there(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of this room in the database, of any version, each with its table."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table.strip('"') for name, table in cursor.fetchall() if name.startswith(_ANY)}


def _names(feed: Feed, vendor: str) -> list[str]:
    stem = f"{PREFIX}_{feed.table}_{feed.column}"
    if vendor == "postgresql":
        return [stem[:63], f"{PREFIX}_{feed.table}_emptied"[:63]]
    return [f"{stem}_{event.lower()}" for event in _EVENTS]


def _sqlite(present: Sequence[Feed]) -> list[str]:
    statements = []
    for feed in present:
        for (event, rows), name in zip(_EVENTS.items(), _names(feed, "sqlite"), strict=True):
            body = " ".join(
                f"INSERT INTO search_change (feed, value, at) "
                f"VALUES ('{feed.name}', {row}.\"{feed.column}\", strftime('%Y-%m-%d %H:%M:%f', 'now'));"
                for row in rows
            )
            statements.append(f'CREATE TRIGGER "{name}" AFTER {event} ON "{feed.table}" BEGIN {body} END')
    return statements


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before bigint; after bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO search_change (feed, value, at) VALUES ('{EVERYTHING}', NULL, now());
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN before := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint; END IF;
  IF TG_OP <> 'DELETE' THEN after := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO search_change (feed, value, at) VALUES (TG_TABLE_NAME || '.' || TG_ARGV[0], before, now());
  END IF;
  IF TG_OP <> 'DELETE' AND after IS DISTINCT FROM before THEN
    INSERT INTO search_change (feed, value, at) VALUES (TG_TABLE_NAME || '.' || TG_ARGV[0], after, now());
  END IF;
  RETURN NULL;
END $$
"""


def _postgres(present: Sequence[Feed]) -> list[str]:
    statements = [*_COLUMN, _FUNCTION]
    for feed in present:
        name, emptied = _names(feed, "postgresql")
        statements += [
            f'CREATE OR REPLACE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON "{feed.table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}('{feed.column}')",
            f'CREATE OR REPLACE TRIGGER "{emptied}" AFTER TRUNCATE ON "{feed.table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}('{feed.column}')",
        ]
    return statements
