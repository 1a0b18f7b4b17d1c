"""How the rows of a list are cited: the columns that `Table.citation` has (listing/formats/cited.py reads them)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from listing.columns import Column, Table, Value

# What is told of every row, in this order; what may be told besides.
NEEDED = ("key", "title", "place", "url", "made", "changed", "keywords", "abstract")
FURTHER = ("author", "issued", "language", "original")
_DOCS = {
    "key": "what the row is called, unlike any other",
    "title": "what it is cited as",
    "place": "city and country",
    "url": "its page, or its place on one",
    "made": "when it came here, in UTC",
    "changed": "when it was last changed, in UTC",
    "keywords": "what it is found by",
    "abstract": "what it says",
    "author": "who wrote it, where that is not the catalogue; empty where nobody knows",
    "original": "where it stands outside, where that is not the page; empty where nobody knows",
    "language": "code of the language it is written in, where that is not English",
    "issued": "the day, month or year it appeared, where that is not its last change here",
}


def _nothing(record: Any) -> None:
    return None


def in_utc(time: datetime | str) -> str:
    """A time as 2026-11-29T08:15:00+00:00, also as a database without times has it: SQLite has a text, in UTC."""
    made = datetime.fromisoformat(time) if isinstance(time, str) else time
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def citation(name: str, **parts: Callable[[Any], Value]) -> Table:
    """The table by which the rows of the table of that name are cited: how a record gives each part.

    `key`, `title` and `url` must be told; when a record came here and was last changed, it knows itself.
    """
    if unknown := parts.keys() - {*NEEDED, *FURTHER}:
        raise TypeError(f"A citation has no {', '.join(sorted(unknown))}.")
    told = {
        "place": _nothing,
        "made": lambda record: in_utc(record.created_at),
        "changed": lambda record: in_utc(record.updated_at),
        "keywords": _nothing,
        "abstract": _nothing,
        **parts,
    }
    names = [*NEEDED, *(name for name in FURTHER if name in told)]
    return Table(name, [Column(each, told[each], _DOCS[each]) for each in names])
