"""A table has another version after every change of it, by whatever route, and never one it had before."""

import json
import threading

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, connections, transaction

from cities.models import City
from records import versions
from tests.factories import make_case, make_city

ON_POSTGRES = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="is only on PostgreSQL")
ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="is only on SQLite")
TABLE = City._meta.db_table
pytestmark = pytest.mark.django_db(transaction=True)


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def load_data(city: City, folder) -> None:
    path = folder / "cities.json"
    path.write_text(json.dumps([{"model": "cities.city", "pk": city.pk, "fields": fields_of(city)}]))
    call_command("loaddata", str(path), verbosity=0)


def fields_of(city: City) -> dict:
    return {"slug": "elsewhere", "name": "Elsewhere", "country": city.country.code}


ROUTES = {
    "save": lambda city, folder: city.save(),
    "made": lambda city, folder: make_city("Another"),
    "deleted": lambda city, folder: city.delete(),
    "queryset.update": lambda city, folder: City.objects.update(hidden=True),
    "queryset.delete": lambda city, folder: City.objects.all().delete(),
    "bulk_create": lambda city, folder: City.objects.bulk_create(
        [City(slug="bulk", name="Bulk", country="EE")], ignore_conflicts=True
    ),
    "bulk_update": lambda city, folder: City.objects.bulk_update([city], ["name"]),
    "loaddata": load_data,
    "SQL": lambda city, folder: sql(f'UPDATE "{TABLE}" SET name = %s', "By SQL"),  # noqa: S608
    "SQL that deletes": lambda city, folder: sql(f'DELETE FROM "{TABLE}"'),  # noqa: S608
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_change_by_any_route_gives_the_table_another_version_and_no_other(route, tmp_path):
    city = make_city("Bijie")
    before = versions.now()
    ROUTES[route](city, tmp_path)
    after = versions.now()
    assert after[TABLE] != before[TABLE]
    untouched = {"cases_initiative", "cases_theme", "auth_user", "records_operation"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


@ON_SQLITE
@pytest.mark.parametrize("how", ["REPLACE", "INSERT OR IGNORE", "INSERT OR REPLACE"])
def test_what_sqlite_does_about_a_conflict_is_no_conflict_of_versions(how):
    city = make_city("Bijie")
    columns = ", ".join(f'"{field.column}"' for field in City._meta.concrete_fields)
    values = columns.replace('"id"', "id + 1").replace('"slug"', "'other'")
    before = versions.now()
    statement = f'{how} INTO "{TABLE}" ({columns}) SELECT {values} FROM "{TABLE}" WHERE id = %s'  # noqa: S608
    sql(statement, city.pk)
    assert City.objects.count() == 2
    assert versions.now()[TABLE] != before[TABLE]


@ON_POSTGRES
def test_emptying_a_table_at_once_is_a_change():
    before = versions.now()
    sql(f'TRUNCATE "{TABLE}" CASCADE')
    after = versions.now()
    assert after[TABLE] != before[TABLE]
    assert after["cases_initiative"] != before["cases_initiative"]


def test_what_is_rolled_back_leaves_the_version_and_the_next_change_gives_a_new_one():
    before = versions.now()
    seen = {before[TABLE]}
    for _time in range(3):
        with transaction.atomic():
            make_city("Nowhere")
            seen.add(versions.now().get(TABLE))
            transaction.set_rollback(True)
        assert versions.now() == before
    make_city("Somewhere")
    assert versions.now()[TABLE] not in seen


def test_reading_and_changing_nothing_leaves_all_versions():
    make_case()
    before = versions.now()
    list(City.objects.all())
    City._base_manager.filter(pk=-1).exists()
    assert versions.now() == before


def test_every_list_of_the_staff_has_a_version():
    lists = {model._meta.db_table for model in admin.site._registry}
    assert lists <= versions.now().keys()
    linked = {field.m2m_db_table() for model in apps.get_models() for field in model._meta.local_many_to_many}
    assert linked <= versions.now().keys()


def test_what_takes_triggers_away_is_put_right_and_is_a_change():
    before = versions.now()
    with connection.cursor() as cursor:
        there = versions._there(cursor, connection.vendor)[TABLE]
    on = f' ON "{TABLE}"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "{min(there)}"{on}')
    assert before.keys() - versions.now().keys() == {TABLE}, "no version is relied on that nothing keeps true"
    versions.install_after_migrate()
    after = versions.now()
    assert after[TABLE] != before[TABLE]
    assert after["cases_theme"] == before["cases_theme"]
    make_city("Bijie")
    assert versions.now()[TABLE] != after[TABLE]


def test_a_run_of_migrations_gives_every_table_a_new_version_and_one_with_nothing_to_do_none():
    before = versions.now()
    call_command("migrate", verbosity=0)
    assert versions.now() == before
    try:
        call_command("migrate", "sessions", "zero", fake=True, verbosity=0)
        after = versions.now()
    finally:
        call_command("migrate", "sessions", fake=True, verbosity=0)
    assert after.keys() == before.keys() and not {*after.values()} & {*before.values()}
    assert not {*versions.now().values()} & {*after.values()}
    again = versions.now()
    make_city("Bijie")
    assert versions.now()[TABLE] != again[TABLE]


@ON_POSTGRES
def test_what_a_migration_rewrites_without_a_trigger_is_a_change():
    city = make_city("Bijie")
    before = versions.now()
    kind = City._meta.get_field("name").db_type(connection)
    sql(f'ALTER TABLE "{TABLE}" ALTER COLUMN name TYPE {kind} USING upper(name)')
    city.refresh_from_db()
    assert city.name == "BIJIE" and versions.now() == before, "of this no trigger is told"
    versions.install_after_migrate(plan=[("a migration", False)])
    assert versions.now()[TABLE] != before[TABLE]


@ON_POSTGRES
def test_what_is_written_while_other_triggers_are_silent_is_a_change():
    make_city("Bijie")
    before = versions.now()
    sql("SET session_replication_role = replica")
    sql("UPDATE cities_city SET country = 'FR'")
    sql("RESET session_replication_role")
    assert versions.now()[TABLE] != before[TABLE]


@ON_POSTGRES
def test_a_table_whose_triggers_were_switched_off_has_no_version_until_that_is_put_right():
    make_city("Bijie")
    before = versions.now()
    sql(f'ALTER TABLE "{TABLE}" DISABLE TRIGGER ALL')
    sql("UPDATE cities_city SET country = 'FR'")
    assert TABLE not in versions.now()
    versions.install_after_migrate()
    before = versions.now()
    sql(f'ALTER TABLE "{TABLE}" DISABLE TRIGGER ALL')
    sql("UPDATE cities_city SET country = 'DE'")
    sql(f'ALTER TABLE "{TABLE}" ENABLE TRIGGER ALL')
    assert before.keys() - versions.now().keys() == {TABLE}
    versions.install_after_migrate()
    assert versions.now()[TABLE] != before[TABLE]


@ON_POSTGRES
def test_who_changes_a_table_waits_for_nobody_who_changes_it_too():
    """Both changes are seen, each when it is committed."""
    before = versions.now()
    steps: list[str] = []

    def other() -> None:
        with transaction.atomic():
            sql("SET LOCAL lock_timeout = '2s'")
            make_city("Second")
        steps.append(versions.now()[TABLE])
        connections.close_all()

    with transaction.atomic():
        make_city("First")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert TABLE not in versions.now(), "what is not committed is no version"
    assert len({before[TABLE], *steps, versions.now()[TABLE]}) == 3


@ON_POSTGRES
def test_a_strict_transaction_is_not_refused_for_the_version():
    with transaction.atomic():
        sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        list(City.objects.all())
        thread = threading.Thread(target=lambda: (make_city("Second"), connections.close_all()))
        thread.start()
        thread.join()
        make_city("First")
    assert City.objects.count() == 2


@ON_POSTGRES
def test_many_statements_of_a_transaction_write_one_row_once():
    def rows() -> dict[int, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, token FROM records_tableversion WHERE name = %s", [TABLE])
            return dict(cursor.fetchall())

    before = rows()
    with transaction.atomic():
        make_city("City 0")
        first = rows()
        for number in range(1, 5):
            make_city(f"City {number}")
    assert rows() == first
    assert len(first) == len(before)
