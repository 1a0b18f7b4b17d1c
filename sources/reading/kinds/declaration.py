"""Declarations: a preamble, numbered articles, and sometimes a closing paragraph.

Two layouts are known. Numbered proposals stand one to a line and begin with a sentence that serves as their
heading; articles under a roman number have a heading of their own and paragraphs one blank line apart, and
a wider gap ends them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..context import Context, Found, Kind, gettext_noop, iso_date
from ..lines import even, letters, plain, strip, unbulleted
from ..numbers import whole
from ..records import Document, Fact, Noise, RulingKind


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
class Declaration(Document):
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


_NAVIGATION = re.compile(r"(?:skip to main content|(?:top|bottom) of page)", re.IGNORECASE)
_PAGE_NAME = re.compile(r"[A-Z][A-Z -]*")
_ROMAN = re.compile(r"(?P<number>[IVX]+)\s+[–—-]\s*(?P<heading>\S.*)")
_ARABIC = re.compile(r"(?P<number>\d{1,2})\. ?(?P<text>(?P<heading>[^.]+)\..*)")
_WIDE_GAP = 3
_DATE = r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})"
_DATE_AMERICAN = r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})"
_APPROVED = (
    rf"\(Officially approved on (?P<date>{_DATE_AMERICAN}) on the occasion of (?:the )?(?P<occasion>[^)]+)\)"
)
_DATELINE = rf"^(?P<place>[^|\d]+?) \| (?P<date>{_DATE})$"
_HELD_AMERICAN = r"(?P<held>(?P<month>[A-Z][a-z]+) (?P<from>\d{1,2})[-–](?P<to>\d{1,2}), (?P<year>\d{4}))"
_TH = r"(?:st|nd|rd|th)"
_HELD_NO_YEAR = rf"from (?P<held>(?P<from>\d{{1,2}}){_TH} to (?P<to>\d{{1,2}}){_TH} (?P<month>[A-Z][a-z]+))"
_GATHERED = r"gathered in (?P<place>[A-Z][\w' ]+?) from"
_COUNTS = (
    (r"(?P<number>\d[\d,]*) (?P<what>cities)\b", ""),
    (r"(?P<number>\d[\d,]*) (?P<what>countries and regions)\b", ""),
    (r"urban populations? .*?(?P<number>\d+(?:\.\d+)?) (?P<unit>billion|million)", "urban population"),
    (r"(?P<number>\d+(?:\.\d+)?) ?(?P<unit>%) of the total", "urban population, share of the total"),
)
_UNITS = {
    None: (Decimal(1), ""),
    "billion": (Decimal(10**9), ""),
    "million": (Decimal(10**6), ""),
    "%": (Decimal(1), "%"),
}
_YEAR = re.compile(r"\b[Ii]n (?P<year>\d{4})\b")


@dataclass(frozen=True)
class _Opening:
    """The line that begins an article; `own_text` says whether its text begins on the same line."""

    line: int
    number: int
    printed: str
    heading: str
    own_text: bool


def read(context: Context) -> Declaration:
    """The declaration. Raises ReadingError for a stray line, articles out of order, a fact not found."""
    return _DeclarationReader(context).read()


class _DeclarationReader:
    def __init__(self, context: Context) -> None:
        self._context, self._lines = context, context.lines

    def read(self) -> Declaration:
        title_line = self._read_head()
        openings = self._openings()
        articles, closing = self._read_articles(openings)
        preamble = self._read_preamble(openings[0].line)
        adopted, place, occasion = self._adoption(preamble)
        body = self._lines.filled(preamble[0], articles[-1].last_line)
        return Declaration(
            title=self._lines.text(title_line),
            title_line=title_line,
            adopted=adopted,
            held=self._held(preamble),
            place=place,
            occasion=occasion,
            preamble=(preamble[0], preamble[-1]),
            articles=articles,
            closing=closing,
            counts=self._counts(body),
        )

    def _read_head(self) -> int:
        """Navigation, page name, title and its repetition; gives the line of the title."""
        title = 0
        for number in self._lines.filled():
            text = plain(self._lines.text(number))
            if _NAVIGATION.fullmatch(text) or (not title and _PAGE_NAME.fullmatch(text)):
                self._lines.noise(number, Noise.WEBSITE_NAVIGATION)
            elif not title:
                title = number
                self._lines.record(number, "declaration / title")
            elif letters(text) == letters(self._lines.text(title)):
                self._lines.noise(number, Noise.TITLE_PAGE)
        if not title:
            raise self._lines.error(0, "the title was not found")
        return title

    def _openings(self) -> list[_Opening]:
        found = [
            opening
            for number in self._lines.filled()
            if (opening := _opening(number, self._lines.text(number)))
        ]
        for place, opening in enumerate(found, 1):
            if opening.number != place:
                raise self._lines.error(
                    opening.line, f"article {opening.printed} stands where article {place} was expected"
                )
        if not found:
            raise self._lines.error(0, "no articles were found: no line begins with a number and a heading")
        return found

    def _read_articles(
        self, openings: Sequence[_Opening]
    ) -> tuple[tuple[Article, ...], tuple[int, int] | None]:
        articles, closing = [], None
        for place, opening in enumerate(openings):
            last_one = place + 1 == len(openings)
            end = len(self._lines) if last_one else openings[place + 1].line - 1
            text, beyond = self._article_text(opening, end)
            if beyond and not last_one:
                raise self._lines.error(
                    beyond[0],
                    f"this line stands between the articles {opening.number} and {opening.number + 1}",
                )
            articles.append(self._article(opening, text))
            if beyond:
                self._lines.record(beyond, "declaration / closing")
                closing = beyond[0], beyond[-1]
        return tuple(articles), closing

    def _article_text(self, opening: _Opening, end: int) -> tuple[list[int], list[int]]:
        """The lines of the article's text and the lines after the wide gap that ends it."""
        numbers = [
            number for number in self._lines.filled(opening.line + 1, end) if not self._lines.is_used(number)
        ]
        text = [opening.line] if opening.own_text else []
        for place, number in enumerate(numbers):
            if text and number - text[-1] > _WIDE_GAP:
                return text, numbers[place:]
            text.append(number)
        if not text:
            raise self._lines.error(opening.line, "no text follows the heading of this article")
        return text, []

    def _article(self, opening: _Opening, text: list[int]) -> Article:
        self._lines.record(sorted({opening.line, *text}), f"declaration / article {opening.number}")
        return Article(opening.number, opening.printed, opening.heading, opening.line, text[-1], tuple(text))

    def _read_preamble(self, before: int) -> list[int]:
        """Every line above the first article that tells neither date, place nor occasion."""
        free = [number for number in self._lines.filled(1, before - 1) if not self._lines.is_used(number)]
        prose = [number for number in free if not self._is_facts_line(number)]
        if not prose:
            raise self._lines.error(before, "no preamble stands before the first article")
        for number in free:
            if number not in prose and number > prose[0]:
                raise self._lines.error(
                    number, "this line looks like one of the document's head and stands within the preamble"
                )
        self._lines.record([number for number in free if number not in prose], "declaration / occasion")
        self._lines.record(prose, "declaration / preamble")
        return prose

    def _is_facts_line(self, number: int) -> bool:
        text = plain(self._lines.text(number))
        return bool(re.search(_APPROVED, text) or re.search(_DATELINE, text)) or (
            len(text.split()) < 10 and text[-1] not in ".:;,”"
        )

    def _adoption(self, preamble: Sequence[int]) -> tuple[Fact, Fact, Fact]:
        """When, where and on which occasion it was adopted, by either form of such a head."""
        if approved := self._context.search(_APPROVED):
            place = self._context.find("the place", _GATHERED, preamble).fact("place")
            return self._date(approved), place, approved.fact("occasion")
        head = self._lines.filled(1, preamble[0] - 1)
        dateline = self._context.find("the date of adoption", _DATELINE, head)
        occasion = self._context.find(
            "the occasion", r"(?P<occasion>.*\b(?:Forum|Conference|Congress|Summit)\b.*)", head
        )
        return self._date(dateline), dateline.fact("place"), occasion.fact("occasion")

    def _date(self, found: Found) -> Fact:
        value = iso_date(found.match["day"], found.match["month"], found.match["year"])
        if not value:
            raise self._lines.error(found.line, f"{found.printed('date')!r} is no date")
        return found.fact("date", value)

    def _held(self, preamble: Sequence[int]) -> Fact:
        """The days of the meeting; without a printed year the value is what a ruling supplies, else ""."""
        if found := self._context.search(_HELD_AMERICAN, preamble):
            days = [
                iso_date(found.match[end], found.match["month"], found.match["year"])
                for end in ("from", "to")
            ]
            return found.fact("held", "/".join(days) if all(days) else "")
        found = self._context.find("the days of the meeting", _HELD_NO_YEAR, preamble)
        ruling = self._context.rulings.take(found.line, RulingKind.YEAR_SUPPLIED)
        return found.fact("held", ruling.read_as if ruling else "")

    def _counts(self, numbers: Sequence[int]) -> tuple[NamedCount, ...]:
        return tuple(count for number in numbers for count in _named_counts(number, self._lines.text(number)))


