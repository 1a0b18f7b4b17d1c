"""Every change of a feeding table is written down, by whatever route it comes."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import F

from cases.models import Initiative, InitiativeTheme, Section, Theme
from cases.search import CORPUS
from cities.models import City
from curation.models import NotPrinted
from search import triggers
from search.changes import ORIGIN
from search.corpus import feeds
from search.models import Change
from tests import factories as make
from tests.everything import make_everything
from tests.web import ids

pytestmark = pytest.mark.django_db
MODELS = {model._meta.db_table: model for model in apps.get_models()}
FEEDS = sorted(feeds().values(), key=lambda feed: feed.name)
ON_POSTGRES = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL empties tables so"
)
ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite makes tables anew")


_WHERE = {"curation_notprinted.city_id": {"rule": "chinese"}}


def make_every_row() -> None:
    """Some rows of every table the log tells of."""
    make_everything(2)
    for case in Initiative.objects.all():
        NotPrinted.objects.create(case=case, rule="goals", reason="The source gives none.")
    for city in City.objects.all():
        NotPrinted.objects.create(city=city, rule="chinese", reason="The source gives none.")


class Logged:
    """What was written down while this was entered."""

    def __enter__(self):
        self._before = self._last()
        return self

    def __exit__(self, *error):
        rows = Change.objects.filter(pk__gt=self._before).exclude(feed=ORIGIN)
        self.rows = [(row.feed, row.value) for row in rows.order_by("pk")]

    @staticmethod
    def _last() -> int:
        return Change.objects.aggregate(last=models.Max("pk"))["last"] or 0

    def values(self, feed: str) -> set[int]:
        return {value for name, value in self.rows if name == feed}


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_every_feed_writes_down_what_is_made_changed_and_removed(feed):
    model = MODELS[feed.table]
    with Logged() as made:
        make_every_row()
    # A row may hang on nothing (a target of a case is of no plan): then it feeds nothing this way.
    hanging = model._base_manager.exclude(**{feed.column: None})
    expected = set(hanging.values_list(feed.column, flat=True))
    assert made.values(feed.name) - {None} == expected != set()
    row = hanging.first()
    value = getattr(row, feed.column)
    with Logged() as changed:
        model._base_manager.filter(pk=row.pk).update(**{feed.column: F(feed.column)})
    assert changed.values(feed.name) == {value}
    with Logged() as removed, connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{feed.table}" WHERE id = %s', [row.pk])  # noqa: S608 - our own table
        assert cursor.rowcount == 1
    assert removed.values(feed.name) == {value}
    model._base_manager.bulk_create([row])  # others point to it, and keys are checked at the end


def test_a_row_that_moves_is_written_down_for_both_places():
    one, other = make.make_case(), make.make_case()
    section = make.make_section(one, "x")
    with Logged() as logged:
        Section.objects.filter(pk=section.pk).update(initiative=other)
    assert logged.rows == [("cases_section.initiative_id", one.pk), ("cases_section.initiative_id", other.pk)]


def _section(case) -> Section:
    return Section(initiative=case, key="k", position=1, heading="h", kind="measures", digest="d")


def _raw(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


ROUTES = {
    "save": lambda case, section: section.save(),
    "save of one field": lambda case, section: section.save(update_fields=["digest"]),
    "delete": lambda case, section: section.delete(),
    "update": lambda case, section: Section.objects.update(digest="x"),
    "bulk update": lambda case, section: Section.objects.bulk_update([section], ["digest"]),
    "bulk delete": lambda case, section: Section.objects.all().delete(),
    "raw delete without a condition": lambda case, section: _raw("DELETE FROM cases_section"),
    "raw update": lambda case, section: _raw(
        "UPDATE cases_section SET digest = 'x' WHERE id = %s", section.pk
    ),
    "bulk create": lambda case, section: Section.objects.bulk_create([_section(case)]),
    "bulk create over what is there": lambda case, section: Section.objects.bulk_create(
        [_section(case)], update_conflicts=True, unique_fields=["initiative", "key"], update_fields=["digest"]
    ),
    "get or create": lambda case, section: Section.objects.get_or_create(
        initiative=case, key="z", defaults={"position": 9, "kind": "measures", "heading": "h", "digest": "d"}
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_is_written_down(route):
    case = make.make_case()
    section = make.make_section(case, "digest")
    with Logged() as logged:
        ROUTES[route](case, section)
    assert logged.rows
    assert set(logged.rows) == {("cases_section.initiative_id", case.pk)}


def test_loaddata_is_written_down(tmp_path):
    case, theme = make.make_case(), make.make_theme()
    fields = {"initiative": [case.slug], "theme": [theme.slug], "reason": "r"}
    path = tmp_path / "links.json"
    path.write_text(json.dumps([{"model": "cases.initiativetheme", "fields": fields}]))
    with Logged() as logged:
        call_command("loaddata", str(path), verbosity=0)
    assert logged.rows == [("cases_initiativetheme.initiative_id", case.pk)]


def test_what_falls_with_something_else_is_written_down():
    theme = make.make_theme()
    case = make.make_case(themes=(theme,))
    with Logged() as logged:
        Theme.objects.filter(pk=theme.pk).delete()
    assert set(logged.rows) == {
        ("cases_initiativetheme.initiative_id", case.pk),
        ("cases_theme.id", theme.pk),
    }


def test_what_is_turned_back_is_not_written_down():
    case = make.make_case()
    with Logged() as logged, pytest.raises(ZeroDivisionError), transaction.atomic():
        Initiative.objects.filter(pk=case.pk).update(title="x")
        raise ZeroDivisionError
    assert logged.rows == []


@ON_POSTGRES
@pytest.mark.parametrize("table", sorted({feed.table for feed in FEEDS}))
def test_a_table_emptied_at_once_is_written_down(table):
    with Logged() as logged:
        _raw(f'TRUNCATE "{table}" CASCADE')
    assert (triggers.EVERYTHING, None) in logged.rows


def test_no_trigger_is_missing_and_one_taken_away_is():
    assert triggers.missing(connection) == []
    on = ' ON "cases_section"' if connection.vendor == "postgresql" else ""
    name = next(n for n, table in triggers._there(connection).items() if table == "cases_section")
    _raw(f'DROP TRIGGER "{name}"{on}')
    assert triggers.missing(connection) == ["cases_section"]
    triggers.install(connection)
    assert triggers.missing(connection) == []
    triggers.install(connection)
    case = make.make_case()
    with Logged() as logged:
        make.make_section(case, "x")
    assert logged.rows == [("cases_section.initiative_id", case.pk)]


def test_triggers_of_an_older_kind_are_replaced(monkeypatch):
    old = triggers.PREFIX
    monkeypatch.setattr(triggers, "PREFIX", "search_feed_77")
    assert set(triggers.missing(connection)) == {feed.table for feed in FEEDS}
    monkeypatch.setattr(triggers, "_FUNCTION", triggers._FUNCTION.replace(old, "search_feed_77"))
    triggers.install(connection)
    assert all(name.startswith("search_feed_77") for name in triggers._there(connection))
    case = make.make_case()
    with Logged() as logged:
        make.make_section(case, "x")
    assert len(logged.rows) == 1


def _remake(table_of) -> None:
    """What Django does to a table on SQLite when a migration changes one of its fields."""
    old = table_of._meta.get_field("heading")
    new = models.CharField(max_length=old.max_length + 1)
    new.set_attributes_from_name("heading")
    new.model = table_of
    with connection.schema_editor() as editor:
        editor.alter_field(table_of, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(table_of, new, old)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_table_made_anew_has_its_triggers_after_the_migration():
    case = make.make_case()
    _remake(Section)
    assert triggers.missing(connection) == ["cases_section"]
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
    with Logged() as logged:
        make.make_section(case, "x")
    assert logged.rows == [("cases_section.initiative_id", case.pk)]


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_what_a_migration_changes_after_it_made_a_table_anew_is_found_by_processes_that_ran_on(client):
    case = make.make_case("Park", slug="park")
    section = make.make_section(case, "zeppelins")
    assert ids(client, "q=zeppelin") == ["park"]
    _remake(Section)
    Section.objects.filter(pk=section.pk).update(digest="balloons")
    call_command("migrate", verbosity=0)
    assert (ids(client, "q=balloon"), ids(client, "q=zeppelin")) == (["park"], [])


def _by_hand(statement: str, *values) -> None:
    """Plain SQL from a connection of its own, as somebody with the database's shell has it."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=30)) as other, other:
        other.execute("PRAGMA ignore_check_constraints = ON")  # some call functions that Django brings along
        other.execute(statement, values)


