"""The headed sections of a case: where each begins and ends, its lines, a schedule's dates and events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...lines import Lines, plain, unbulleted
from ...records import RulingKind
from ...rulings import Rulings
from .headings import KINDS, Heading, looks_like_heading, recognise
from .records import ScheduleEntry, Section

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} )?\d{{4}}(?:[./-]\d{{1,2}}){{0,2}}"
_DATE_LINE = re.compile(rf"{_DATE}(?: ?[-–—~] ?{_DATE})?", re.IGNORECASE)


@dataclass
class _Open:
    """A section while its lines are being gathered."""

    key: str
    heading: str
    kinds: tuple[str, ...]
    level: int
    parent: str
    line: int
    texts: list[int] = field(default_factory=list)
    last: int = 0


class SectionsReader:
    """Reads the sections of one case. `path` begins the records' paths ("case bijie")."""

    def __init__(self, lines: Lines, rulings: Rulings, path: str) -> None:
        self._lines, self._rulings, self._path = lines, rulings, path
        self._open: list[_Open] = []

    def heading(self, number: int) -> Heading | None:
        """The heading on this line, by an editor's ruling or by the vocabulary; None where it is none.

        Raises ReadingError for a ruling that gives no known kind.
        """
        if self._rulings.take(number, RulingKind.NOT_A_HEADING):
            return None
        if ruling := self._rulings.take(number, RulingKind.HEADING):
            return self._ruled(number, ruling.read_as)
        return recognise(self._lines.text(number))

    def _ruled(self, number: int, read_as: str) -> Heading:
        if read_as == "2":
            return Heading(2, ())
        kinds = tuple(part.strip() for part in read_as.split(","))
        if not all(kind in KINDS for kind in kinds):
            known = ", ".join(KINDS)
            raise self._lines.error(
                number, f"the ruling on this heading reads it as {read_as!r}", f'Give kinds ({known}) or "2".'
            )
        return Heading(1, kinds)

    def read(self, numbers: Sequence[int]) -> tuple[Section, ...]:
        """The sections on these lines: no blank ones, no running headers, a heading first.

        Raises ReadingError for a line that looks like a heading and is not known, or a sub-heading before
        any heading.
        """
        for number in numbers:
            if heading := self.heading(number):
                self._begin(number, heading)
            else:
                self._text(number)
        return tuple(self._close(section) for section in self._open)

    def _begin(self, number: int, heading: Heading) -> None:
        parent = self._parent(number) if heading.level == 2 else None
        kinds = parent.kinds if parent else heading.kinds
        printed = unbulleted(self._lines.text(number))
        parent_key = parent.key if parent else ""
        section = _Open(self._key(kinds[0]), printed, kinds, heading.level, parent_key, number)
        self._open.append(section)
        self._reach(number)
        self._lines.record(number, f"{self._path} / section {section.key} / heading")

    def _parent(self, number: int) -> _Open:
        """The section of level 1 that a sub-heading on this line belongs to."""
        for section in reversed(self._open):
            if section.level == 1:
                return section
        raise self._lines.error(number, "a sub-heading stands here before the first heading of the case")

    def _key(self, kind: str) -> str:
        """The kind for the first section of it, with a number from the second on."""
        count = sum(section.kinds[0] == kind for section in self._open)
        return f"{kind}-{count + 1}" if count else kind

    def _text(self, number: int) -> None:
        section = self._open[-1]
        text = self._lines.text(number)
        ruled = self._rulings.take(number, RulingKind.NOT_A_HEADING)
        if "schedule" not in section.kinds and looks_like_heading(text) and not ruled:
            problem = "this line looks like a heading, and no wording that is known fits it"
            kinds = "heading (read_as a kind, or 2 for a sub-heading) or not_a_heading"
            raise self._lines.uncovered(number, kinds, problem)
        section.texts.append(number)
        self._reach(number)
        self._lines.record(number, f"{self._path} / section {section.key}")

    def _reach(self, number: int) -> None:
        """Draws the end of the open section, and of the one it is part of, down to this line."""
        section = self._open[-1]
        for each in self._open:
            if each is section or each.key == section.parent:
                each.last = number

    def _close(self, section: _Open) -> Section:
        entries = section.texts if "schedule" in section.kinds else []
        return Section(
            key=section.key,
            heading=section.heading,
            kinds=section.kinds,
            level=section.level,
            parent=section.parent,
            first_line=section.line,
            last_line=section.last,
            text_lines=tuple(section.texts),
            schedule=tuple(self._entry(number) for number in entries),
        )

    def _entry(self, number: int) -> ScheduleEntry:
        printed = unbulleted(self._lines.text(number))
        return ScheduleEntry(number, "date" if _DATE_LINE.fullmatch(plain(printed)) else "event", printed)
