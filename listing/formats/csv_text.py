"""CSV after RFC 4180, of two kinds: plain for programs, and `for=spreadsheet`.

Plain: UTF-8 without a byte-order mark, which some programs choke on. For spreadsheets: with the mark, without
which Excel garbles Chinese, with text that a spreadsheet would run as a formula made harmless, and with text that
it would take for a number or a date ("0.30", "7,434.4", "10-12") written so that it stays as it is.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from listing.columns import Value, number_text
from listing.formats.base import Export, Format

SPREADSHEET = "spreadsheet"
# What starts a formula, also in its full-width form, and the controls that some spreadsheets skip before one.
_RISKY = tuple("=+-@＝＋－＠\t\r\n")

# Text that a spreadsheet, in some language or other, takes for a number, a sum of money, a date or a time.
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_LOOKS_LIKE_NUMBER = re.compile(
    rf"(?=.*\d)[\s\d.,:/'’%$€£¥￥＄+\-–−年月日]*((({_MONTH})[a-z]*|e[+-]?)[\s\d.,:/'’\-]*)?", re.IGNORECASE
)
# What it shows as it is printed although it takes it for a number or a day.
_SAME_AS_NUMBER = re.compile(r"0|[1-9]\d{0,9}(\.\d{0,9}[1-9])?|0\.\d{0,9}[1-9]|\d{4}-\d\d-\d\d", re.ASCII)


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


def _for_spreadsheet(value: Value) -> str:
    text = _text(value)
    if isinstance(value, int | float | Decimal):
        return text
    if _LOOKS_LIKE_NUMBER.fullmatch(text) and not _SAME_AS_NUMBER.fullmatch(text):
        # The one form that every spreadsheet keeps as the text it is. It can only hold what the pattern lets
        # through: digits and signs, no quotation mark and no letter but those of a month.
        return f'="{text}"'
    return f"'{text}" if text.startswith(_RISKY) else text


def write(export: Export) -> Iterator[bytes]:
    """The header and every row, a batch at a time."""
    for_spreadsheet = export.kind == SPREADSHEET
    cell = _for_spreadsheet if for_spreadsheet else _text
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff" if for_spreadsheet else "")
    writer.writerow(export.table.names)
    yield _taken(buffer)
    for rows in export.batches():
        writer.writerows([cell(value) for value in row] for row in rows)
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
