"""CSV after RFC 4180, of two kinds: plain for programs, and `for=spreadsheet`.

Plain: UTF-8 without a byte-order mark, which some programs choke on. For spreadsheets: with the mark, without
which Excel garbles Chinese, and with text that a spreadsheet would run as a formula made harmless.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from listing.columns import Value, number_text
from listing.formats.base import Export, Format

SPREADSHEET = "spreadsheet"
# What starts a formula, also in its full-width form, and the controls that some spreadsheets skip before one.
_RISKY = tuple("=+-@＝＋－＠\t\r\n")


def _text(value: Value) -> str:
    if type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return _joined(value)
    return str(value)


def _joined(values: list) -> str:
    try:
        return "; ".join(values)
    except TypeError:
        return "; ".join([str(item) if type(item) is int else _text(item) for item in values])


def _quoted(text: str) -> str:
    """The text as a field, in quotation marks where it holds what would end one."""
    if '"' in text:
        text = text.replace('"', '""')
    elif not ("," in text or "\n" in text or "\r" in text):
        return text
    return f'"{text}"'


def _field(value: Value) -> str:
    text = value if type(value) is str else _text(value)
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return _quoted(text)
    return text


def _column(values: Sequence[Value]) -> Sequence[str]:
    """Many fields: where all are texts without anything to quote, they are what they are."""
    if set(map(type, values)) == {str}:
        whole = "".join(values)
        if not ("," in whole or '"' in whole or "\n" in whole or "\r" in whole):
            return values
    return [_field(value) for value in values]


def _harmless_field(value: Value) -> str:
    text = _text(value)
    is_number = isinstance(value, int | float | Decimal)
    return _quoted(f"'{text}" if text.startswith(_RISKY) and not is_number else text)


def _lines(rows: Sequence[Iterable[str]], columns: int) -> str:
    if columns == 1:
        # A line with nothing on it would be none: its one empty field is written as such.
        return "".join([(field or '""') + "\r\n" for (field,) in rows])
    return "\r\n".join([*map(",".join, rows), ""])


def write(export: Export) -> Iterator[bytes]:
    """The header and every row, a batch at a time."""
    for_spreadsheet = export.kind == SPREADSHEET
    field = _harmless_field if for_spreadsheet else _field
    columns = len(export.table.columns)
    head = _lines([[_field(name) for name in export.table.names]], columns)
    yield (("\ufeff" if for_spreadsheet else "") + head).encode()
    for rows in export.batches(field, None if for_spreadsheet else _column):
        yield _lines(rows, columns).encode()


FORMAT = Format(
    name="csv",
    label=_("CSV for programs"),
    content_type="text/csv; charset=utf-8",
    write=write,
    kinds=[(SPREADSHEET, _("CSV for spreadsheets"))],
)
