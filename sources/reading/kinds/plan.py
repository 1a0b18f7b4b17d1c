"""The article on a city's internationalisation plan: stages, campaigns, targets, benchmarks, fields.

The article is prose; each fact is found by the phrase that carries it, and every paragraph belongs to the
article's text or, where it names one, to a field of action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..context import Context, Found, Kind, gettext_noop
from ..lines import ends_sentence, even, plain, slug
from ..records import Document, Fact, Noise


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
class Plan(Document):
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


_NAVIGATION = re.compile(r"\w[\w ]*(?: > \w[\w ,’']*)+")
_CUSTOMER_SERVICE = re.compile(r"customer service ?:.*", re.IGNORECASE)
_AUTHOR = r"^By (?P<author>[A-Z]\w+(?: [A-Z]\w+)+)$"
_SUBHEADING_WORDS = 6
_STAGES = r"making \w+ (?P<first>an? [^.]+?) by (?P<due1>\d{4}) and (?P<second>an? [^.]+?) by (?P<due2>\d{4})"
_STAGE_MARKS = (r"\bfirst (?:period|stage)\b", r"\bsecond (?:period|stage)\b|\b[Ff]rom {due1} to {due2}\b")
_CAMPAIGNS = r"(?P<campaigns>(?P<number>\w+) (?:key )?campaigns)\b"
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_GAP = (
    r"(?P<due>in the next (?:\w+ to )?\w+ years), to "
    r"(?P<target>narrow the gap between \w+ and (?P<city>[A-Z]\w+))"
)
_UPGRADE = (
    r"(?P<due>[Ff]rom \d{4} to (?P<year>\d{4})), \w+ will seek to (?P<target>upgrade its industries[^.]*)"
)
_TWINS = r"(?P<target>(?P<value>\d{1,3}) (?P<unit>percent) of its schools have a twin school abroad)"
_SCHOOLS = (
    r"(?P<due>[Bb]y the end of (?P<year>\d{4})), the city will try to establish "
    r"(?P<target>(?P<value>\w+) international (?P<unit>schools))"
)
_CITIES = (
    r"learn from the experience of (?P<a>[A-Z]\w+) and (?P<b>[A-Z]\w+)",
    r"examples of (?P<a>[A-Z]\w+(?: [A-Z]\w+)?) and (?P<b>[A-Z]\w+)",
)
_OTHERS = (r"gap with (?P<a>the developed countries)", r"of (?P<a>the world’s best hospitals)")
_FIELDS = {
    "foreign-investment-and-infrastructure": r"attracting foreign investment",
    "port-trade-and-finance": r"international harbor to boost international trade",
    "business-zones": r"business zones",
    "city-connections": r"connections with more cities",
    "industry": r"upgrade its industries",
    "people-and-social-management": r"key areas of the campaigns",
    "private-enterprises": r"private (?:enterprises|companies)",
    "headquarters": r"establish headquarters",
    "environment": r"natural environment",
    "health-care": r"health care sector",
    "education": r"education sector|international schools",
    "languages": r"multilingual",
}


def read(context: Context) -> Plan:
    """The plan. Raises ReadingError for a line that no rule covers and for a fact not found."""
    return _PlanReader(context).read()


class _PlanReader:
    def __init__(self, context: Context) -> None:
        self._context, self._lines = context, context.lines

    def read(self) -> Plan:
        title, author = self._read_head()
        prose = self._read_prose(author.line)
        stages = self._stages(prose)
        return Plan(
            title=self._lines.text(title),
            title_line=title,
            author=author,
            stages=stages,
            campaigns=self._campaigns(prose),
            campaigns_listed=False,
            targets=self._stage_targets(stages) + self._other_targets(prose),
            benchmarks=self._benchmarks(prose),
            fields=self._fields(prose),
        )

    def _read_head(self) -> tuple[int, Fact]:
        author = self._context.find("the author", _AUTHOR)
        self._lines.record(author.line, "plan / author")
        title = 0
        for number in self._lines.filled(1, author.line - 1):
            if not title and _NAVIGATION.fullmatch(plain(self._lines.text(number))):
                self._lines.noise(number, Noise.WEBSITE_NAVIGATION)
            elif title:
                raise self._lines.error(number, "no rule covers this line between title and author")
            else:
                title = number
                self._lines.record(number, "plan / title")
        if not title:
            raise self._lines.error(author.line, "no title stands above the author")
        return title, author.fact("author")

    def _read_prose(self, after: int) -> list[int]:
        """The paragraphs of the article; a sub-heading belongs to the field of action that follows it."""
        prose = []
        for number in self._lines.filled(after + 1):
            text = plain(self._lines.text(number))
            if _CUSTOMER_SERVICE.fullmatch(text):
                self._lines.noise(number, Noise.CUSTOMER_SERVICE)
            elif ends_sentence(text) or self._is_subheading(number):
                prose.append(number)
            else:
                raise self._lines.error(
                    number, "this line is neither a paragraph nor a sub-heading that names a field of action"
                )
        return prose

    def _is_subheading(self, number: int) -> bool:
        words = self._lines.text(number).split()
        return len(words) <= _SUBHEADING_WORDS and bool(self._names_field(number))

    def _names_field(self, number: int) -> str:
        text = even(self._lines.text(number))
        if text.startswith("“"):
            return ""
        return next((key for key, pattern in _FIELDS.items() if re.search(pattern, text)), "")

    def _fields(self, prose: Sequence[int]) -> tuple[ActionField, ...]:
        """Runs of paragraphs that name the same field; the others are the article's text."""
        fields: list[ActionField] = []
        previous = ""
        for number in prose:
            key = self._names_field(number)
            self._lines.record(number, f"plan / field {key}" if key else "plan / text")
            if key and key == previous:
                fields[-1] = ActionField(key, fields[-1].first_line, number)
            elif key:
                fields.append(ActionField(key, number, number))
            previous = key
        return tuple(fields)

    def _stages(self, prose: Sequence[int]) -> tuple[Stage, ...]:
        found = self._context.find("the stages", _STAGES, prose)
        dues = {"due1": found.match["due1"], "due2": found.match["due2"]}
        stages = []
        for number, (group, mark) in enumerate(zip(("first", "second"), _STAGE_MARKS, strict=True), 1):
            pattern = mark.format(**dues)
            lines = [
                line
                for line in prose
                if line != found.line and re.search(pattern, even(self._lines.text(line)))
            ]
            stages.append(
                Stage(number, dues[f"due{number}"], found.printed(group), found.line, (found.line, *lines))
            )
        return tuple(stages)

    def _campaigns(self, prose: Sequence[int]) -> tuple[Fact, ...]:
        found = [
            match
            for line in prose
            if (match := self._context.search(_CAMPAIGNS, [line])) and match.match["number"] in _WORDS
        ]
        if not found:
            raise self._lines.error(0, "the number of campaigns was not found")
        return tuple(each.fact("campaigns", _WORDS[each.match["number"]]) for each in found)

    def _stage_targets(self, stages: Sequence[Stage]) -> tuple[Target, ...]:
        return tuple(
            Target(f"stage-{stage.number}", stage.printed, stage.line, stage.due, f"by {stage.due}")
            for stage in stages
        )

    def _other_targets(self, prose: Sequence[int]) -> tuple[Target, ...]:
        find = self._context.find
        gap = find("the gap to narrow", _GAP, prose)
        upgrade = find("the upgrade of industries", _UPGRADE, prose)
        twins = find("the share of twin schools", _TWINS, prose)
        schools = find("the new schools", _SCHOOLS, prose)
        number = _WORDS.get(schools.match["value"])
        if number is None:
            raise self._lines.error(schools.line, f"{schools.match['value']!r} is no number that is known")
        return (
            _target(f"gap-with-{slug(gap.match['city'])}", gap),
            _target("industry-upgrade", upgrade),
            _target("twin-schools", twins, Decimal(twins.match["value"]), twins.match["unit"]),
            _target("international-schools", schools, Decimal(number), schools.match["unit"]),
        )

    def _benchmarks(self, prose: Sequence[int]) -> tuple[Benchmark, ...]:
        found = [self._context.find("the cities to learn from", pattern, prose) for pattern in _CITIES]
        gap = self._context.find("the gap to narrow", _GAP, prose)
        cities = [Benchmark(each.printed(group), "city", each.line) for each in found for group in ("a", "b")]
        cities.append(Benchmark(gap.printed("city"), "city", gap.line))
        others = [
            self._context.find("what the city measures itself against", pattern, prose) for pattern in _OTHERS
        ]
        marks = cities + [Benchmark(each.printed("a"), "other", each.line) for each in others]
        return tuple(sorted(marks, key=lambda mark: mark.line))


def _target(key: str, found: Found, value: Decimal | None = None, unit: str = "") -> Target:
    """The target of a phrase; due where the phrase has a year."""
    groups = found.match.groupdict()
    due_printed = found.printed("due") if "due" in groups else ""
    return Target(
        key, found.printed("target"), found.line, groups.get("year") or "", due_printed, value, unit
    )


KIND = Kind("plan", gettext_noop("article on a city's plan"), read)
