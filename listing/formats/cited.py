"""What is cited, and its record in CSL-JSON, the form from which all others are made.

CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html (appendix: item types and variables).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from listing.columns import Value
from listing.formats.base import Export

# Who speaks on a page: its summary and its judgements are ours, whoever wrote the document it was read from.
AUTHOR = "Urban Innovation Catalogue"
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

    @property
    def day(self) -> str:
        """The day of the last change, as 2026-11-29."""
        return self.changed[:10]

    @classmethod
    def names(cls) -> list[str]:
        """The names of the columns that a table for citations has, in this order."""
        return [field.name for field in fields(cls)]


def cited(export: Export) -> Iterator[Cited]:
    """Each row of an export as what is cited; read some thousand at a time, like every export."""
    table = export.table.citation
    if table.names != Cited.names():
        raise ValueError(f"The table for citations of {table.name} has other columns than {Cited.names()}.")
    for rows in replace(export, table=table).batches(_text):
        for row in rows:
            yield Cited(*row)


def item(what: Cited, accessed: date) -> dict:
    """The record in CSL-JSON. `accessed` is the day on which the page was read."""
    made = {
        "id": what.key,
        "type": "webpage",
        "title": what.title,
        "author": [{"literal": AUTHOR}],
        "issued": _date(date.fromisoformat(what.day)),
        "accessed": _date(accessed),
        "URL": what.url,
        "language": "en",
        "note": what.place,
        "keyword": what.keywords,
        "abstract": what.abstract,
    }
    return {name: value for name, value in made.items() if value}


def _date(day: date) -> dict:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _text(value: Value) -> str:
    """In one line, as these forms have it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())
