"""`python -m bench.staff [CASES ...]`: how long the staff pages take, and how many queries, at each number of cases.

Each case has its share of a history of twenty changes a case (200,000 with 10,000 cases). In folders of their own; with
POSTGRES=1 in a new database of PostgreSQL, one number of cases at a time.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from bench.setting import ROOT, postgres_address, prepare, say

SIZES = (14, 10_000)
CHANGES = 20  # of each case
_OF_AN_OPERATION = 10
_ROUNDS = 7
_BATCH = 20_000


def main(sizes: list[int]) -> None:
    if len(sizes) == 1:
        measure(sizes[0])
        return
    for size in sizes or SIZES:
        subprocess.run([sys.executable, "-m", "bench.staff", str(size)], cwd=ROOT, check=True)


def measure(cases: int) -> None:
    """Prints each page's time (medians: again, in processor time, and the first time after a change), queries, size."""
    path = prepare(cases, postgres_address(), with_index=False)
    from django.contrib.auth.models import User

    _history(cases)
    user, _made = User.objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    say(f"\n{cases:,} cases, {cases * CHANGES:,} changes ({path})")
    for name, address in addresses():
        again, cpu, after, queries, size = _asked(user, address)
        times = f"{again * 1000:7.0f} ms {cpu * 1000:7.0f} ms cpu {after * 1000:7.0f} ms cpu after a change"
        say(f"{name:<46} {times} {queries:4d} queries {size / 1000:9,.0f} kB")


def addresses() -> Iterator[tuple[str, str]]:
    """What is asked for: the pages staff see daily, the log with its filters, and its export."""
    from cases.models import Initiative
    from records.operations import Operation

    case = Initiative.objects.order_by("pk")[Initiative.objects.count() // 2]
    middle = Operation.objects.order_by("pk")[Operation.objects.count() // 2]
    day = f"{middle.at.date()} 00:00:00%2B00:00"
    log, changes, list_of_cases = (
        "/admin/records/operation/",
        "/admin/records/change/",
        "/admin/cases/initiative/",
    )
    yield "the desk", "/admin/"
    yield "list of cases", list_of_cases
    yield "list of cases, a late page", f"{list_of_cases}?p={max(1, Initiative.objects.count() // 100)}"
    yield "list of cases, drafts", f"{list_of_cases}?state__exact=draft"
    yield "form of a case", f"{list_of_cases}{case.pk}/change/"
    yield "history of a case", f"{list_of_cases}{case.pk}/history/"
    yield "deleted cases", f"{list_of_cases}deleted/"
    yield "log: operations", log
    yield "log: operations, a page in the midst", f"{log}?p={max(1, Operation.objects.count() // 100)}"
    yield "log: operations of one kind", f"{log}?kind__exact=bulk"
    yield "log: operations of one account", f"{log}?user__id__exact={middle.user_id}"
    yield "log: operations since a day", f"{log}?at__gte={day}"
    yield "log: operations on cases", f"{log}?changes__root_model=cases.initiative"
    yield "log: operations, a word", f"{log}?q=rewritten"
    yield "log: one operation", f"{log}{middle.pk}/change/"
    yield "log: changes", changes
    yield "log: changes, a page in the midst", f"{changes}?p={max(1, Operation.objects.count() // 10)}"
    yield "log: changes, made", f"{changes}?action__exact=created"
    yield "log: changes of one account", f"{changes}?operation__user__id__exact={middle.user_id}"
    yield "log: changes since a day", f"{changes}?operation__at__gte={day}"
    yield "log: changes on cities", f"{changes}?root_model=cities.city"
    yield "log: changes, a word", f"{changes}?q=rewritten"
    yield "log: operations as CSV", f"{log}export/csv/"
    yield "log: changes as CSV", f"{changes}export/csv/"


def _asked(user, address: str) -> tuple[float, float, float, int, int]:
    """Seconds by the clock and of the processor, those after a change, and queries and bytes of an answer after it."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)

    def ask() -> int:
        response = client.get(address, follow=True)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
        return sum(map(len, response.streaming_content)) if response.streaming else len(response.content)

    count = 0

    def counted(execute, *arguments):
        nonlocal count
        count += 1
        return execute(*arguments)

    ask()  # what a process remembers for good is remembered from here on
    _change()
    with connection.execute_wrapper(counted):
        size = ask()
    again = list(_timed(ask))
    after = list(_timed(ask, _change))
    clock, cpu = (median(each[place] for each in again) for place in (0, 1))
    return clock, cpu, median(cpu for _clock, cpu in after), count, size


def _timed(
    ask: Callable[[], int], before: Callable[[], None] = lambda: None
) -> Iterator[tuple[float, float]]:
    """Seconds by the clock and of the processor, several times."""
    total = 0.0
    for _round in range(_ROUNDS):
        before()
        clock, cpu = time.perf_counter(), time.process_time()
        ask()
        spent = time.perf_counter() - clock
        yield spent, time.process_time() - cpu
        total += spent
        if total > 10:
            return


def _change() -> None:
    """One case, one city and the end of the history are written anew: what counts them has to count again."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("cases_initiative", "cities_city", "records_operation", "records_change"):
            cursor.execute(f"UPDATE {table} SET id = id WHERE id = (SELECT max(id) FROM {table})")  # noqa: S608


def _history(cases: int) -> None:
    """Writes the history where there is none: of ten changes an operation, of three people, over two years."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from cases.models import Initiative
    from records.operations import Change, Operation

    if Operation.objects.exists():
        return
    users = [User.objects.create(username=name, is_staff=True) for name in ("lin", "ana", "kofi")]
    kinds = [*Operation.Kind.values[:4], *[Operation.Kind.EDIT.value] * 8]
    count, now = cases * CHANGES // _OF_AN_OPERATION, timezone.now()
    Operation.objects.bulk_create(
        Operation(
            kind=kinds[n % len(kinds)],
            user=users[n % 3],
            by=users[n % 3].username,
            subject=f"Case {n}",
            reason="Rewritten after a letter." if n % 50 == 0 else "",
            at=now - timedelta(days=730) * (1 - n / count),
        )
        for n in range(count)
    )
    operations = list(Operation.objects.order_by("pk").values_list("pk", flat=True))
    rows = list(Initiative.objects.order_by("pk").values_list("pk", "title", "summary"))
    some: list[Change] = []
    for n in range(cases * CHANGES):
        pk, title, summary = rows[n * 7 % cases]
        some.append(
            Change(
                operation_id=operations[n // _OF_AN_OPERATION],
                action=Change.Action.CREATED if n % 40 == 0 else Change.Action.CHANGED,
                model="cases.initiative" if n % 4 == 0 else "cases.section",
                object_id=pk,
                name=title,
                root_model="cases.initiative",
                root_id=pk,
                before=None if n % 40 == 0 else {"summary": summary},
                after={"summary": f"{summary} Once more, {n}."},
            )
        )
        if len(some) == _BATCH or n == cases * CHANGES - 1:
            Change.objects.bulk_create(some)
            some = []


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
