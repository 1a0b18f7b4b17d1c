"""The log of changes, read without gaps.

A mark says up to where the log was read. On SQLite writers come one after the other and the mark is the last id seen.
On PostgreSQL a lower id can be committed after a higher one was seen, so the mark is a transaction: the oldest that
was still running. What later ones have committed is read too; the rows beyond the mark are remembered, so that none is
taken in twice.

One row of the log is no change: it names the database with a random number, so that an index made from another one is
not taken for this one's.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from search.models import Change
from search.triggers import EVERYTHING

KEPT = timedelta(days=14)
ORIGIN = "origin"
_MARKS = {
    "sqlite": "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'search_change'), 0)",
    "postgresql": "SELECT pg_snapshot_xmin(pg_current_snapshot())",
}
_AFTER = {"sqlite": "id > %s", "postgresql": "xid >= %s::xid8"}


@dataclass(frozen=True)
class News:
    """What changed since a mark.

    `mark` is the one to go on from, `ids` the new rows of the log, `beyond` all rows past the new mark (those
    of transactions that ended while an older one runs), `values` what changed, by feed. `is_everything` says
    that a table was emptied at once: which documents that concerns is no longer known.
    """

    mark: str
    ids: frozenset[int] = frozenset()
    beyond: frozenset[int] = frozenset()
    values: dict[str, set[int]] = field(default_factory=dict)
    is_everything: bool = False


def mark() -> str:
    """The mark of this moment: all that is committed before is before it."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS[connection.vendor])
        return str(cursor.fetchone()[0])


def since(mark_before: str, seen: Collection[int] = ()) -> News:
    """What was logged after the mark, but for the rows in `seen`."""
    # Taken before the rows are: a row that comes in between is read again, none is passed over.
    mark_now, after, seen = mark(), _AFTER[connection.vendor], set(seen)
    query = f"SELECT id, feed, value, {after} FROM search_change WHERE {after} AND feed <> %s"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(query, [mark_now, mark_before, ORIGIN])
        rows = cursor.fetchall()
    values: dict[str, set[int]] = {}
    for id, feed, value, _is_beyond in rows:
        if id not in seen:
            values.setdefault(feed, set()).add(value)
    return News(
        mark_now,
        frozenset(row[0] for row in rows) - seen,
        frozenset(row[0] for row in rows if row[3]),
        values,
        EVERYTHING in values,
    )


def is_behind(mark_before: str, seen: Collection[int] = ()) -> bool:
    """Whether anything was logged after the mark; one short query, asked before every search."""
    after = _AFTER[connection.vendor]
    query = f"SELECT id FROM search_change WHERE {after} AND feed <> %s LIMIT %s"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(query, [mark_before, ORIGIN, len(seen) + 1])
        return any(id not in seen for (id,) in cursor.fetchall())


def origin() -> int:
    """The number that names this database, given the first time it is asked for."""
    row, _made = Change.objects.get_or_create(feed=ORIGIN, defaults={"value": secrets.randbits(62)})
    return row.value


def forget_old() -> int:
    """Removes rows older than KEPT and gives how many; an index that has slept longer is built anew."""
    return Change.objects.filter(at__lt=timezone.now() - KEPT).exclude(feed=ORIGIN).delete()[0]