def _opening(number: int, text: str) -> _Opening | None:
    """The article that a line opens, None where it opens none."""
    line = unbulleted(text)
    if match := _ROMAN.fullmatch(even(line)):
        heading = strip(line[match.start("heading") :])
        value = _roman(match["number"])
        return _Opening(number, value, match["number"], heading, False) if value else None
    if match := _ARABIC.fullmatch(even(line)):
        heading = strip(line[match.start("heading") : match.end("heading")])
        return _Opening(number, int(match["number"]), match["number"], heading, True)
    return None


def _roman(printed: str) -> int:
    """The value of a roman number up to XXXIX, 0 where the letters are none."""
    tens = re.fullmatch(r"(X{0,3})(IX|IV|V?I{0,3})", printed)
    if not tens:
        return 0
    ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(tens[1]) + ones[tens[2]]


def _named_counts(line: int, text: str) -> list[NamedCount]:
    """The counts a line names, in order, each with the year its sentence gives."""
    found = {}
    for sentence in re.finditer(r".+?(?:\. |$)", even(text)):
        year = _YEAR.search(sentence.group())
        for pattern, what in _COUNTS:
            for match in re.finditer(pattern, sentence.group()):
                start = sentence.start() + match.start("number")
                printed = text[start:][: len(_printed(match))]
                found[start] = _named_count(match, what, printed, year["year"] if year else "", line)
    return [found[start] for start in sorted(found)]


def _printed(match: re.Match[str]) -> str:
    """The number with its unit, if it has one."""
    return match.string[
        match.start("number") : match.end("unit" if "unit" in match.groupdict() else "number")
    ]


def _named_count(match: re.Match[str], what: str, printed: str, year: str, line: int) -> NamedCount:
    factor, unit = _UNITS[match.groupdict().get("unit")]
    value = whole(Decimal(match["number"].replace(",", "")) * factor)
    return NamedCount(what or match["what"], value, printed, unit, year, line)


KIND = Kind("declaration", gettext_noop("declaration"), read)
