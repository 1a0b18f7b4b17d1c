"""One case of the collection: title, city line, lead, city data, sections, running headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...context import Context
from ...lines import ends_sentence, letters, slug
from ...records import Fact, Noise, NumberKind, RulingKind
from .figures import CityDataReader
from .headings import is_running_header
from .records import Case, CityData, RunningHeader
from .sections import SectionsReader


@dataclass(frozen=True)
class Start:
    """Where a case begins and what it is called; see documents.Case."""

    first_line: int
    title: Fact
    title_from: str
    city_line: int
    city: str
    country: str


class CaseReader:
    """Reads one case. Each of its lines is used up, or ReadingError says which is not and what to add."""

    def __init__(self, context: Context, start: Start) -> None:
        self._context, self._start = context, start
        self._lines, self._rulings = context.lines, context.rulings
        self._path = f"case {slug(start.city)}"
        self._headers: list[RunningHeader] = []

    def read(self, numbers: Sequence[int], city_data_line: int) -> Case:
        """The case on these non-blank lines, whose block of city data is headed on the given line."""
        start = self._start
        if start.title_from == "body":
            self._lines.record(start.title.line, f"{self._path} / title")
        self._lines.record(start.city_line, f"{self._path} / city line")
        body = [number for number in numbers if number > start.city_line and not self._is_header(number)]
        lead = self._read_lead([number for number in body if number < city_data_line])
        rest = [number for number in body if number > city_data_line]
        sections = SectionsReader(self._lines, self._rulings, self._path)
        first = next((number for number in rest if sections.heading(number)), None)
        if first is None:
            raise self._lines.error(city_data_line, "no section follows this block of city data")
        city_data = self._read_city_data(city_data_line, [number for number in rest if number < first])
        return Case(
            city_slug=slug(start.city),
            city_printed=start.city,
            country_printed=start.country,
            title=start.title.printed,
            title_line=start.title.line,
            title_from=start.title_from,
            city_line=start.city_line,
            first_line=start.first_line,
            last_line=numbers[-1],
            lead=(lead[0], lead[-1]),
            lead_lines=tuple(lead),
            city_data=city_data,
            sections=sections.read([number for number in rest if number >= first]),
            running_headers=tuple(self._headers),
        )

    def _read_lead(self, numbers: Sequence[int]) -> list[int]:
        """The unheaded opening: every line of prose between city line and city data."""
        lead = []
        for number in numbers:
            if self._rulings.take(number, RulingKind.CAPTION_IGNORED):
                self._lines.noise(number, Noise.PHOTO_CAPTION)
            elif ends_sentence(self._lines.text(number)):
                lead.append(number)
            else:
                raise self._lines.uncovered(
                    number, problem="this line stands in an opening paragraph and ends like no sentence"
                )
        if not lead:
            raise self._lines.error(
                self._start.city_line, "this case has no opening paragraph between city line and city data"
            )
        self._lines.record(lead, f"{self._path} / lead")
        return lead

    def _read_city_data(self, heading: int, body: list[int]) -> CityData:
        city_data = CityDataReader(self._lines, self._rulings, self._start.city).read(heading, body)
        self._lines.record([heading, *body], f"{self._path} / city data")
        for number in [heading, *body]:
            self._context.number_rules[number] = NumberKind.CITY_DATA
        return city_data

    def _is_header(self, number: int) -> bool:
        """Whether the line is a running header or a stray symbol; uses it up as noise where it is.

        The case's own header is known by rule, that of another needs a ruling.
        """
        text = self._lines.text(number)
        if not letters(text):
            self._lines.noise(number, Noise.STRAY_SYMBOL)
            return True
        if not is_running_header(text):
            return False
        if self._rulings.take(number, RulingKind.NOT_A_HEADING):
            return False
        foreign = letters(text) != letters(self._start.city + self._start.country)
        if foreign and not self._rulings.take(number, RulingKind.HEADER_IGNORED):
            raise self._lines.uncovered(
                number, "header_ignored or not_a_heading", "a running header that is not this case's"
            )
        self._lines.noise(number, Noise.FOREIGN_RUNNING_HEADER if foreign else Noise.RUNNING_HEADER)
        self._headers.append(RunningHeader(number, text, foreign))
        return True
