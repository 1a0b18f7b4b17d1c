"""XLSX files as packed folders: each part is measured, piece by piece, before anything of it is held in memory.

What is read whole must be small; what is streamed (a sheet, the texts its cells share) is counted through first.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from curation.imports import limits
from curation.imports.encodings import Unreadable

_PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"  # begins what a packed file says of one of its parts


class Packed(zipfile.ZipFile):
    """A packed file of which no part is read whole unless it is small."""

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """All of a part. Raises Unreadable where it is too large to be held, whatever it says of its size."""
        with self.open(name, pwd=pwd) as part:
            content = part.read(limits.MOST_OF_A_PART + 1)
        if len(content) > limits.MOST_OF_A_PART or content.count(b"<") > 2 * limits.MOST_ELEMENTS:
            raise Unreadable(_too_large(name))
        return content


def opened(content: bytes) -> Packed:
    """The packed file, if its directory promises a spreadsheet of reasonable size. Raises Unreadable."""
    if content.count(_ENTRY) > limits.MOST_PARTS:
        raise Unreadable(_("This file has too many parts. Send only the table."))
    packed = Packed(io.BytesIO(content))
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("This is a packed file and no spreadsheet. Unpack it and send the table in it."))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.MOST_UNPACKED or any(map(_is_bomb, parts)):
        raise Unreadable(
            _("Unpacked, this file would have %(size)d MB: too much. Send only the table, in parts.")
            % {"size": unpacked // limits.MB}
        )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise zipfile.BadZipFile  # the others cannot be unpacked piece by piece
    return packed


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    size = part.file_size
    return size > limits.PACKED_FROM and size > limits.MOST_PACKED * part.compress_size


def _too_large(name: str) -> str:
    text = _(
        "“%(name)s” in this file is larger than a list needs. Copy the table into a new spreadsheet and send that."
    )
    return text % {"name": str(name)[:100]}


@dataclass
class Counted:
    """What is counted while a part streams by: `one` is the element whose content is let go when it ends.

    What stands outside of those is held to the end, and so must be little.
    """

    name: str
    one: str
    most_outside: int = 2 * limits.MOST_ROWS
    depth: int = 0
    inside: int = 0  # how deep in one; 0 is outside
    elements: int = 0  # of this one
    outside: int = 0
    bytes_outside: int = 0
    mark: int = 0  # where this one began, or the last ended
    parser: Any = None

    def through(self, packed: Packed) -> None:
        """Looks through the part. Raises Unreadable, or what expat raises."""
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        fed = 0
        with packed.open(self.name) as part:
            while piece := part.read(_PIECE):
                fed += len(piece)
                self.parser.Parse(piece)
                self._hold(fed)
        self.parser.Parse(b"", True)

    def _refuse_doctype(self, *_about: Any) -> None:
        raise ValueError("a spreadsheet has no document type")

    def _hold(self, place: int) -> None:
        beside = 0 if self.inside else self.bytes_outside
        if place - self.mark + beside > limits.MOST_OF_ONE:
            raise Unreadable(self.too_much())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside:
            self.inside += 1
            self.elements += 1
            if self.elements > limits.MOST_ELEMENTS_OF_ONE:
                raise Unreadable(self.too_much())
            self.within(attributes)
        elif name == self.one:
            place = self.parser.CurrentByteIndex
            self._hold(place)
            self.bytes_outside += place - self.mark
            self.mark, self.inside, self.elements = place, 1, 0
            self.begun(attributes)
        else:
            self.outside += 1
            if self.outside > self.most_outside:
                raise Unreadable(_too_large(self.name))

    def _end(self, _name: str) -> None:
        if self.inside:
            self.inside -= 1
            if not self.inside:
                place = self.parser.CurrentByteIndex
                self._hold(place)
                self.mark = place

    def too_much(self) -> str:
        return _too_large(self.name)

    def begun(self, attributes: dict[str, str]) -> None:
        """One begins."""

    def within(self, attributes: dict[str, str]) -> None:
        """An element in one begins; `inside` is 2 for a child."""


@dataclass
class Texts(Counted):
    """The texts that cells share."""

    one: str = f"{SHEET_MAIN_NS}}}si"
    total: int = 0

    def begun(self, attributes: dict[str, str]) -> None:
        self.within(attributes)

    def within(self, attributes: dict[str, str]) -> None:
        self.total += 1
        if self.total > limits.MOST_TEXT_ELEMENTS:
            raise Unreadable(self.too_much())


@dataclass
class Sheet(Counted):
    """A sheet: which of its rows hold anything, and how many columns do."""

    one: str = f"{SHEET_MAIN_NS}}}row"
    filled: set[int] = field(default_factory=set)
    width: int = 0
    row: int = 0
    column: int = 0
    rows: int = 0
    cells: int = 0
    of_row: int = 0

    def begun(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.row + 1))
        if number > limits.LAST_ROW:
            words = {"row": number, "most": limits.LAST_ROW}
            raise Unreadable(_("There is a row %(row)d; a spreadsheet ends at row %(most)d.") % words)
        if number <= self.row:
            raise ValueError("rows are not in order")
        self.row, self.column, self.of_row = number, 0, 0
        self.rows += 1
        if self.rows > limits.MOST_ROWS_AND_EMPTY:
            text = _(
                "This sheet has more than %(most)d rows, counting empty ones. Delete those below the list."
            )
            raise Unreadable(text % {"most": limits.MOST_ROWS_AND_EMPTY})

    def within(self, attributes: dict[str, str]) -> None:
        if self.inside == 2:
            self._cell(attributes.get("r"))
        elif self.inside == 3:  # a cell that holds something
            self.filled.add(self.row)
            self.width = max(self.width, self.column)
            if self.width > limits.MOST_COLUMNS:
                raise Unreadable(too_wide(self.row))

    def _cell(self, place: str | None) -> None:
        self.column = column_index_from_string(place.rstrip("0123456789")) if place else self.column + 1
        self.of_row += 1
        self.cells += 1
        if self.of_row > limits.LAST_COLUMN:
            raise Unreadable(too_wide(self.row))
        if self.cells > limits.MOST_CELLS:
            text = _("This sheet has more than %(most)d cells, counting empty ones. Send only the table.")
            raise Unreadable(text % {"most": limits.MOST_CELLS})

    def too_much(self) -> str:
        return _("Row %(row)d holds too much.") % {"row": self.row} if self.inside else super().too_much()


def too_wide(number: int) -> str:
    """What is said of a row with too many columns."""
    words = {"row": number, "most": limits.MOST_COLUMNS}
    return _("Row %(row)d has more than %(most)d columns.") % words