def _put(verb: str, table: str, row: dict[str, object]) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    _by_hand(f'{verb} INTO "{table}" ({columns}) VALUES ({marks})', *row.values())


def _row(table: str, **where) -> dict[str, object]:
    """A row as the database has it."""
    conditions = " AND ".join(f"{name} = %s" for name in where) or "true"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE {conditions} LIMIT 1', list(where.values()))  # noqa: S608
        return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_a_row_put_in_the_place_of_another_is_written_down_for_both(feed):
    make_every_row()
    old = _row(feed.table, **_WHERE.get(feed.name, {}))
    new = dict(old)
    if feed.column != "id":  # it moves to where another hangs
        link = next(field for field in MODELS[feed.table]._meta.fields if field.column == feed.column)
        others = link.related_model._base_manager.exclude(pk=old[feed.column])
        new[feed.column] = others.values_list("pk", flat=True)[0]
    with Logged() as logged:
        _put("REPLACE", feed.table, new)
    assert {old[feed.column], new[feed.column]} <= logged.values(feed.name)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_row_that_falls_to_another_unique_key_is_written_down(client):
    one, other = make.make_case("Park", slug="park"), make.make_case("Lane", slug="lane")
    section = make.make_section(one, "zeppelins")
    row = _row("cases_section", id=section.pk)
    del row["id"]
    with Logged() as logged:
        _put("INSERT OR REPLACE", "cases_section", row)
    assert not Section.objects.filter(pk=section.pk).exists()
    assert logged.values("cases_section.initiative_id") == {one.pk}
    Section.objects.all().delete()
    with Logged() as logged:
        _by_hand("UPDATE OR REPLACE cases_initiative SET slug = 'park' WHERE id = ?", other.pk)
    assert logged.values("cases_initiative.id") == {one.pk, other.pk}
    assert ids(client, "q=park") == []


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_what_was_replaced_by_hand_is_found_as_it_is_now(client):
    case, other = make.make_case("Park", slug="park"), make.make_case("Lane", slug="lane")
    section = make.make_section(case, "zeppelins")
    assert ids(client, "q=zeppelins") == ["park"]
    _put("REPLACE", "cases_section", _row("cases_section", id=section.pk) | {"initiative_id": other.pk})
    assert ids(client, "q=zeppelins") == ["lane"]


