"""Dates as places on a line of years. Knows no record and no page."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from records import dates

# Steps between the years that are written, and how many of these there is room for on a phone.
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
_MOST_TICKS = 6
# A line is made for what most dates need: of many dates this part at either end may lie beyond it.
_BEYOND = 0.05
# Beside the line is room for what lies before and after it, in per cent of the whole width.
MARGIN = 7.0


@dataclass(frozen=True)
class Span:
    """What a date can mean, in years and parts of them: 2017 is 2017.0 to 2018.0, "/2020" has no `begin`."""

    begin: float | None
    end: float | None

    @property
    def first(self) -> float:
        """Where it stands among others."""
        return self.begin if self.begin is not None else self.end

    @property
    def last(self) -> float:
        return self.end if self.end is not None else self.begin


def span_of(date: str) -> Span:
    """The span of a date with its precision (EDTF)."""
    first, last = dates.bounds(date)
    begin = None if first == datetime.date.min else _at(first)
    return Span(begin, None if last == datetime.date.max else _at(last, is_over=True))


def _at(day: datetime.date, is_over: bool = False) -> float:
    """The beginning of a day, or where it `is_over`, as years and a part."""
    length = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - (0 if is_over else 1)) / length


@dataclass(frozen=True)
class Tick:
    """A year that is written, and its place in per cent of the width."""

    year: str
    place: str


@dataclass(frozen=True)
class Axis:
    """The years from `low` to `high`; `has_earlier` and `has_later` leave room for what lies beyond them."""

    low: int
    high: int
    has_earlier: bool = False
    has_later: bool = False

    @property
    def left(self) -> float:
        """Where the line begins, in per cent of the width."""
        return MARGIN if self.has_earlier else 0

    @property
    def right(self) -> float:
        return 100 - MARGIN if self.has_later else 100

    def place(self, year: float) -> float:
        """Where a time stands, in per cent of the width."""
        return self.left + (year - self.low) / (self.high - self.low) * (self.right - self.left)

    @property
    def ticks(self) -> list[Tick]:
        """The years that are written, but for the last, which would stand beside the line."""
        step = _step(self.low, self.high)
        first = ceil(self.low / step) * step
        years = (first + step * n for n in range((self.high - first) // step + 1))
        return [
            Tick(dates.label(f"{year:04d}"), f"{self.place(year):.2f}") for year in years if year < self.high
        ]


def _step(low: int, high: int) -> int:
    return next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), _STEPS[-1])


def axis_of(spans: Sequence[Span]) -> Axis | None:
    """A line for these dates, in which a few that lie far out may be beyond it; None without a date."""
    if not spans:
        return None
    begins = sorted(span.first for span in spans)
    ends = sorted(span.last for span in spans)
    left_out = int(len(spans) * _BEYOND)
    low, high = floor(begins[left_out]), ceil(ends[-1 - left_out])
    step = _step(low, max(high, low + 1))
    low, high = low // step * step, max(ceil(high / step) * step, low + 1)
    return Axis(low, high, begins[0] < low, ends[-1] > high)
