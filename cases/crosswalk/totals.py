"""Themes or cities against the articles of declarations: in each cell how many cases of the one answer to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.crosswalk.answers import Answers
from cases.crosswalk.matrix import Column, Group
from listing.addresses import address_of_list
from listing.facets import Counted

LEVELS = 4


@dataclass(frozen=True)
class Cell:
    """How many cases, how many that is beside the fullest cell of the page (0 to LEVELS), and where they are listed."""

    column: Column
    count: int
    level: int
    url: str


@dataclass(frozen=True)
class Row:
    """A theme or city with the number of its cases that answer to anything asked about, and where these are listed."""

    value: str
    label: str
    count: int
    url: str
    cells: Sequence[Cell]


def rows_of(answers: Answers, by: str, counted: Sequence[Counted], groups: Sequence[Group]) -> list[Row]:
    """A row for each of these values of the filter `by`; one request to the index for each."""
    columns = [column for group in groups for column in group.columns]
    numbers = {term.value: answers.answering(by, term.value) for term, _count in counted}
    most = max((n for own in numbers.values() for n in own.values()), default=0)
    full = max(most, LEVELS)  # a single case is no strong colour
    address = answers.address.at(address_of_list("cases:crosswalk"))
    made = []
    for term, count in counted:
        own, here = numbers[term.value], address.setting(by, term.value)
        cells = [
            Cell(column, n, -(-LEVELS * n // full), str(here.setting("article", column.value)))
            for column in columns
            for n in [own.get(column.value, 0)]
        ]
        made.append(Row(term.value, term.label, count, str(here), cells))
    return made
