"""CSV after RFC 4180, of two kinds: plain for programs, and `for=spreadsheet`.

Plain: UTF-8 without a byte-order mark, which some programs choke on. For spreadsheets: with the mark, without
which Excel garbles Chinese, and with text that a spreadsheet would run as a formula made harmless.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from listing.columns import Value, number_text
from listing.formats.base import Export, Format

SPREADSHEET = "spreadsheet"
# What starts a formula, also in its full-width form, and the controls that some spreadsheets skip before one.
_RISKY = tuple("=+-@＝＋－＠\t\r\n")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    return str(value)


def _harmless(value: Value) -> str:
    text = _text(value)
    is_number = isinstance(value, int | float | Decimal)
    return f"'{text}" if text.startswith(_RISKY) and not is_number else text


# What the writer of CSV turns into the very text that `_text` does.
_AS_IS = frozenset((str, int, type(None)))


def _cells(row: list[Value]) -> list:
    return [value if type(value) in _AS_IS else _text(value) for value in row]


def _harmless_cells(row: list[Value]) -> list:
    return [_harmless(value) for value in row]


def write(export: Export) -> Iterator[bytes]:
    """The header and every row, a batch at a time."""
    for_spreadsheet = export.kind == SPREADSHEET
    cells = _harmless_cells if for_spreadsheet else _cells
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff" if for_spreadsheet else "")
    writer.writerow(export.table.names)
    yield _taken(buffer)
    for rows in export.batches():
        writer.writerows(map(cells, rows))
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    """What the buffer holds; it is empty afterwards."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


FORMAT = Format(
    name="csv",
    label=_("CSV for programs"),
    content_type="text/csv; charset=utf-8",
    write=write,
    kinds=[(SPREADSHEET, _("CSV for spreadsheets"))],
)
