"""What the reader gives: frozen records with locators, nothing of Django and nothing of ours but keys.

Locators are 1-based first and last lines of the source, split at "\\n" only. Texts named `printed`,
`heading`, `label` stand as in the source, stripped of blanks at both ends; values read from them are
separate fields. `None` (or "" for text) means that the source prints nothing; it never means zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .vocabulary import EFFECTIVE, Noise, NumberKind, RulingKind

__all__ = [
    "EFFECTIVE",
    "Document",
    "Fact",
    "FolderReading",
    "LineUse",
    "Noise",
    "NumberKind",
    "NumberToken",
    "Reading",
    "Ruling",
    "RulingKind",
    "SourceDescription",
]


@dataclass(frozen=True)
class Fact:
    """A value with the place it was read from; `value` is "" where it is not printed in full."""

    value: str | int | Decimal
    printed: str
    line: int


@dataclass(frozen=True)
class Document:
    """Base of what a text is read into; each kind of document has its own in its module of `kinds`."""


@dataclass(frozen=True)
class SourceDescription:
    """One entry of sources/data/sources.toml. `numbers` are its number tables, as globs below that folder."""

    slug: str
    kind: str
    title: str
    short_title: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "en"
    url: str = ""
    rights: str = ""
    full_text_public: bool = False
    sha256: str = ""
    line_count: int = 0
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """An editor's decision on a defect. `printed` stands on one of its lines and is never overwritten."""

    key: str
    kind: RulingKind
    first_line: int
    last_line: int
    printed: str
    read_as: str
    reason: str


@dataclass(frozen=True)
class LineUse:
    """What became of a non-blank line: a record (a path such as "case xianning / lead") or noise."""

    line: int
    record: str | None
    noise: Noise | None

    @property
    def use(self) -> str:
        return self.record or f"noise: {self.noise}"


@dataclass(frozen=True)
class NumberToken:
    """One run of digits, blanks inside as plain ones. `kind` is None only where no tables were given."""

    line: int
    start: int
    printed: str
    kind: NumberKind | None


@dataclass(frozen=True)
class Reading:
    """One source read: its document, the use of each non-blank line, each digit token, the rulings.

    `text` holds the lines themselves (text[0] is line 1); it is for attaching full texts and never for
    fixtures.
    """

    source: SourceDescription
    document: Document
    lines: tuple[LineUse, ...]
    numbers: tuple[NumberToken, ...]
    rulings: tuple[Ruling, ...]
    text: tuple[str, ...] = field(repr=False)

    def line(self, number: int) -> str:
        """The line as printed, stripped."""
        return self.text[number - 1].strip()

    def text_of(self, numbers: Iterable[int]) -> list[str]:
        """The non-blank ones of these lines, one text each, stripped: for a section, an article, a lead."""
        return [text for number in numbers if (text := self.line(number))]


@dataclass(frozen=True)
class FolderReading:
    """A folder read: readings and file names by slug, in order, and remarks on all other files."""

    readings: dict[str, Reading]
    files: dict[str, str]
    foreign: tuple[str, ...]
