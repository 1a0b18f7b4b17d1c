"""XLSX files, read row by row once their parts are known to be small. Formulas are never worked out: they are text."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS

from curation.imports import limits, packed
from curation.imports.encodings import Unreadable

Numbered = Iterator[tuple[int, list[str]]]
# What openpyxl lets through where a file is no spreadsheet after all.
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, AssertionError),
    *(
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        ExpatError,
        DefusedXmlException,
        RecursionError,
    ),
)


def read(content: bytes, sheet: str = "") -> tuple[list[str], str, Numbered]:
    """The names of the sheets, the one that is read, and its rows with their numbers.

    Unless named it is the first that holds anything.

    Raises Unreadable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: pictures, rules of validation
            book, parts = _book(content)
        if not parts or (sheet and sheet not in parts):
            raise Unreadable(_("This file has no such sheet."))
        chosen, looked = _looked_at(book, {sheet: parts[sheet]} if sheet else parts)
        return list(parts), chosen, _rows(book, looked)
    except _BROKEN as error:
        raise Unreadable(_broken()) from error


def _looked_at(book: ExcelReader, parts: dict[str, str]) -> tuple[str, packed.Sheet]:
    """The sheet to be read, looked through; the first where all are empty."""
    first = None
    for name, part in parts.items():
        if len(name) > limits.LONGEST_NAME:
            raise ValueError("no spreadsheet program gives a sheet such a name")
        looked = packed.Sheet(part)
        looked.through(book.archive)
        if any(cell.strip() for _number, row in _rows(book, looked) for cell in row):
            return name, looked
        first = first or (name, looked)
    return first


def _broken() -> str:
    return _(
        "This file cannot be read as a spreadsheet (XLSX). Open it in a spreadsheet program and save it anew."
    )


def _book(content: bytes) -> tuple[ExcelReader, dict[str, str]]:
    """What the sheets share, and the part that each is, by its name. Nothing else is read: no theme, no picture."""
    archive = packed.opened(content)
    book = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    book.archive = archive
    book.read_manifest()
    if texts := book.package.find(SHARED_STRINGS):
        _look_at_texts(archive, texts.PartName[1:])
    book.read_strings()
    book.read_workbook()
    apply_stylesheet(archive, book.wb)
    parts = {
        sheet.name: part.target
        for sheet, part in book.parser.find_sheets()
        if part.target in book.valid_files and "chartsheet" not in part.Type
    }
    return book, parts


def _look_at_texts(archive: packed.Packed, name: str) -> None:
    size = archive.getinfo(name).file_size
    if size > limits.MOST_SHARED_TEXTS:
        text = _("Unpacked, this file would have %(size)d MB: too much. Send only the table, in parts.")
        raise Unreadable(text % {"size": size // limits.MB})
    packed.Texts(name).through(archive)


class _Sheet(ReadOnlyWorksheet):
    def _get_size(self):
        """Not asked: it would go through all of a sheet that does not say its size."""


def _rows(book: ExcelReader, looked: packed.Sheet) -> Numbered:
    """The rows that hold anything. How large the file says it is need not be true: what was counted is."""
    if not looked.filled:
        return
    try:
        sheet = _Sheet(book.wb, "", looked.name, book.shared_strings)
        found = sheet.iter_rows(max_row=max(looked.filled), max_col=looked.width)
        for number, cells in enumerate(found, 1):
            if number in looked.filled:  # others are made up by the reader for each number skipped
                yield number, [_text(cell) for cell in cells]
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
