"""A version of every table, which database triggers change with the table, in the transaction of the change.

Whoever keeps what was counted keeps the versions of the tables it was counted in: while they are the same, nothing has
changed, by whatever route (the admin, `queryset.update`, `loaddata`, plain SQL, another process). A version is a text
that never comes back, also where a transaction is rolled back or the database is brought back from a copy.

On PostgreSQL two transactions may change a table at once, and neither waits for the other: each writes into a row of
`records_tableversion` that nobody else holds, and the version of a table is what all its rows say together.

That table has no model: what `flush`, `dumpdata` or `loaddata` did to it would bring versions back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The number goes up whenever what the triggers do changes: older ones are then found missing, and replaced.
PREFIX = "table_version_1"
_ANY = "table_version"
_OWN = "records_tableversion"
# Written by nobody's work, or many times a minute: what is counted in them is never kept.
_WITHOUT = {_OWN, "search_change", "django_session", "django_migrations"}
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_READ = {
    "sqlite": f'SELECT name, token, (SELECT schema_version FROM pragma_schema_version) FROM "{_OWN}"',  # noqa: S608
    # What a transaction counts after changes of its own may never come true.
    "postgresql": f"""
SELECT name, string_agg(token, ' ' ORDER BY id), NULL FROM "{_OWN}"
WHERE pg_current_xact_id_if_assigned() IS NULL AND EXISTS (
  SELECT 1 FROM pg_trigger
  WHERE tgrelid = to_regclass(quote_ident(name)) AND tgname = left('{PREFIX}_' || name, 63) AND tgenabled = 'A'
)
GROUP BY name
""",  # noqa: S608
}
_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}


@cache
def known_tables() -> frozenset[str]:
    """The tables of all models, those without a version too."""
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))


def now() -> Mapping[str, str]:
    """The version of each table, by its name; one query. A table that is missing here has none to rely on."""
    with connection.cursor() as cursor:
        cursor.execute(_READ[connection.vendor])
        rows = cursor.fetchall()
    if connection.vendor == "postgresql" or not rows:
        return {name: token for name, token, _schema in rows}
    sound = _watched(str(connection.settings_dict["NAME"]), rows[0][2])
    return {name: token for name, token, _schema in rows if name in sound}


@lru_cache(maxsize=4)
def _watched(database: str, schema: int) -> frozenset[str]:
    """The tables of an SQLite database that have their triggers, while its schema is that one."""
    with connection.cursor() as cursor:
        there = _there(cursor, connection.vendor)
    return frozenset(table for table, triggers in there.items() if _sqlite(table).items() <= triggers.items())


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, plan: Sequence = (), **kwargs) -> None:
    """Sets the triggers that a migration took away or that were never there; called after each run of migrations.

    `plan` holds the migrations of that run. With any, every table gets a new version: no trigger fires when
    PostgreSQL rewrites a table for `ALTER TABLE ... TYPE ... USING`.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if _OWN not in tables:
        return
    with transaction.atomic(using=using):
        if plan:
            with connection.cursor() as cursor:
                cursor.execute(f'DELETE FROM "{_OWN}"')  # noqa: S608
        install(connection, sorted(known_tables() & tables - _WITHOUT))


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Sets what is missing of the triggers of these tables; one that lacked any, or has no version, gets a new one."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        there = _there(cursor, vendor)
        wanted = {table: _WANTED[vendor](table) for table in tables}
        lacking = {
            table: triggers
            for table, triggers in wanted.items()
            if not triggers.items() <= there.get(table, {}).items()
        }
        if lacking and vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, triggers in lacking.items():
            for name in there.get(table, ()):
                cursor.execute(_dropped(name, table, vendor))
            for statement in triggers.values():
                cursor.execute(statement)
            cursor.execute(f'DELETE FROM "{_OWN}" WHERE name = %s', [table])  # noqa: S608
        cursor.execute(f'SELECT DISTINCT name FROM "{_OWN}"')  # noqa: S608
        versioned = {name for (name,) in cursor.fetchall()}
        insert = f'INSERT INTO "{_OWN}" (name, token) VALUES (%s, {_TOKEN[vendor]})'  # noqa: S608
        cursor.executemany(insert, [[table] for table in wanted if table not in versioned])


def remove(_apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes every trigger of this module away, before a migration takes the table they write into."""
    with schema_editor.connection.cursor() as cursor:
        vendor = schema_editor.connection.vendor
        for table, triggers in _there(cursor, vendor).items():
            for name in triggers:
                cursor.execute(_dropped(name, table, vendor))


def _dropped(name: str, table: str, vendor: str) -> str:
    return f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if vendor == "postgresql" else "")


def _there(cursor, vendor: str) -> dict[str, dict[str, str]]:
    """The triggers of this module by table: name and the statement that made it, which SQLite keeps as it is.

    On PostgreSQL something else stands for the statement where the trigger does not fire always.
    """
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text, CASE tgenabled WHEN 'A' THEN '' ELSE 'not always' END "
            "FROM pg_trigger WHERE NOT tgisinternal"
        )
    else:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    found: dict[str, dict[str, str]] = {}
    for name, table, sql in cursor.fetchall():
        if name.startswith(_ANY):
            table = table.strip('"')
            found.setdefault(table, {})[name] = sql or _postgres(table).get(name, "")
    return found


# --- SQLite


def _sqlite(table: str) -> dict[str, str]:
    """The triggers of a table by their names, each as the statement that makes it."""
    # No conflict can arise in an UPDATE of this column: an INSERT OR IGNORE would have the trigger ignore it too.
    body = f"UPDATE \"{_OWN}\" SET token = {_TOKEN['sqlite']} WHERE name = '{table}';"  # noqa: S608
    names = {event: f"{PREFIX}_{table}_{event.lower()}" for event in _EVENTS}
    return {
        name: f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {body} END'
        for event, name in names.items()
    }


# --- PostgreSQL

# A row is written once in a transaction, however many statements that has. Where isolation is stricter, a row that
# somebody else has changed meanwhile cannot be changed at all: such a transaction takes a new one.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine text := pg_current_xact_id()::text || '-';
BEGIN
  PERFORM 1 FROM {_OWN} WHERE name = TG_TABLE_NAME AND starts_with(token, mine);
  IF FOUND THEN RETURN NULL; END IF;
  mine := mine || gen_random_uuid()::text;
  IF current_setting('transaction_isolation') IN ('read committed', 'read uncommitted') THEN
    UPDATE {_OWN} SET token = mine WHERE id = (
      SELECT id FROM {_OWN} WHERE name = TG_TABLE_NAME ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    );
    IF FOUND THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO {_OWN} (name, token) VALUES (TG_TABLE_NAME, mine);
  RETURN NULL;
END $$
"""  # noqa: S608


def _postgres(table: str) -> dict[str, str]:
    """The trigger of a table by its name, as the statement that makes it.

    It is one that fires always, also for what a replica writes. Whoever switches the triggers of a table off and on
    again (`pg_restore --disable-triggers`) leaves it as any other: by that it is seen that the version may be untrue.
    """
    name = f"{PREFIX}_{table}"[:63]
    events = " OR ".join((*_EVENTS, "TRUNCATE"))
    return {
        name: f'CREATE TRIGGER "{name}" AFTER {events} ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}(); "
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
    }


_WANTED = {"sqlite": _sqlite, "postgresql": _postgres}
