"""What is cited, and its record in CSL-JSON, the form from which all others are made.

CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html (appendix: item types and variables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from listing.citable import FURTHER, NEEDED
from listing.columns import Value
from listing.formats.base import Export

# Who speaks on a page: its summary and its judgements are ours, whoever wrote the document it was read from.
AUTHOR = "Urban Innovation Catalogue"
# As much of a date in EDTF, or of the first of two, as every form can say: a day, a month (no season) or a year.
_EXACT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Cited:
    """A page as it is cited. All texts; `made` and `changed` say when it came here and was last changed, in UTC, as
    2026-11-29T08:15:00+00:00."""

    key: str  # unique among what is cited here: the slug
    title: str
    place: str
    url: str
    made: str
    changed: str
    keywords: str  # joined by "; "
    abstract: str
    author: str = AUTHOR
    issued: str | None = None  # EDTF, "" where nobody knows: of what appeared elsewhere before it came here
    language: str = "en"
    original: str | None = None  # the address of what stands elsewhere, "" where nobody knows it

    @property
    def appeared(self) -> str:
        """The day it is dated by, as 2026-11-29; where less is known of it, 2026-11, 2026 or nothing."""
        if self.issued is None:
            return self.day
        exact = _EXACT.match(self.issued)
        return exact[0] if exact else ""

    @property
    def address(self) -> str:
        """Where what is cited stands: the page, unless that only speaks of it."""
        return self.url if self.original is None else self.original

    @property
    def day(self) -> str:
        """The day of the last change, as 2026-11-29."""
        return self.changed[:10]


def cited(export: Export) -> Iterator[Cited]:
    """Each row of an export as what is cited; read some thousand at a time, like every export."""
    table = export.table.citation
    names = table.names
    if not {*NEEDED} <= {*names} <= {*NEEDED, *FURTHER}:
        raise ValueError(
            f"The table for citations of {table.name} has other columns than listing.citable makes."
        )
    for rows in replace(export, table=table).batches(_text):
        for row in rows:
            yield Cited(**dict(zip(names, row, strict=True)))


def item(what: Cited, accessed: date) -> dict:
    """The record in CSL-JSON. `accessed` is the day on which the page was read."""
    made = {
        "id": what.key,
        "type": "webpage",
        "title": what.title,
        "author": [{"literal": what.author}] if what.author else [],
        "issued": _date(what.appeared),
        "accessed": _date(accessed.isoformat() if what.address else ""),
        "URL": what.address,
        "language": what.language,
        "note": what.place,
        "keyword": what.keywords,
        "abstract": what.abstract,
    }
    return {name: value for name, value in made.items() if value}


def _date(day: str) -> dict:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}


def _text(value: Value) -> str:
    """In one line, as these forms have it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())
