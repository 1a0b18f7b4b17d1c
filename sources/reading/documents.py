"""What each kind of document is read into. See records.py for the conventions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Fact:
    """A value with the place it was read from; `value` is "" where it is not printed in full."""

    value: str | int | Decimal
    printed: str
    line: int


# --- the award collection


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
class Collection:
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


# --- the declarations


@dataclass(frozen=True)
class Article:
    """`number_as_printed` is "I" or "1"; text_lines has the heading's line where it carries text."""

    number: int
    number_as_printed: str
    heading: str
    first_line: int
    last_line: int
    text_lines: tuple[int, ...]


@dataclass(frozen=True)
class NamedCount:
    """A number the document names: `what` is counted, `date` the year its sentence gives ("" where none)."""

    what: str
    value: Decimal
    printed: str
    unit: str
    date: str
    line: int


@dataclass(frozen=True)
class Declaration:
    """`adopted` and `held` carry ISO dates (an interval with "/"); `closing` may be missing."""

    title: str
    title_line: int
    adopted: Fact
    held: Fact
    place: Fact
    occasion: Fact
    preamble: tuple[int, int]
    articles: tuple[Article, ...]
    closing: tuple[int, int] | None
    counts: tuple[NamedCount, ...]


# --- the alliance


@dataclass(frozen=True)
class Task:
    number: int
    heading: str
    line: int


@dataclass(frozen=True)
class Alliance:
    """`reported_counts` has the keys units, cities, new_areas, others."""

    title: str
    name: Fact
    founded: Fact
    event: Fact
    guidance: Fact
    organiser: Fact
    secretariat: Fact
    partners: tuple[Fact, ...]
    base: Fact
    aim_line: int
    tasks_heading_line: int
    tasks: tuple[Task, ...]
    reported_counts: dict[str, Fact]
    member_list_heading_line: int
    member_list_present: bool
    publisher: Fact
    published: Fact
    clicks: Fact
    copyright_line: int


# --- the plan


@dataclass(frozen=True)
class Stage:
    """`lines` are those that describe the stage, the one that names it first."""

    number: int
    due: str
    printed: str
    line: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Target:
    """`printed` is the phrase of the source; `due` is EDTF, "" where the source gives no year."""

    key: str
    printed: str
    line: int
    due: str
    due_printed: str
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Benchmark:
    """What the city measures itself against; `kind` is "city" or "other"."""

    name: str
    kind: str
    line: int


@dataclass(frozen=True)
class ActionField:
    key: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Plan:
    """`campaigns` are the places that say how many; campaigns_listed: whether they are named."""

    title: str
    title_line: int
    author: Fact
    stages: tuple[Stage, ...]
    campaigns: tuple[Fact, ...]
    campaigns_listed: bool
    targets: tuple[Target, ...]
    benchmarks: tuple[Benchmark, ...]
    fields: tuple[ActionField, ...]


Document = Collection | Declaration | Alliance | Plan
