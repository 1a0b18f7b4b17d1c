"""The award collection: title pages, a contents list in two parts, and the cases one after the other.

A case begins with its title, or with the city line where the body prints no title. The city line is known
by its form ("City, Country", stray symbols before it) and by the running header or contents entry that
names the same city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...context import Context
from ...lines import Lines, ends_sentence, letters, plain
from ...records import Fact, Noise, NumberKind, RulingKind
from .cases import CaseReader, Start
from .headings import city_data_qualifier, is_running_header
from .records import Case, Collection, ContentsEntry

_ENTRY = re.compile(r"(?:(?P<page>\d{1,3}) )?(?P<city>[A-Z][\w' -]{1,30}): (?P<title>\S.*)")
_NAME = r"[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3}"
_CITY_LINE = re.compile(rf"(?:[^\w\s(]+ )?(?P<city>{_NAME}) ?, ?(?P<country>{_NAME})")
_CONTENTS = "contents"
_LONGEST_TITLE = 25
_GAP_OVER_TITLE = 3


@dataclass(frozen=True)
class _CityLine:
    line: int
    city: str
    country: str


def read(context: Context) -> Collection:
    """The collection. Raises ReadingError for a line that no rule covers and for a case that lacks a part."""
    return _CollectionReader(context).read()


class _CollectionReader:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._lines: Lines = context.lines
        self._contents: list[ContentsEntry] = []

    def read(self) -> Collection:
        front_end = self._read_contents()
        cities = self._city_lines(front_end + 1)
        if not cities:
            raise self._lines.error(0, "no case was found: no line names a city and its country")
        starts = [
            self._start(city, cities[place - 1].line if place else front_end)
            for place, city in enumerate(cities)
        ]
        title, publishers = self._read_front(starts[0].first_line - 1)
        cases = tuple(self._read_case(starts, place) for place in range(len(starts)))
        self._check_slugs(cases)
        self._check_contents(cases)
        names = self._publishers(publishers)
        return Collection(
            title=title.printed,
            title_line=title.line,
            publishers_printed=publishers.printed,
            publishers=names,
            publishers_line=publishers.line,
            contents=tuple(self._contents),
            cases=cases,
        )

    # --- title pages and contents

    def _read_contents(self) -> int:
        """Reads the contents list and gives its last line. Its page numbers are told by rule."""
        begun, end = False, 0
        for number in self._lines.filled():
            text = plain(self._lines.text(number))
            entry = _ENTRY.fullmatch(text) if begun else None
            if text.casefold() == _CONTENTS:
                begun = True
                self._lines.noise(number, Noise.CONTENTS_HEADING)
            elif entry:
                self._add_entry(number, entry)
            elif begun:
                break
            end = number if begun else end
        if not self._contents:
            raise self._lines.error(
                0, "the contents list was not found: no line says CONTENTS with entries under it"
            )
        return end

    def _add_entry(self, number: int, entry: re.Match[str]) -> None:
        page = int(entry["page"]) if entry["page"] else None
        if page is not None:
            self._context.number_rules[number] = NumberKind.PAGE_NUMBER
        self._contents.append(ContentsEntry(number, page, entry["city"].strip(), entry["title"]))
        self._lines.record(number, "collection / contents")

    def _read_front(self, last: int) -> tuple[Fact, Fact]:
        """Title and publishers: the first two lines; the same two again are a title page."""
        numbers = [number for number in self._lines.filled(1, last) if not self._lines.is_used(number)]
        if len(numbers) < 2:
            raise self._lines.error(0, "title and publishers were not found before the first case")
        title, publishers = (Fact(text := self._lines.text(line), text, line) for line in numbers[:2])
        self._lines.record(title.line, "collection / title")
        self._lines.record(publishers.line, "collection / publishers")
        known = {letters(title.printed), letters(publishers.printed)}
        for number in numbers[2:]:
            if letters(self._lines.text(number)) not in known:
                raise self._lines.error(number, "no rule covers this line before the first case")
            self._lines.noise(number, Noise.TITLE_PAGE)
        return title, publishers

    def _publishers(self, printed: Fact) -> tuple[str, ...]:
        ruling = self._context.rulings.take(printed.line, RulingKind.NAMES_JOINED)
        return tuple(name.strip() for name in ruling.read_as.split(";")) if ruling else (printed.printed,)

    # --- where the cases begin

    def _city_lines(self, first: int) -> list[_CityLine]:
        """The lines that name a case's city, each borne out by a running header or contents entry."""
        known = {letters(entry.city) for entry in self._contents}
        headers = {
            letters(text)
            for text in map(self._lines.text, self._lines.filled(first))
            if plain(text).isupper()
        }
        found = []
        for number in self._lines.filled(first):
            match = _CITY_LINE.fullmatch(plain(self._lines.text(number)))
            if not match or plain(self._lines.text(number)).isupper():
                continue
            if letters(match["city"]) in known or letters(match["city"] + match["country"]) in headers:
                found.append(_CityLine(number, match["city"], match["country"]))
        return found

    def _start(self, city: _CityLine, after: int) -> Start:
        """Where the case of this city line begins, and its title."""
        entry = next((entry for entry in self._contents if letters(entry.city) == letters(city.city)), None)
        above = self._lines.filled(after + 1, city.line - 1)
        if above and self._is_title(above[-1], above[-2] if len(above) > 1 else after):
            self._check_title(above[-1], entry)
            title = Fact(self._lines.text(above[-1]), self._lines.text(above[-1]), above[-1])
            return Start(title.line, title, "body", city.line, city.city, city.country)
        if not entry:
            problem = (
                "this case has no title: none stands over it and the contents list has none for its city"
            )
            raise self._lines.error(city.line, problem)
        if not self._context.rulings.take(entry.line, RulingKind.TITLE_FROM_CONTENTS):
            fix = self._lines.ruling_to_add(entry.line, "title_from_contents", entry.title, entry.title)
            problem = "no title stands over this case; the contents list has one"
            raise self._lines.error(city.line, problem, fix)
        title = Fact(entry.title, entry.title, entry.line)
        return Start(city.line, title, "contents", city.line, city.city, city.country)

    def _is_title(self, number: int, before: int) -> bool:
        """Whether the line over a city line is a title and not the last line of the case above it."""
        if number - before < _GAP_OVER_TITLE or self._context.rulings.take(number, RulingKind.NOT_A_HEADING):
            return False
        text = plain(self._lines.text(number))
        return len(text.split()) <= _LONGEST_TITLE and not ends_sentence(text) and not is_running_header(text)

    def _check_title(self, number: int, entry: ContentsEntry | None) -> None:
        """Wants a ruling where contents and body print two titles."""
        if entry is None or letters(entry.title) == letters(self._lines.text(number)):
            return
        if not self._context.rulings.take(number, RulingKind.TITLE_DIFFERS):
            fix = self._lines.ruling_to_add(number, "title_differs or not_a_heading", entry.title)
            raise self._lines.error(
                number, f"the contents list gives another title for this case (line {entry.line})", fix
            )

    # --- the cases

    def _read_case(self, starts: list[Start], place: int) -> Case:
        last = starts[place + 1].first_line - 1 if place + 1 < len(starts) else len(self._lines)
        numbers = self._lines.filled(starts[place].first_line, last)
        headings = [number for number in numbers if city_data_qualifier(self._lines.text(number)) is not None]
        if not headings:
            raise self._lines.error(starts[place].city_line, "this case has no city data")
        if len(headings) > 1:
            problem = "a second block of city data within one case: its city line is missing"
            raise self._lines.error(headings[1], problem)
        return CaseReader(self._context, starts[place]).read(numbers, headings[0])

    def _check_slugs(self, cases: tuple[Case, ...]) -> None:
        for place, case in enumerate(cases):
            if case.city_slug in {earlier.city_slug for earlier in cases[:place]}:
                raise self._lines.error(case.city_line, f"two cases have the city {case.city_printed!r}")

    def _check_contents(self, cases: tuple[Case, ...]) -> None:
        """A case announced and not found has been lost in the text of another."""
        found = {letters(case.city_printed) for case in cases}
        for entry in self._contents:
            if letters(entry.city) not in found:
                raise self._lines.error(
                    entry.line, "the contents list announces a case that was not found in the body"
                )
