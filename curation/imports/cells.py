"""How the text of a cell becomes a value. Each reader refuses what it does not understand; none guesses."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import override

from curation.imports.declared import Reader, Wrong
from curation.imports.names import folded
from records.dates import validate_edtf
from records.loading.values import MOST_DIGITS
from records.said import Said as _

LANGUAGES = ("en", "zh-hans")
_NUMBER = re.compile(r"[-+\u2212]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[-+\u2212]?\d{1,3}(?:([,\u00a0\u2009\u202f ’'])\d{3})(?:\1\d{3})*(\.\d+)?")
_DAY = re.compile(r"(\d{4})[/.年](\d{1,2})(?:[/.月](\d{1,2})日?|月)?")
_ENDS = re.compile(r"[;；\n]")
_YES = {"yes", "true", "1", "x", "y", "是"}
_NO = {"no", "false", "0", "n", "否"}


def text(cell: str, finder: Any) -> str:
    """As it stands, without blanks around it."""
    return cell.strip().replace("\r\n", "\n")


def several(cell: str, finder: Any) -> list[str]:
    """Entries parted by semicolons or line ends."""
    return [entry for part in _ENDS.split(cell) if (entry := part.strip())]


def lines(cell: str, finder: Any) -> str:
    """The same, one a line, as fields of names hold them."""
    return "\n".join(several(cell, finder))


def number(cell: str, finder: Any) -> Decimal:
    """7434.4, -2, 12%, 7,553,000; not 1,234, which is one thing here and another there."""
    plain = cell.strip().removesuffix("%").strip()
    grouped = _GROUPED.fullmatch(plain)
    if grouped and grouped[1] == "," and plain.count(",") == 1 and "." not in plain:
        words = {"cell": plain, "whole": plain.replace(",", ""), "part": plain.replace(",", ".")}
        raise Wrong(_("“%(cell)s” may mean %(whole)s or %(part)s: write one of them.") % words)
    if grouped:
        plain = plain.replace(grouped[1], "")
    if (not plain.isascii() and "\u2212" not in plain) or not _NUMBER.fullmatch(plain):
        raise Wrong(_("“%(cell)s” is not a number. Write it like 7434.4.") % {"cell": cell.strip()[:80]})
    value = Decimal(plain.replace("\u2212", "-"))
    if len(value.normalize().as_tuple().digits) > MOST_DIGITS:
        raise Wrong(_("A number is kept with at most %(count)d digits.") % {"count": MOST_DIGITS})
    return value + 0


def degrees(cell: str, finder: Any) -> Decimal:
    """A latitude or longitude, to a metre."""
    return round(number(cell, finder), 5)


def date(cell: str, finder: Any) -> str:
    """2017, 2017-06, 2017-06-30, 2018/2020; 2017/6/30 and 2017年6月30日 too."""
    plain = cell.strip().removesuffix("年")
    if match := _DAY.fullmatch(plain):
        plain = "-".join(each.zfill(2) for each in match.groups() if each)
    try:
        validate_edtf(plain)
    except ValidationError as error:
        words = {"cell": cell.strip()[:80]}
        raise Wrong(
            _("“%(cell)s” is not a date as kept here. Write 2017, 2017-06 or 2017-06-30.") % words
        ) from error
    return plain


def yes_or_no(cell: str, finder: Any) -> bool:
    said = cell.strip().casefold()
    if said not in _YES | _NO:
        raise Wrong(_("“%(cell)s” is neither yes nor no.") % {"cell": cell.strip()[:80]})
    return said in _YES


def one_of(choices: Any) -> Reader:
    """One of some choices: as stored, or by its label in either language."""

    @cache
    def known() -> dict[str, str]:
        names = {}
        for language in LANGUAGES:
            with override(language):
                names |= {folded(str(label)): value for value, label in choices.choices}
        return names | {folded(str(value)): value for value in choices.values}

    def read(cell: str, finder: Any) -> str:
        said = folded(cell)
        if said not in known():
            words = {"cell": cell.strip()[:80], "offered": ", ".join(choices.values)}
            raise Wrong(_("“%(cell)s” is none of these: %(offered)s.") % words)
        return known()[said]

    return read


def reference(kind: str) -> Reader:
    """A record that is there: by its slug, code or number, or by a name it alone has (finding.py)."""

    def read(cell: str, finder: Any) -> Any:
        return finder.find(kind, cell.strip())

    return read


def references(kind: str) -> Reader:
    """Several of them, parted by semicolons."""

    def read(cell: str, finder: Any) -> list:
        return [finder.find(kind, entry) for entry in several(cell, finder)]

    return read