@ON_SQLITE
def test_an_insert_looks_for_rows_in_its_way_by_their_keys():
    """It must not read a whole table: a table of millions is filled row by row."""
    for feed in FEEDS:
        (statement,) = (
            sql for name, sql in triggers._sqlite(connection, feed).items() if name.endswith("_replace")
        )
        query = statement[statement.index("SELECT") : statement.rindex(";")]
        query = re.sub(r'NEW\."\w+"', "'1'", query)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN")], (feed.name, plan)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_triggers_follow_a_new_unique_key():
    with connection.schema_editor() as editor:
        editor.execute("CREATE UNIQUE INDEX new_key ON cases_section (initiative_id, position)")
    try:
        assert triggers.missing(connection) == ["cases_section"]
        triggers.install(connection)
        assert triggers.missing(connection) == []
    finally:
        _raw("DROP INDEX new_key")
        triggers.install(connection)


def test_links_of_cases_are_all_fed():
    """A new table that hangs on a case needs a feed, or a word why it has none."""
    fed = {feed.table for feed in CORPUS.feeds}
    # Source checks, and the sums they look at, change nothing by which a case is found.
    above = {"notes_note", "notes_sum"}
    # Nor does what staff keep beside it; what is not printed is told of for those who count what is missing.
    above |= {"curation_notprinted", "curation_nomination"}
    # Targets and lessons are lists of their own; what they say stands in the sections of the case already.
    lists = {"cases_target", "cases_transfer"}
    hanging = {rel.related_model._meta.db_table for rel in Initiative._meta.related_objects}
    assert hanging - above - lists <= fed
    assert InitiativeTheme._meta.db_table in fed


def test_whether_triggers_are_there_is_told_by_their_names():
    assert triggers.are_there(connection)
    if connection.vendor == "sqlite":
        assert {name for feed in FEEDS for name in triggers._sqlite_names(feed)} == triggers._there(
            connection
        ).keys()
    name, table = next(iter(triggers._there(connection).items()))
    _raw(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))
    assert not triggers.are_there(connection)
