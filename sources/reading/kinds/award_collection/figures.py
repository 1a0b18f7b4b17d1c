"""The city data block: labelled values, several on a line or one over several lines, some left blank.

A value runs from its label to the next label or the end of the line. Only the last label, the source of
prosperity, may go on over further lines, and only where its own line has begun a value: a blank field takes
nothing from what follows it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ...errors import ReadingError
from ...lines import BLANK, Lines, ends_sentence, letters, plain, spaced, strip
from ...numbers import TOKEN, whole
from ...records import RulingKind
from ...rulings import Rulings
from .headings import city_data_qualifier
from .records import CityData, Figure

_SQ_KM = r"\( sq \.? km \.? \)"
LABELS = {
    "population": r"Population Size",
    "population_growth_pct": r"Population Growth Rate (?:\( % \))?",
    "area_km2": rf"Surface Area {_SQ_KM}",
    "density_per_km2": r"Population Density \( people / sq \.? km \.? \)",
    "gdp_per_capita_usd": r"GDP Per Capita \( U \.? S \.? \\? \$ \)",
    "gini_index": r"GINI Index",
    "prosperity": r"Main Source of Prosperity",
}
NAMES = tuple(LABELS)
_LABEL = spaced("|".join(rf"(?P<{name}>{label})(?= [:：])" for name, label in LABELS.items()))
_COLON = re.compile(rf"{BLANK}*[:：]")
_MULTIPLIERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_VALUE = re.compile(
    rf"(?P<sign>[-−+])?(?P<number>{TOKEN.pattern}) ?(?P<times>thousand|million|billion|) ?%?"
    r"(?: ?\((?P<scope>[^()]+)\))?",
    re.IGNORECASE | re.ASCII,
)
_SCOPES = ("district", "county")
_LONGEST_CONTINUATION = 15


def read_number(printed: str) -> tuple[Decimal, str] | None:
    """The value of a printed number and the scope in brackets after it; None where it is no number.

    Blanks inside the number, grouping commas, a multiplier glued on or apart: "2.908million" is 2908000,
    "2, 868" is 2868.
    """
    match = _VALUE.fullmatch(plain(printed))
    if not match:
        return None
    value = Decimal(re.sub("[, ]", "", match["number"]))
    if match["times"]:
        value = whole(value * _MULTIPLIERS[match["times"].lower()])
    return (-value if match["sign"] in ("-", "−") else value), match["scope"] or ""


class CityDataReader:
    """Reads the block of one case. `city` is printed over it and gives "16,725 (Dalian)" its scope."""

    def __init__(self, lines: Lines, rulings: Rulings, city: str) -> None:
        self._lines, self._rulings, self._city = lines, rulings, city
        self._figures: list[Figure] = []

    def read(self, heading: int, body: list[int]) -> CityData:
        """The block under this heading line. `body` are its lines, running headers left out.

        Raises ReadingError for a line that neither begins with a known label nor continues a value, for a
        label printed twice, for a number that cannot be read and for a qualifier that names no scope.
        """
        qualifier = city_data_qualifier(self._lines.text(heading)) or ""
        scope = self._scope(heading, qualifier)
        for number in body:
            self._read_line(number)
        if not self._figures:
            raise self._lines.error(heading, "no labelled figure stands under this heading")
        figures = tuple(self._valued(figure) for figure in self._figures)
        return CityData(heading, body[-1], qualifier, scope, figures)

    def _scope(self, heading: int, qualifier: str) -> str:
        if not qualifier:
            return "unlabelled"
        for scope in _SCOPES:
            if scope in qualifier.casefold().split():
                return scope
        problem = f"the qualifier {qualifier!r} names no scope that is known ({', '.join(_SCOPES)})"
        raise self._lines.error(heading, problem, "Add the scope to _SCOPES in sources/reading/figures.py.")

    def _read_line(self, number: int) -> None:
        text = self._lines.all[number - 1]
        labels = list(_LABEL.finditer(text))
        if not labels:
            return self._continue(number)
        if strip(text[: labels[0].start()]) not in ("", "-"):
            raise self._uncovered(number, "words stand before the first label of this line")
        ends = [label.start() for label in labels[1:]] + [len(text)]
        for label, end in zip(labels, ends, strict=True):
            value = text[_COLON.match(text, label.end()).end() : end]
            self._add(
                number, Figure(label.lastgroup, strip(label.group()), strip(value), None, number, number)
            )

    def _add(self, number: int, figure: Figure) -> None:
        if any(earlier.name == figure.name for earlier in self._figures):
            raise self._lines.error(
                number, f"the label {figure.label!r} stands twice in this block of city data"
            )
        self._figures.append(figure)

    def _continue(self, number: int) -> None:
        """Joins the line to the text before it, where that has begun and the line goes on with it."""
        last = self._figures[-1] if self._figures else None
        text = self._lines.text(number)
        prose = ends_sentence(text) or len(text.split()) > _LONGEST_CONTINUATION
        if (
            not last
            or last.name != "prosperity"
            or not last.printed
            or prose
            or not self._follows(last.last_line, number)
        ):
            raise self._uncovered(
                number, "this line has no label known in a block of city data and continues no value"
            )
        self._figures[-1] = replace(last, printed=f"{last.printed} {text}", last_line=number)

    def _follows(self, first: int, second: int) -> bool:
        """Whether nothing but blank lines stands between the two."""
        return not self._lines.filled(first + 1, second - 1)

    def _uncovered(self, number: int, problem: str) -> ReadingError:
        return self._lines.error(
            number, problem, "Add the label to LABELS in sources/reading/figures.py, or correct the text."
        )

    def _valued(self, figure: Figure) -> Figure:
        if not figure.printed:
            return figure
        if figure.name == "prosperity":
            return replace(figure, value=plain(figure.printed))
        ruling = self._rulings.take(figure.first_line, RulingKind.MISREAD_VALUE)
        ruled = figure.printed.replace(ruling.printed, ruling.read_as) if ruling else figure.printed
        number = read_number(ruled)
        if number is None:
            fix = self._lines.ruling_to_add(figure.first_line, "misread_value", printed=figure.printed)
            raise self._lines.error(
                figure.first_line, f"{figure.printed!r} is no number that can be read", fix
            )
        return replace(figure, value=number[0], scope=self._figure_scope(figure, number[1]))

    def _figure_scope(self, figure: Figure, bracket: str) -> str:
        if not bracket:
            return ""
        if letters(bracket) == letters(self._city):
            return "whole city"
        raise self._lines.error(
            figure.first_line, f"the bracket {bracket!r} after this figure names no scope that is known"
        )
