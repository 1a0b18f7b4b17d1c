"""The alliance's launch page: how it came about, its tasks, the counts it reports, a list it announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..context import Context, Found, Kind, gettext_noop, iso_date
from ..lines import ends_sentence, plain
from ..records import Document, Fact, Noise, RulingKind


@dataclass(frozen=True)
class Task:
    number: int
    heading: str
    line: int


@dataclass(frozen=True)
class Alliance(Document):
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


_META = r"Source: ?(?P<publisher>\S+) +Time: ?(?P<date>\d{4}-\d\d-\d\d) +Clicks: ?(?P<clicks>\d{1,12})"
_DATE = r"(?P<date>(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4}))"
_FOUNDED = rf"formally established at (?P<event>.+?) on {_DATE}"
_NAME = r"set up “(?P<name>[^”]+)” \(hereinafter"
_ORGANISER = r"^In view of this, (?P<organiser>.+?) organized"
_GUIDANCE = r"under the guidance of (?P<guidance>[^.]+)"
_PARTNER = r" and (?P<partner>[A-Z]\S+) signed a (?P<what>Memorandum of Understanding)"
_BASE = r"With paired cities of (?P<base>.+?) as the base"
_SECRETARIAT = r"performed by the (?P<secretariat>[^.]+)"
_AIM = r"^The Alliance aims at"
_COUNTS = {
    "units": r"(?P<count>\d{1,9}) units",
    "cities": r"covering (?P<count>\d{1,9}) cities",
    "new_areas": r"(?P<count>\d{1,9}) national-level new areas",
    "others": r"(?P<count>\d{1,9}) districts, counties and towns",
}
_TASKS = re.compile(r"main tasks of the alliance ?:?", re.IGNORECASE)
_TASK = re.compile(r"(?P<number>\d{1,2})\. ?(?P<heading>[^:]{3,60}): ?\S.*")
_MEMBERS = re.compile(r"list of (?:the )?.*\bmember(?:s| cities).*", re.IGNORECASE)


def read(context: Context) -> Alliance:
    """The alliance. Raises ReadingError for an uncovered line, tasks out of order, a fact not found."""
    return _AllianceReader(context).read()


class _AllianceReader:
    def __init__(self, context: Context) -> None:
        self._context, self._lines = context, context.lines

    def read(self) -> Alliance:
        title, *rest = self._lines.filled()
        self._lines.record(title, "alliance / title")
        meta = self._context.find("source, time and clicks", _META, rest)
        self._lines.record(meta.line, "alliance / publication")
        heading = self._heading("the heading of the tasks", _TASKS, rest)
        members = self._heading("the heading of the member list", _MEMBERS, rest)
        copyright_line = self._copyright(rest)
        tasks = self._tasks(rest, heading, members)
        self._check_member_list(rest, members)
        self._lines.record(members, "alliance / member list heading")
        self._prose(rest)
        return self._alliance(title, meta, heading, tasks, members, copyright_line)

    def _alliance(
        self,
        title: int,
        meta: Found,
        heading: int,
        tasks: tuple[Task, ...],
        members: int,
        copyright_line: int,
    ) -> Alliance:
        find = self._context.find
        founded = find("the founding", _FOUNDED)
        counts = find("the reported counts", _COUNTS["units"]).line
        return Alliance(
            title=self._lines.text(title),
            name=find("the name", _NAME).fact("name"),
            founded=self._date(founded),
            event=founded.fact("event"),
            guidance=find("the guiding body", _GUIDANCE).fact("guidance"),
            organiser=find("the organiser", _ORGANISER).fact("organiser"),
            secretariat=find("the secretariat", _SECRETARIAT).fact("secretariat"),
            partners=(find("the partner", _PARTNER).fact("partner"),),
            base=find("the base", _BASE).fact("base"),
            aim_line=find("the aim", _AIM).line,
            tasks_heading_line=heading,
            tasks=tasks,
            reported_counts={key: self._count(key, pattern, counts) for key, pattern in _COUNTS.items()},
            member_list_heading_line=members,
            member_list_present=False,
            publisher=meta.fact("publisher"),
            published=meta.fact("date"),
            clicks=meta.fact("clicks", int(meta.match["clicks"])),
            copyright_line=copyright_line,
        )

    def _heading(self, what: str, pattern: re.Pattern[str], numbers: Sequence[int]) -> int:
        found = [number for number in numbers if pattern.fullmatch(plain(self._lines.text(number)))]
        if len(found) != 1:
            raise self._lines.error(
                found[1] if found else 0, f"{what} was found {len(found)} times, not once"
            )
        return found[0]

    def _copyright(self, numbers: Sequence[int]) -> int:
        found = [number for number in numbers if "©" in self._lines.text(number)]
        if len(found) != 1:
            raise self._lines.error(
                found[1] if found else 0, f"the copyright line was found {len(found)} times, not once"
            )
        self._lines.noise(found[0], Noise.COPYRIGHT_FOOTER)
        return found[0]

    def _tasks(self, numbers: Sequence[int], heading: int, members: int) -> tuple[Task, ...]:
        self._lines.record(heading, "alliance / tasks heading")
        tasks: list[Task] = []
        for number in numbers:
            match = _TASK.fullmatch(plain(self._lines.text(number)))
            if not match or not heading < number < members:
                continue
            if int(match["number"]) != len(tasks) + 1:
                raise self._lines.error(
                    number, f"task {match['number']} stands where task {len(tasks) + 1} was expected"
                )
            tasks.append(Task(len(tasks) + 1, match["heading"].strip(), number))
            self._lines.record(number, f"alliance / task {len(tasks)}")
        if not tasks:
            raise self._lines.error(heading, "no numbered task follows this heading")
        return tuple(tasks)

    def _check_member_list(self, numbers: Sequence[int], heading: int) -> None:
        """The announced list of members is not there. One that is must not be read as prose."""
        for number in numbers:
            if number > heading and not self._lines.is_used(number):
                problem = (
                    "a line under the heading of the member list, which this reader has only ever seen empty"
                )
                raise self._lines.error(number, problem, "Teach sources/reading/alliance.py to read members.")

    def _prose(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            if self._lines.is_used(number):
                continue
            if self._context.rulings.take(number, RulingKind.CAPTION_IGNORED):
                self._lines.noise(number, Noise.PHOTO_CAPTION)
            elif ends_sentence(self._lines.text(number)):
                self._lines.record(number, "alliance / text")
            else:
                raise self._lines.uncovered(number)

    def _count(self, key: str, pattern: str, line: int) -> Fact:
        found = self._context.find(f"the reported count of {key}", pattern, [line])
        return found.fact("count", int(found.match["count"]))

    def _date(self, found: Found) -> Fact:
        value = iso_date(found.match["day"], found.match["month"], found.match["year"])
        if not value:
            raise self._lines.error(found.line, f"{found.printed('date')!r} is no date")
        return found.fact("date", value)


KIND = Kind("alliance", gettext_noop("alliance announcement"), read)
