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
PREFIX = "search_feed_2"
_ANY = "search_feed"
EVERYTHING = "*"  # the feed of a change that names no row: a table was emptied at once
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
        for statement in _postgres(present) if is_postgres else _sqlite_statements(connection, present):
            cursor.execute(statement)
        entry = "INSERT INTO search_change (feed, value, at) VALUES (%s, NULL, %s)"
        cursor.execute(entry, [EVERYTHING, timezone.now()])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The feeding tables that lack a trigger, or have one that is not as it should be, for a check at start."""
    if connection.vendor == "postgresql":
        there = set(_there(connection))
        return sorted({feed.table for feed in feeds().values() if not there.issuperset(_names(feed))})
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        there = dict(cursor.fetchall())
    return sorted(
        {feed.table for feed in feeds().values() if not _sqlite(connection, feed).items() <= there.items()}
    )


def are_there(connection: BaseDatabaseWrapper) -> bool:
    """Whether each feeding table has its triggers, by their names: one query, which does not ask what they do."""
    is_postgres = connection.vendor == "postgresql"
    names = (_names(feed) if is_postgres else _sqlite_names(feed) for feed in feeds().values())
    return set(_there(connection)).issuperset(name for each in names for name in each)


def _there(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of this room in the database, of any version, each with its table."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table.strip('"') for name, table in cursor.fetchall() if name.startswith(_ANY)}


# --- SQLite

_SUFFIXES = ("replace", "replace_by_update", "insert", "delete", "update")


def _sqlite(connection: BaseDatabaseWrapper, feed: Feed) -> dict[str, str]:
    """The triggers of a feed by their names, each as the statement that makes it, which SQLite keeps as it is."""
    keys = _unique_keys(connection, feed.table)
    # REPLACE takes away whatever row is in its way, by any unique key, and sets off no trigger for it.
    same = " OR ".join("(" + " AND ".join(f'"{each}" = NEW."{each}"' for each in key) + ")" for key in keys)
    in_the_way = f'FROM "{feed.table}" WHERE ({same})'
    in_keys = ", ".join(f'"{each}"' for each in sorted({each for key in keys for each in key}))
    own, old, new = (f'{row}"{feed.column}"' for row in ("", "OLD.", "NEW."))
    wanted = {
        "replace": ("BEFORE INSERT", [f"{own} {in_the_way}"]),
        "replace_by_update": (f"BEFORE UPDATE OF {in_keys}", [f"{own} {in_the_way} AND rowid <> OLD.rowid"]),
        "insert": ("AFTER INSERT", [new]),
        "delete": ("AFTER DELETE", [old]),
        "update": ("AFTER UPDATE", [old, new]),
    }
    made = {}
    for suffix, (event, selected) in wanted.items():
        name = _sqlite_name(feed, suffix)
        body = " ".join(_entry(feed, each) for each in selected)
        made[name] = f'CREATE TRIGGER "{name}" {event} ON "{feed.table}" BEGIN {body} END'
    return made


def _sqlite_name(feed: Feed, suffix: str) -> str:
    return f"{PREFIX}_{feed.table}_{feed.column}_{suffix}"


def _sqlite_names(feed: Feed) -> list[str]:
    return [_sqlite_name(feed, suffix) for suffix in _SUFFIXES]


def _sqlite_statements(connection: BaseDatabaseWrapper, present: Sequence[Feed]) -> list[str]:
    return [statement for feed in present for statement in _sqlite(connection, feed).values()]


def _entry(feed: Feed, selected: str) -> str:
    """The statement that writes values into the log: one, or those of the rows that follow it."""
    value, _space, rows = selected.partition(" ")
    return (
        f"INSERT INTO search_change (feed, value, at) "
        f"SELECT '{feed.name}', {value}, strftime('%Y-%m-%d %H:%M:%f', 'now') {rows};"
    )


def _unique_keys(connection: BaseDatabaseWrapper, table: str) -> list[list[str]]:
    """The columns of each key by which a row can be in the way of another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s) WHERE pk > 0 ORDER BY pk", [table])
        keys = [[name for (name,) in cursor.fetchall()]]
        query = (
            "SELECT list.name, info.name FROM pragma_index_list(%s) list, pragma_index_info(list.name) info "
            'WHERE list."unique" ORDER BY list.name, info.seqno'
        )
        cursor.execute(query, [table])
        indexes: dict[str, list[str | None]] = {}
        for index, column in cursor.fetchall():
            indexes.setdefault(index, []).append(column)
    # An index over an expression has no column to compare.
    return [*keys, *(columns for columns in indexes.values() if None not in columns)]


# --- PostgreSQL


def _names(feed: Feed) -> list[str]:
    return [f"{PREFIX}_{feed.table}_{feed.column}"[:63], f"{PREFIX}_{feed.table}_emptied"[:63]]


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
        name, emptied = _names(feed)
        statements += [
            f'CREATE OR REPLACE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON "{feed.table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}('{feed.column}')",
            f'CREATE OR REPLACE TRIGGER "{emptied}" AFTER TRUNCATE ON "{feed.table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}('{feed.column}')",
        ]
    return statements
