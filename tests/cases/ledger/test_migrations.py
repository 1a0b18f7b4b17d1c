"""Units that were text become units of the vocabulary: nothing that a curator typed is lost."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cities.models import City

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


def test_units_typed_as_text_are_kept():
    try:
        old = migrate(("cases", "0004_last_change"))
        # The table of cities stays as it is today, with columns that their model did not know then.
        City.objects.create(slug="c", name="C", country="CN")
        city = old.get_model("cities", "City").objects.get()
        programme = old.get_model("cases", "Programme").objects.create(slug="p", name="P")
        case = old.get_model("cases", "Initiative").objects.create(
            slug="c-a", title="A", city=city, programme=programme
        )
        outcomes = old.get_model("cases", "Outcome").objects
        common = {"initiative": case, "indicator": "x", "status": "achieved"}
        outcomes.create(key="a", unit="km", **common)
        outcomes.create(key="b", unit="HKD", value_alt=1, unit_alt="USD", **common)
        outcomes.create(key="c", **common)
        new = migrate(("cases", "0007_outcome_ledger"))
        found = new.get_model("cases", "Outcome").objects.order_by("key")
        assert list(found.values_list("unit__code", "unit_alt__code")) == [
            ("km", None),
            ("HKD", "USD"),
            (None, None),
        ]
        assert set(new.get_model("cases", "Unit").objects.values_list("kind", flat=True)) == {"other"}
    finally:
        migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
