"""The log of changes, read without gaps.

A mark says up to where the log was read. On SQLite writers come one after the other and the mark is the last id seen. On
PostgreSQL a lower id can be committed after a higher one was seen, so the mark is a transaction: the oldest that was
still running. What later ones have committed is read too, and read again until the mark has passed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from search.models import Change
from search.triggers import EVERYTHING

KEPT = timedelta(days=14)


@dataclass(frozen=True)
class News:
    """What changed since a mark: row numbers of the log, values by feed, and the mark from which to go on.

    `is_everything` says that a table was emptied at once: which documents that concerns is no longer known.
    """

    mark: str
    ids: frozenset[int] = frozenset()
    values: dict[str, set[int]] = field(default_factory=dict)
    is_everything: bool = False


def mark() -> str:
    """The mark of this moment: all that is committed before is before it."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES_MARK if connection.vendor == "postgresql" else _SQLITE_MARK)
        return str(cursor.fetchone()[0])


def since(mark_before: str, seen: Iterable[int] = ()) -> News:
    """What was logged after the mark, but for the rows in `seen`."""
    seen = set(seen)
    mark_now = mark()
    where = "xid >= %s::xid8" if connection.vendor == "postgresql" else "id > %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, feed, value FROM search_change WHERE {where} ORDER BY id", [mark_before])  # noqa: S608
        rows = [row for row in cursor.fetchall() if row[0] not in seen]
    values: dict[str, set[int]] = {}
    for _id, feed, value in rows:
        values.setdefault(feed, set()).add(value)
    is_everything = EVERYTHING in values
    # Taken before the rows were: a row that came in between is read again, none is passed over.
    return News(mark_now, frozenset(row[0] for row in rows), values, is_everything)


def is_behind(mark_before: str, seen: Iterable[int] = ()) -> bool:
    """Whether anything was logged after the mark; one short query, asked before every search."""
    where = "xid >= %s::xid8" if connection.vendor == "postgresql" else "id > %s"
    seen = list(seen)
    with connection.cursor() as cursor:
        query = f"SELECT id FROM search_change WHERE {where} LIMIT %s"  # noqa: S608
        cursor.execute(query, [mark_before, len(seen) + 1])
        return any(id not in seen for (id,) in cursor.fetchall())


def forget_old() -> int:
    """Removes rows older than KEPT; an index that has slept longer is built anew. Gives how many went."""
    return Change.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


_SQLITE_MARK = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'search_change'), 0)"
_POSTGRES_MARK = "SELECT pg_snapshot_xmin(pg_current_snapshot())"
