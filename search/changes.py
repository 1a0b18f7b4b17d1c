"""The log of changes, read without gaps.

A mark says up to where the log was read. On SQLite writers come one after the other and the mark is the last id seen.
On PostgreSQL a lower id can be committed after a higher one was seen, so the mark is a transaction: the oldest that
was still running. What later ones have committed is read too, and they are remembered, so that none is taken in twice:
the rows of a transaction are committed together, so its last row stands for all of them.

One row of the log is no change: it names the database with a random number, so that an index made from another one is
not taken for this one's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
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
_ANY_AFTER = {
    "sqlite": "SELECT 1 FROM search_change WHERE id > %s AND feed <> %s LIMIT 1",
    "postgresql": "SELECT 1 FROM search_change WHERE xid >= %s::xid8 AND feed <> %s LIMIT 1",
}
_TRANSACTIONS = """
SELECT xid::text, max(id), xid >= %s::xid8 FROM search_change WHERE xid >= %s::xid8 AND feed <> %s GROUP BY xid
"""
_ROWS = {
    "sqlite": "SELECT DISTINCT feed, value FROM search_change WHERE id > %s AND id <= %s AND feed <> %s LIMIT %s",
    "postgresql": "SELECT DISTINCT feed, value FROM search_change "
    "WHERE xid = ANY(%s::xid8[]) AND id > %s AND feed <> %s LIMIT %s",
}
_ALL = (1 << 63) - 1


@dataclass(frozen=True)
class Place:
    """A place in the log: a mark, and the transactions beyond it whose rows were read, each with its last row."""

    mark: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class News:
    """What changed since a place in the log.

    `place` is the one to go on from, `values` what changed, by feed. `is_everything` says that a table was emptied at
    once: which documents that concerns is no longer known. `is_cut` says that there is more than was asked for, and
    that `values` is not all of what lies before the place.
    """

    place: Place
    values: dict[str, set[int]] = field(default_factory=dict)
    is_cut: bool = False

    @property
    def is_everything(self) -> bool:
        return EVERYTHING in self.values


def mark() -> str:
    """The mark of this moment: all that is committed before is before it."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS[connection.vendor])
        return str(cursor.fetchone()[0])


def now() -> Place:
    """The place to go on from for whoever reads all tables from now on: what is committed by then is behind it."""
    mark_now = mark()
    return Place(mark_now, _beyond(_transactions(mark_now, mark_now)))


def since(place: Place, most: int = _ALL - 1) -> News:
    """What was logged after a place; of `most` values, if there are more."""
    # Taken before the rows are: a row that comes in between is read again, none is passed over.
    mark_now, beyond = mark(), {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            where = [place.mark, mark_now]
        else:
            rows = _transactions(mark_now, place.mark)
            beyond = _beyond(rows)
            # Only a reader within a transaction sees some rows of one, and more of them later.
            fresh = [xid for xid, last, _is_beyond in rows if last > place.seen.get(xid, 0)]
            where = [fresh, min((place.seen.get(xid, 0) for xid in fresh), default=0)]
        cursor.execute(_ROWS[connection.vendor], [*where, ORIGIN, most + 1])
        found = cursor.fetchall()
    values: dict[str, set[int]] = {}
    for feed, value in found:
        values.setdefault(feed, set()).add(value)
    return News(Place(mark_now, beyond), values, len(found) > most)


def is_behind(place: Place) -> bool:
    """Whether anything was logged after a place; one short query, asked before every search."""
    if place.seen:
        return any(last > place.seen.get(xid, 0) for xid, last, _ in _transactions(place.mark, place.mark))
    with connection.cursor() as cursor:
        cursor.execute(_ANY_AFTER[connection.vendor], [place.mark, ORIGIN])
        return cursor.fetchone() is not None


def _transactions(mark: str, start: str) -> list[tuple[str, int, bool]]:
    """The transactions logged from `start` on: each with its last row, and whether it is beyond the mark.

    On SQLite none: there nothing is beyond a mark.
    """
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TRANSACTIONS, [mark, start, ORIGIN])
        return cursor.fetchall()


def _beyond(transactions: list[tuple[str, int, bool]]) -> dict[str, int]:
    return {xid: last for xid, last, is_beyond in transactions if is_beyond}


def origin() -> int:
    """The number that names this database, given the first time it is asked for."""
    row, _made = Change.objects.get_or_create(feed=ORIGIN, defaults={"value": secrets.randbits(62)})
    return row.value


def forget_old() -> int:
    """Removes rows older than KEPT and gives how many; an index that has slept longer is built anew."""
    return Change.objects.filter(at__lt=timezone.now() - KEPT).exclude(feed=ORIGIN).delete()[0]
