"""`manage.py search_index`: an index true to the database, whatever lay in its folder before."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from search import changes
from search.engine import Wanted
from search.models import Change
from search.service import service, snapshot
from tests.factories import make_case

pytestmark = pytest.mark.django_db


def found(text: str) -> int:
    return snapshot().find(Wanted(("case",), (text,))).count


def test_it_builds_brings_up_to_date_and_builds_anew(capsys):
    make_case("A lane for herons")
    call_command("search_index")
    first = service().store.current()
    assert "up to date" in capsys.readouterr().out
    make_case("A bridge for herons")
    call_command("search_index")
    assert (service().store.current(), found("herons")) == (first, 2)
    call_command("search_index", rebuild=True)
    assert service().store.current() != first
    assert found("herons") == 2


def test_a_damaged_index_is_built_anew_and_said_to_be(capsys):
    make_case("A lane for herons")
    call_command("search_index", verbosity=0)
    (service().store.current() / "meta.json").write_bytes(b"")
    call_command("search_index")
    assert "damaged" in capsys.readouterr().err
    assert found("herons") == 1


def test_old_rows_of_the_log_go_and_the_name_of_the_database_stays():
    make_case("A lane for herons")
    call_command("search_index", verbosity=0)
    Change.objects.update(at=timezone.now() - changes.KEPT - timedelta(days=1))
    origin = changes.origin()
    call_command("search_index", verbosity=0)
    assert set(Change.objects.values_list("feed", flat=True)) == {changes.ORIGIN}
    assert (changes.origin(), found("herons")) == (origin, 1)
