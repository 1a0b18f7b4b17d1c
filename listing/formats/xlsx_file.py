"""XLSX, written by openpyxl row by row: the rows, and on a second sheet what each column means and where they are from.

Text is text, whatever it begins with: no cell holds a formula. Numbers are numbers. Dates stay as the catalogue has
them (EDTF), because a spreadsheet knows no date without its day.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from listing.columns import Value
from listing.formats.base import Export, Format
from listing.formats.cited import AUTHOR, LICENCE

MOST_ROWS = 1_048_575  # that a sheet has below its header (ECMA-376)
_LONGEST = 32_767  # characters of a cell
_PIECE = 1 << 16
_WIDE, _NARROW, _LONG_TEXT = (
    48,
    16,
    {"summary", "digest", "note", "reason", "title", "explanation", "printed"},
)


def write(export: Export) -> Iterator[bytes]:
    """The workbook, once all of it is made: its table of contents stands at its end."""
    book = Workbook(write_only=True)
    with tempfile.TemporaryFile() as file:
        try:
            _fill(book, export)
        except BaseException:
            # Each sheet is a file of its own until it is saved.
            for sheet in book.worksheets:
                sheet.close()
                sheet._writer.cleanup()
            raise
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _fill(book: Workbook, export: Export) -> None:
    sheet = book.create_sheet(export.table.name[:31])
    for place, name in enumerate(export.table.names, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if name in _LONG_TEXT else _NARROW
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in export.table.names])
    for rows in export.batches(_value):
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    _about(book.create_sheet("about"), export)


def _about(sheet: WriteOnlyWorksheet, export: Export) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = 24, 100
    address = f"{export.site}/{export.table.name}/{f'?{export.query}' if export.query else ''}"
    for name, text in (
        ("from", AUTHOR),
        ("list", address),
        ("taken", timezone.localdate().isoformat()),
        ("licence", LICENCE),
        ("empty cell", "not printed in the source"),
    ):
        sheet.append([_bold(sheet, name), None, _cell(sheet, text)])
    sheet.append([])
    sheet.append([_bold(sheet, name) for name in ("column", "unit", "what it holds")])
    for column in export.table.columns:
        sheet.append([_cell(sheet, text) for text in (str(column.name), str(column.unit), str(column.doc))])


def _value(value: Value) -> Value:
    """What a cell holds of a value: a number, or text."""
    if value is None or isinstance(value, bool | int | Decimal | float):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def _cell(sheet: WriteOnlyWorksheet, value: Value):
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
    if text[:1] != "=" and text not in ERROR_CODES:
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    return cell


FORMAT = Format(
    name="xlsx",
    label="XLSX",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
    most_rows=MOST_ROWS,
)
