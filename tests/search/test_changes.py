"""The log read without gaps, with more than one connection at work."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.db.models import F

from search import changes
from search.engine import Wanted
from search.models import Change
from search.service import service, snapshot
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRES = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="on SQLite writers wait for each other"
)


@pytest.fixture
def other():
    """A second connection to the same database, in a transaction that it ends by hand."""
    second = connection.copy()
    second.set_autocommit(False)
    yield second
    second.rollback()
    second.close()


def _rename(connection, case, title: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_initiative SET title = %s WHERE id = %s", [title, case.pk])


def _found(word: str) -> list[int]:
    found = snapshot().find(Wanted(("case",), (word,)))
    return sorted(id for id, _score in found.best(0, 1000))


def test_news_are_what_was_logged_after_the_mark():
    make.make_case()
    before = changes.since(changes.now()).place
    assert not changes.is_behind(before)
    case = make.make_case()
    assert changes.is_behind(before)
    news = changes.since(before)
    assert news.values["cases_initiative.id"] == {case.pk}
    assert not news.is_everything
    assert not news.is_cut
    assert changes.since(before, most=1).is_cut
    assert changes.since(before, most=1).place == news.place
    assert not changes.is_behind(news.place)
    assert changes.since(news.place).values == {}


def test_the_name_of_the_database_is_no_news():
    before = changes.since(changes.now()).place
    first = changes.origin()
    assert changes.origin() == first
    assert not changes.is_behind(before)
    assert changes.since(before).values == {}


def test_old_rows_are_forgotten_and_new_ones_and_the_name_of_the_database_kept():
    case = make.make_case()
    origin = changes.origin()
    Change.objects.update(at=F("at") - changes.KEPT - changes.KEPT)
    _rename(connection, case, "New")
    assert changes.forget_old() > 0
    assert set(Change.objects.exclude(feed=changes.ORIGIN).values_list("value", flat=True)) == {case.pk}
    assert changes.origin() == origin


@ON_POSTGRES
def test_a_lower_number_committed_after_a_higher_one_was_seen_is_not_lost(other):
    late, soon = make.make_case("Late"), make.make_case("Soon")
    assert _found("zeppelin") == []
    _rename(other, late, "Zeppelin late")
    _rename(connection, soon, "Zeppelin soon")
    assert _found("zeppelin") == [soon.pk]
    other.commit()
    numbers = dict(
        Change.objects.filter(feed="cases_initiative.id").order_by("pk").values_list("value", "pk")
    )
    assert numbers[late.pk] < numbers[soon.pk]
    assert _found("zeppelin") == [late.pk, soon.pk]
    assert _found("late") == [late.pk]


@ON_POSTGRES
def test_a_long_transaction_delays_nobody_and_makes_no_search_index_again(other):
    idle, cases = make.make_case("Idle"), [make.make_case(f"Case {n}") for n in range(5)]
    _found("case")
    _rename(other, idle, "Zeppelin")
    for n, case in enumerate(cases):
        _rename(connection, case, f"Balloon {n}")
        assert len(_found("balloon")) == n + 1
        state = snapshot()
        assert snapshot() is state
        assert not changes.is_behind(state.mark.place)
    assert state.mark.place.seen  # how many depends on who else uses the server
    other.commit()
    assert _found("zeppelin") == [idle.pk]
    _rename(connection, idle, "Balloon")
    assert len(_found("balloon")) == 6


@ON_POSTGRES
def test_a_long_transaction_with_thousands_of_changes_beside_it_makes_no_search_index_again(other):
    idle, case = make.make_case("Idle"), make.make_case("Case")
    _found("case")
    _rename(other, idle, "Zeppelin")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_change (feed, value, at) "
            "SELECT 'cases_initiative.id', %s, now() FROM generate_series(1, 6000)",
            [case.pk],
        )
    _found("case")
    state = snapshot()
    assert snapshot() is state
    other.commit()
    assert _found("zeppelin") == [idle.pk]


@ON_POSTGRES
def test_a_table_emptied_beside_a_long_transaction_makes_one_new_build(other):
    idle = make.make_case("Idle")
    _found("idle")
    _rename(other, idle, "Zeppelin")
    Change.objects.create(feed="*", value=None)
    _found("idle")
    state = snapshot()
    assert snapshot() is state
    other.commit()
    assert _found("zeppelin") == [idle.pk]


@ON_POSTGRES
def test_what_a_long_transaction_turns_back_was_never_there(other):
    case = make.make_case("Idle")
    _found("idle")
    _rename(other, case, "Zeppelin")
    assert _found("zeppelin") == []
    other.rollback()
    assert (_found("zeppelin"), _found("idle")) == ([], [case.pk])


def test_a_reader_within_a_transaction_writes_nothing_unfinished_into_the_index(settings):
    settings.SEARCH_IN_TRANSACTIONS = False
    case = make.make_case("Idle")
    assert _found("idle") == [case.pk]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _rename(connection, case, "Zeppelin")
        assert _found("zeppelin") == []
        raise ZeroDivisionError
    assert (_found("zeppelin"), _found("idle")) == ([], [case.pk])


def test_two_connections_at_once_lose_nothing():
    """Each thread has a connection of its own; the main one searches all the while, and so do they."""
    cases = [make.make_case(f"Idle {n}") for n in range(24)]
    _found("idle")
    errors = []

    def edit(mine):
        try:
            for n, case in enumerate(mine):
                with transaction.atomic():
                    _rename(connection, case, f"Zeppelin {case.pk}")
                    time.sleep(0.005)
                if n % 3 == 0:
                    snapshot()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(cases[n::3],)) for n in range(3)]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads):
        now = len(_found("zeppelin"))
        assert now >= seen  # what was found once stays found
        seen = now
    for thread in threads:
        thread.join()
    assert errors == []
    assert _found("zeppelin") == [case.pk for case in cases]
    assert _found("idle") == []


def test_every_search_asks_little_where_nothing_changed(django_assert_max_num_queries):
    make.make_case("Park")
    snapshot()
    with django_assert_max_num_queries(3):  # the log, and the synonyms
        service().snapshot()
