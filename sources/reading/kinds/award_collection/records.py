"""What an award collection is read into. See sources/reading/records.py for the conventions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ...records import Document


@dataclass(frozen=True)
class ContentsEntry:
    line: int
    page: int | None
    city: str
    title: str


@dataclass(frozen=True)
class Figure:
    """One labelled value of a city data block.

    `name` is one of sources.reading.figures.NAMES. `printed` is "" and `value` None where the label stands
    alone. first_line and last_line are those of the value (of the label where there is no value). `scope`
    is "" where it is that of the block.
    """

    name: str
    label: str
    printed: str
    value: Decimal | str | None
    first_line: int
    last_line: int
    scope: str = ""


@dataclass(frozen=True)
class CityData:
    """`scope` is "district" or "county" where the qualifier says so, "unlabelled" where there is none."""

    first_line: int
    last_line: int
    qualifier: str
    scope: str
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True)
class ScheduleEntry:
    """One line of a schedule, `kind` "date" or "event", not paired: the converter mixed them up."""

    line: int
    kind: str
    printed: str


@dataclass(frozen=True)
class Section:
    """A headed part of a case.

    last_line is the last line of its text, its sub-sections included, running headers at its end left out.
    `text_lines` are the numbers of its own lines of text: no heading, no running header, nothing of a
    sub-section.
    """

    key: str
    heading: str
    kinds: tuple[str, ...]
    level: int
    parent: str
    first_line: int
    last_line: int
    text_lines: tuple[int, ...]
    schedule: tuple[ScheduleEntry, ...] = ()


@dataclass(frozen=True)
class RunningHeader:
    line: int
    printed: str
    foreign: bool


@dataclass(frozen=True)
class Case:
    """One initiative of the collection; `city_slug` is the key other data files use ("hong-kong").

    `title_from` is "body" or "contents"; title_line is the line of the title where it was taken from.
    """

    city_slug: str
    city_printed: str
    country_printed: str
    title: str
    title_line: int
    title_from: str
    city_line: int
    first_line: int
    last_line: int
    lead: tuple[int, int]
    lead_lines: tuple[int, ...]
    city_data: CityData
    sections: tuple[Section, ...]
    running_headers: tuple[RunningHeader, ...]

    @property
    def schedule(self) -> tuple[ScheduleEntry, ...]:
        return tuple(entry for section in self.sections for entry in section.schedule)


@dataclass(frozen=True)
class Collection(Document):
    """`publishers_printed` is the line as it stands, `publishers` the bodies in it."""

    title: str
    title_line: int
    publishers_printed: str
    publishers: tuple[str, ...]
    publishers_line: int
    contents: tuple[ContentsEntry, ...]
    cases: tuple[Case, ...]

    def case(self, city_slug: str) -> Case:
        return next(case for case in self.cases if case.city_slug == city_slug)
