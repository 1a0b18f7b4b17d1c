"""What a row of a list holds, for every format alike."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

from listing.addresses import around

Value = str | int | Decimal | list | None


class Holds(Enum):
    """What kind of value a column holds, for descriptions that programs read."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    LINE = "line"  # one line as a number, several as text: 83, "75-79"
    TEXTS = "list of texts"
    INTEGERS = "list of integers"
    ADDRESS = "address"


class OnSite(str):
    """A path on this site ("/cases/a/"): exports write it with the host in front."""

    __slots__ = ()


@dataclass(frozen=True)
class Stored:
    """How a record gives a value that it holds as it is, in an attribute of that name."""

    attribute: str

    def __call__(self, record: Any) -> Value:
        return getattr(record, self.attribute)

    def many(self, held: Sequence[Any]) -> Sequence[Value]:
        """The values of many records, from what they hold in that attribute."""
        return held


@dataclass(frozen=True)
class PageOf(Stored):
    """The address of a record's page, which is made from its slug by `view`."""

    view: str

    def __call__(self, record: Any) -> OnSite:
        return OnSite(record.get_absolute_url())

    def many(self, held: Sequence[str]) -> Sequence[OnSite]:
        before, after = around(self.view)
        return [OnSite(f"{before}{slug}{after}") for slug in held]


@dataclass(frozen=True)
class Column:
    """One column: its name in CSV and key in JSON, how a record gives its value, what it means.

    `reads` names the one attribute of a record that the value is made from. Where every column of a table says so,
    long exports make each cell once for all the records that share it (listing/bulk.py). Every row of a column that is
    `always` there has a value in it; lists are never empty cells, but may be empty lists.
    """

    name: str
    value: Callable[[Any], Value]
    doc: str
    unit: str = ""
    reads: str = ""
    holds: Holds = Holds.TEXT
    always: bool = False


@dataclass(frozen=True)
class Table:
    """The columns of one kind of row. `name` is that of the file: "cases" for cases.csv.

    `citation` has the columns by which a row is cited, made by listing.citable; `point` says
    where on earth a row is: longitude and latitude in degrees (WGS 84), None where that is not known.
    """

    name: str
    columns: Sequence[Column]
    citation: "Table | None" = None
    point: Column | None = None
    label: str = ""  # what readers call the rows, where that is not its name

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [str(column.name) for column in self.columns]

    def values(self, record: Any, site: str = "") -> list[Value]:
        """The record as one row. `site` ("https://host") goes in front of paths on this site."""
        return [finished(column.value(record), site) for column in self.columns]

    def document(self, record: Any, site: str = "") -> dict[str, Value]:
        """The record as one JSON object, keys as the columns are named."""
        return dict(zip(self.names, self.values(record, site), strict=True))


def finished(value: Any, site: str) -> Value:
    """A column's value as formats expect it: empty text is None, so that "not printed" has one form."""
    kind = type(value)
    if kind is str:  # most cells by far, and an export has millions
        return value or None
    if kind is OnSite:
        return site + value
    if kind is int or value is None:
        return value
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value == "" else value


def all_finished(values: Sequence[Any], site: str) -> Sequence[Value]:
    """The same of many values; where all are texts or paths, without looking at each."""
    kinds = set(map(type, values))
    if kinds == {str} and "" not in values:
        return values
    if kinds == {OnSite}:
        return [site + value for value in values]
    return [finished(value, site) for value in values]


def number_text(number: Decimal) -> str:
    """A decimal without trailing zeros and without exponent: "7434.4", "7553000", "0"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
