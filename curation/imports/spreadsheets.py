"""XLSX files: looked at from outside first, then read row by row. Formulas are never worked out: they are text."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from curation.imports import limits
from curation.imports.encodings import Unreadable

Numbered = Iterator[tuple[int, list[str]]]
# What openpyxl lets through where a file is no spreadsheet after all.
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, AssertionError),
    *(NotImplementedError, zipfile.BadZipFile, ParseError, DefusedXmlException, RecursionError),
)


def read(content: bytes, sheet: str = "") -> tuple[list[str], str, Numbered]:
    """The names of the sheets, the one that is read (the first, unless named), and its rows with their numbers.

    Raises Unreadable.
    """
    try:
        _look(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: pictures, rules of validation
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        names = [each.title for each in book.worksheets]
    except _BROKEN as error:
        raise Unreadable(_broken()) from error
    if not names or (sheet and sheet not in names):
        raise Unreadable(_("This file has no such sheet."))
    chosen = sheet or names[0]
    return names, chosen, _rows(book[chosen])


def _broken() -> str:
    return _(
        "This file cannot be read as a spreadsheet (XLSX). Open it in a spreadsheet program and save it anew."
    )


def _look(content: bytes) -> None:
    """Refuses what would not be read in reasonable memory, from the directory of the packed file alone."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("This is a packed file and no spreadsheet. Unpack it and send the table in it."))
    unpacked = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    is_bomb = unpacked > 10 * limits.MB and unpacked > limits.MOST_PACKED * len(content)
    if (
        is_bomb
        or unpacked > limits.MOST_UNPACKED
        or texts > limits.MOST_SHARED_TEXTS
        or len(parts) > limits.MOST_PARTS
    ):
        raise Unreadable(
            _("Unpacked, this file would have %(size)d MB: too much. Send only the table, in parts.")
            % {"size": unpacked // limits.MB}
        )


def _rows(sheet: Any) -> Numbered:
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    number = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if len(cells) > limits.MOST_COLUMNS and any(
                cell.value is not None for cell in cells[limits.MOST_COLUMNS :]
            ):
                words = {"row": number, "most": limits.MOST_COLUMNS}
                raise Unreadable(_("Row %(row)d has more than %(most)d columns.") % words)
            yield number, [_text(cell) for cell in cells[: limits.MOST_COLUMNS]]
    except _BROKEN as error:
        raise Unreadable(_broken()) from error


def _text(cell: Any) -> str:
    """A cell as it was typed: dates as 2017-06-30, numbers without rounding, formulas as they stand."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_\n", "\n").replace("\r\n", "\n")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, int | float):
        return _number(value, "%" in (cell.number_format or ""))
    return str(getattr(value, "text", None) or value)


def _number(value: int | float, is_share: bool) -> str:
    number = Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if number is None:
        return str(value)
    text = format(number * 100 if is_share else number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if is_share else text
