"""The dated facts of one case: in order and numbered for a list, and as marks on a line of years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.timeline.axis import Axis, Span, axis_of, span_of
from records import dates

# In per cent of the width: no mark is narrower, and so much room its number takes beside it.
_NARROWEST, _NUMBER, _WORD = 0.8, 6.0, 12.0
# Of a lane and of the line of years below, in pixels.
LANE, YEARS = 20, 22


@dataclass(frozen=True)
class Fact:
    """Something dated: `said` in a list, `key` its place on the page of the case; the start of the case has none."""

    date: str
    said: str = ""
    key: str = ""
    number: int = 0

    @property
    def is_start(self) -> bool:
        """Whether it is the start of the case."""
        return not self.key

    @property
    def when(self) -> str:
        """Its date in words."""
        return dates.label(self.date)

    @property
    def name(self) -> str:
        """What the picture calls it: its number in the list."""
        return pgettext("on a timeline", "start") if self.is_start else str(self.number)


@dataclass(frozen=True)
class Mark:
    """A fact on the line: its place and width in per cent, the height of its lane in pixels.

    `arrow` says that it lies beyond an end of the line, or goes on beyond it.
    """

    fact: Fact
    x: str
    width: str
    text: str
    y: int
    arrow: str = ""
    is_beyond: bool = False

    @property
    def label(self) -> str:
        """What stands beside it."""
        return f"{self.arrow}{self.fact.name}" if self.arrow == "◂" else f"{self.fact.name}{self.arrow}"

    @property
    def baseline(self) -> int:
        """Where the text stands."""
        return self.y + 12


@dataclass(frozen=True)
class Strip:
    """The facts of one case in order, and their marks on a line."""

    facts: Sequence[Fact]
    axis: Axis | None = None
    marks: Sequence[Mark] = field(default_factory=list)
    lanes: int = 0

    @property
    def height(self) -> int:
        """Of the picture, in pixels."""
        return self.lanes * LANE + YEARS

    @property
    def foot(self) -> int:
        """Where the line of years stands, in pixels from above."""
        return self.lanes * LANE + 2

    @property
    def has_start(self) -> bool:
        """Whether the start of the case is one of the marks."""
        return any(mark.fact.is_start for mark in self.marks)

    @property
    def goes_beyond(self) -> bool:
        """Whether a mark lies beyond an end of the line, or goes on there."""
        return any(mark.arrow for mark in self.marks)

    @property
    def described(self) -> str:
        """The picture in words; the list beside it says the rest."""
        first, last = self.facts[0], self.facts[-1]
        return _("%(count)d dates on a line of years, from %(first)s to %(last)s; the list names each.") % {
            "count": len(self.facts),
            "first": first.when,
            "last": last.when,
        }


def in_order(start: str, milestones: Iterable[tuple[str, str, str]]) -> list[Fact]:
    """The start of a case ("" where it is not known) and its milestones (key, date, event), by date, numbered."""
    found = [Fact(date, event, key) for key, date, event in milestones]
    if start:
        found.append(Fact(start))
    found.sort(key=lambda fact: (span_of(fact.date).first, span_of(fact.date).last, not fact.is_start))
    number = 0
    made = []
    for fact in found:
        number += not fact.is_start
        made.append(fact if fact.is_start else Fact(fact.date, fact.said, fact.key, number))
    return made


def strip_of(facts: Sequence[Fact], axis: Axis | None = None) -> Strip:
    """The facts on this line, or on one of their own. One date alone is no picture."""
    if axis is None:
        spans = [span_of(fact.date) for fact in facts]
        axis = axis_of(spans) if len({(span.first, span.last) for span in spans}) > 1 else None
    if axis is None or not facts:
        return Strip(facts)
    ends: list[float] = []  # how far each lane is filled
    marks = [_mark(fact, span_of(fact.date), axis, ends) for fact in facts]
    return Strip(facts, axis, marks, len(ends))


def _mark(fact: Fact, span: Span, axis: Axis, ends: list[float]) -> Mark:
    """The mark of a fact in the first lane that has room; `ends` is brought up to date."""
    is_earlier, is_later = span.last <= axis.low, span.first >= axis.high
    begin = axis.low if span.begin is None else max(span.begin, axis.low)
    end = axis.high if span.end is None else min(span.end, axis.high)
    room = _WORD if fact.is_start else _NUMBER
    if is_earlier or is_later:
        x, width = (0.0, 0.0) if is_earlier else (min(axis.right + 0.5, 100 - room), 0.0)
        text = x
    else:
        x = axis.place(begin)
        width = max(axis.place(end) - x, _NARROWEST)
        x = min(x, 100 - width)
        text = x + width + 0.5 if x + width + room <= 100 else x - room
    left, right = min(x, text), max(x + width, text + room)
    lane = next((n for n, filled in enumerate(ends) if filled <= left), len(ends))
    ends[lane : lane + 1] = [right]
    goes_left = is_earlier or (span.begin is None or span.begin < axis.low)
    goes_right = is_later or (span.end is None or span.end > axis.high)
    arrow = "◂" if goes_left else "▸" if goes_right else ""
    places = (f"{each:.2f}" for each in (x, width, text))
    return Mark(fact, *places, y=lane * LANE + 2, arrow=arrow, is_beyond=is_earlier or is_later)
