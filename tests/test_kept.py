"""The fixtures put back from memory are in every table what a load leaves there."""

from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from cases.models import Initiative
from search import changes
from search.models import Change
from tests import kept
from tests.factories import make_city
from tests.web import ids

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kept, "_kept", {})


class Loads:
    """Loads the fixtures and counts how often."""

    count = 0

    def __call__(self):
        self.count += 1
        call_command("load_catalogue", verbosity=0)


def tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - kept.LOGS)


def all_rows() -> dict[str, list]:
    """The rows of all tables but the logs, in one order."""
    rows = kept.take(tables())
    return {
        name: sorted(each.splitlines() if isinstance(each, bytes) else each) for name, each in rows.items()
    }


def once(load: Loads) -> tuple[dict, dict]:
    """All rows after the fixtures were brought in, and what the log says of it; taken back again."""
    with transaction.atomic():
        place = changes.now()
        kept.load(load)
        found = all_rows(), changes.since(place).values
        transaction.set_rollback(True)
    return found


def test_rows_and_log_are_as_after_a_load():
    load = Loads()
    (rows, log), (again, log_again) = once(load), once(load)
    assert load.count == 1
    assert rows["cases_initiative"]
    assert again == rows
    assert log_again == log


def test_what_is_made_next_gets_a_number_of_its_own():
    load = Loads()
    once(load)
    kept.load(load)
    assert load.count == 1
    last = Initiative.objects.order_by("pk").last()
    city = make_city()
    assert (
        Initiative.objects.create(slug="new", title="New", city=city, programme=last.programme).pk > last.pk
    )
    assert Change.objects.filter(value=last.pk, feed__startswith="cases_initiative").exists()


def test_beside_other_rows_they_are_really_loaded():
    load = Loads()
    once(load)
    make_city("Elsewhere")
    kept.load(load)
    assert load.count == 2
    call_command("load_catalogue", verbosity=0)
    assert Initiative.objects.count() == 14


def test_an_index_takes_them_in(client):
    load = Loads()
    once(load)
    assert ids(client) == []
    kept.load(load)
    assert load.count == 1
    case = Initiative.objects.first()
    assert case.slug in ids(client, f"q={quote(case.title)}")
