"""Members that were entered without evidence are hidden, not deleted; the others stay as they are."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


def test_members_without_evidence_are_hidden():
    try:
        apps = migrate(("cities", "0005_targets_move_to_cases"))
        source = apps.get_model("sources", "Source").objects.create(slug="news", kind="plan", title="News")
        alliance = apps.get_model("cities", "Alliance").objects.create(slug="a", name="A", source=source)
        members = apps.get_model("cities", "Member").objects
        common = {"alliance": alliance, "kind": "city"}
        place = {"source": source, "first_line": 3, "last_line": 3}
        members.create(name="Proven", evidence="its list", **place, **common)
        members.create(name="Printed", evidence="its list", source=source, printed="Printed", **common)
        members.create(name="Nowhere", evidence="so they say", source=source, **common)
        members.create(name="No source", evidence="so they say", **common)
        present = migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
        shown = dict(present.get_model("cities", "Member").objects.values_list("name", "hidden"))
        assert shown == {"Proven": False, "Printed": False, "Nowhere": True, "No source": True}
    finally:
        migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
