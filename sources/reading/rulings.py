"""Rulings: what an editor decided on each defect of a source, as data with its reason.

A ruling must stand on the text (its printed form is on its line), and one that steers the reader must have
steered it: what no longer applies stops the reading, so that the file never says more than is true.
"""

from __future__ import annotations

from collections.abc import Iterable

from .errors import ReadingError
from .lines import LINE_RULINGS, Lines
from .records import EFFECTIVE, Ruling, RulingKind


class Rulings:
    """The rulings of one source. `take(line, kind)` gives the one that applies and counts it as used."""

    def __init__(self, rulings: Iterable[Ruling], lines: Lines) -> None:
        self._lines = lines
        self.all = tuple(rulings)
        self._used: set[str] = set()
        self._check_keys()
        for ruling in self.all:
            self._check_place(ruling)

    def take(self, line: int, kind: RulingKind) -> Ruling | None:
        for ruling in self.all:
            if ruling.kind is kind and ruling.first_line <= line <= ruling.last_line:
                self._used.add(ruling.key)
                return ruling
        return None

    def check_used(self) -> None:
        """Raises ReadingError for a ruling that should have steered the reader and did not."""
        for ruling in self.all:
            if ruling.kind in EFFECTIVE and ruling.key not in self._used:
                raise self._error(
                    ruling,
                    f"ruling {ruling.key!r} ({ruling.kind}) changes nothing: no line asked for it",
                    "Remove it from",
                )

    def _check_keys(self) -> None:
        seen: set[str] = set()
        for ruling in self.all:
            if ruling.key in seen:
                raise self._error(ruling, f"two rulings have the key {ruling.key!r}", "Rename one in")
            seen.add(ruling.key)

    def _check_place(self, ruling: Ruling) -> None:
        if not 1 <= ruling.first_line <= ruling.last_line <= len(self._lines):
            raise self._error(
                ruling, f"ruling {ruling.key!r} is about lines the text does not have", "Correct it in"
            )
        printed = (self._lines.text(n) for n in range(ruling.first_line, ruling.last_line + 1))
        if not ruling.printed or not any(ruling.printed in text for text in printed):
            problem = f"ruling {ruling.key!r}: its printed form {ruling.printed[:40]!r} is not on its line"
            raise self._error(ruling, problem, "Correct it in")

    def _error(self, ruling: Ruling, problem: str, fix: str) -> ReadingError:
        line = ruling.first_line if 1 <= ruling.first_line <= len(self._lines) else 0
        return self._lines.error(line, problem, f"{fix} {LINE_RULINGS.format(source=self._lines.source)}.")
