"""A file as a table: what kind it is, its heading, and its rows. Nothing is read before it is known to be small."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from curation.imports import encodings, limits, packed, spreadsheets
from curation.imports.encodings import Unreadable

SEPARATORS = {",": ",", ";": ";", "\t": "⇥"}
# The row of a template that says what belongs into each column.
HELP_MARK = "# "
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_NAMED = 10
_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Microsoft Office 97–2003 (.xls, .doc)",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
}


@dataclass
class How:
    """How a file is read: encoding and separator of a text, sheet of a spreadsheet. Empty: as recognised."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""


@dataclass
class Table:
    """`rows` holds, beside each row, its number in the file as a spreadsheet shows it. `how` is as it was read."""

    heading: list[str]
    rows: list[tuple[int, list[str]]]
    how: How
    sheets: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return not self.sheets


def letter(place: int) -> str:
    """What a spreadsheet calls a column, counted from 0: "A", "Z", "AA"."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(content: bytes, how: How | None = None) -> Table:
    """The table in a file. Raises Unreadable with what is wrong, cells named."""
    how = how or How()
    if len(content) > limits.MOST_BYTES:
        raise Unreadable(too_big(len(content)))
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    for start, name in _OTHER_KINDS.items():
        if content.startswith(start):
            text = _("This is no table but a file of the kind %(kind)s. Save the table as CSV or XLSX.")
            raise Unreadable(text % {"kind": name})
    if content.startswith(b"PK"):
        sheets, sheet, numbered = spreadsheets.read(content, how.sheet)
        return _table(numbered, How(sheet=sheet), sheets)
    return _read_text(content, how)


def too_big(size: int) -> str:
    """What is said of a file over the limit."""
    words = {"size": round(size / limits.MB), "most": limits.MOST_BYTES // limits.MB}
    return _("This file has %(size)d MB; at most %(most)d MB are taken. Send it in parts.") % words


def _read_text(content: bytes, how: How) -> Table:
    encodings.refuse_wide(content)
    encoding = how.encoding or encodings.recognise(content)
    if encoding not in encodings.NAMES:
        raise Unreadable(_("Choose one of the encodings offered."))
    text = encodings.decode(content, encoding)
    if text.count("\0") > encodings.FEW_ZEROS or len(_BAD.findall(text[:2000])) > 20:
        raise Unreadable(_("This is no table: it holds binary data. Save the table as CSV or XLSX."))
    separator = how.separator or _separator(text)
    if separator not in SEPARATORS:
        raise Unreadable(_("Choose one of the separators offered."))
    return _table(_records(text, separator), How(encoding, separator))


def _separator(text: str) -> str:
    """The one that stands most often in the first row, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first[:100_000])
    return max(SEPARATORS, key=bare.count)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    lines = _narrow(io.StringIO(text, newline=""), separator)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = {"row": number, "error": error}
            raise Unreadable(
                _("Row %(row)d cannot be read as CSV: a quotation mark or a cell does not end (%(error)s).")
                % words
            ) from error
        yield number, row


def _narrow(lines: Iterable[str], separator: str) -> Iterator[str]:
    """The lines, refusing one with far too many columns before it is taken apart."""
    for number, line in enumerate(lines, 1):
        if line.count(separator) > 20 * limits.MOST_COLUMNS:
            raise Unreadable(packed.too_wide(number))
        yield line


def _table(numbered: Iterable[tuple[int, list[str]]], how: How, sheets: Iterable[str] = ()) -> Table:
    heading: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    broken: list[str] = []
    for number, found in numbered:
        row = _trimmed(found)
        if not row:
            continue
        if len(row) > limits.MOST_COLUMNS:
            raise Unreadable(packed.too_wide(number))
        broken += _broken(number, row)
        if len(broken) >= _MOST_NAMED:
            break
        if not heading:
            heading = [cell.strip() for cell in row]
        elif len(rows) >= limits.MOST_ROWS:
            raise Unreadable(
                _("This list has more than %(most)d rows. Send it in parts.") % {"most": limits.MOST_ROWS}
            )
        elif rows or not row[0].startswith(HELP_MARK):
            rows.append((number, row))
    if broken:
        raise Unreadable(" ".join(broken[:_MOST_NAMED]))
    _check_heading(heading, rows)
    return Table(heading, rows, how, list(sheets))


def _check_heading(heading: list[str], rows: list) -> None:
    if not heading:
        raise Unreadable(_("This file has no rows."))
    if not rows:
        raise Unreadable(_("This file has a heading and no rows below it."))
    named = [name.casefold() for name in heading if name]
    for place, name in enumerate(heading):
        if name and named.count(name.casefold()) > 1:
            words = {"name": name[:60], "column": letter(place)}
            raise Unreadable(
                _("Two columns are called “%(name)s” (one is %(column)s): give each a name of its own.")
                % words
            )


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _broken(number: int, row: list[str]) -> Iterator[str]:
    for place, cell in enumerate(row):
        words = {"cell": f"{letter(place)}{number}"}
        if len(cell) > limits.LONGEST_CELL:
            yield _("Cell %(cell)s is too long.") % words
        elif bad := _BAD.search(cell):
            if "\ud800" <= bad[0] <= "\udfff":
                yield _("Cell %(cell)s is not written in the same encoding as the rest.") % words
            else:
                code = {**words, "code": f"U+{ord(bad[0]):04X}"}
                yield _("Cell %(cell)s holds a control character (%(code)s).") % code
