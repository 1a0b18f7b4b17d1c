"""What every reader of a kind of document is given, and how it finds facts in running text.

Facts are found by the phrase around them. A phrase that is not there stops the reading: a document that
words it otherwise is of another kind, or its wording has to be taken up here by the reader of that kind.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .lines import Lines, even, strip
from .records import Document, Fact, NumberKind, SourceDescription
from .rulings import Rulings

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True)
class Found:
    """A phrase found on a line. `printed` gives a group of it as it stands in the source."""

    line: int
    text: str
    match: re.Match[str]

    def printed(self, group: str | int = 0) -> str:
        start, end = self.match.span(group)
        return strip(self.text[start:end])

    def fact(self, group: str | int = 1, value: str | int | None = None) -> Fact:
        """The group as a Fact; its value is what is printed unless given."""
        printed = self.printed(group)
        return Fact(printed if value is None else value, printed, self.line)


@dataclass
class Context:
    source: SourceDescription
    lines: Lines
    rulings: Rulings
    number_rules: dict[int, NumberKind] = field(default_factory=dict)

    def search(self, pattern: str, numbers: Iterable[int] | None = None) -> Found | None:
        """The first place the pattern is found, on these lines or all; any blank counts as a plain one."""
        for number in self.lines.filled() if numbers is None else numbers:
            text = self.lines.text(number)
            if match := re.search(pattern, even(text)):
                return Found(number, text, match)
        return None

    def find(self, what: str, pattern: str, numbers: Iterable[int] | None = None) -> Found:
        """Like search; raises ReadingError where it is not found, naming what was looked for."""
        found = self.search(pattern, numbers)
        if not found:
            reader = f"the reader of the kind {self.source.kind!r} in sources/reading/kinds/"
            fix = f"If the text words it otherwise, add the wording to {reader}."
            raise self.lines.error(0, f"{what} was not found in the text (looked for {pattern!r})", fix)
        return found


@dataclass(frozen=True)
class Kind:
    """A kind of document: its key in sources.toml and in the catalogue, what readers see it called, its reader.

    `read` gives the document, or raises ReadingError for a line that no rule covers and for a fact not found.
    """

    key: str
    label: str
    read: Callable[[Context], Document]


def gettext_noop(text: str) -> str:
    """Marks a text for translation, which is somebody else's work: nothing here knows Django."""
    return text


def iso_date(day: str, month: str, year: str) -> str:
    """The ISO form of a printed date ("3", "June", "2016"), "" where there is no such day."""
    name = month.casefold()
    try:
        return datetime.date(int(year), MONTHS.index(name) + 1, int(day)).isoformat()
    except ValueError:
        return ""
