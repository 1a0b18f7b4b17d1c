"""A comparison as data: a row for each matter, and for each thing compared four columns that begin with its slug."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.compare.rows import Cell, Part, Row
from listing.columns import Column, Table, Value

NAME = "compare"


@dataclass(frozen=True)
class Line:
    """A row with the part it stands in."""

    part: Part
    row: Row


@dataclass(frozen=True)
class Lines:
    """All rows of a comparison, as an export takes them."""

    lines: Sequence[Line]

    def count(self) -> int:
        """How many there are."""
        return len(self.lines)

    def iterator(self, chunk_size: int) -> Iterator[Line]:
        """Each of them."""
        return iter(self.lines)

    def none(self) -> Lines:
        """No row."""
        return Lines(())


def lines_of(parts: Iterable[Part]) -> Lines:
    """The rows of these parts, in their order."""
    return Lines([Line(part, row) for part in parts for row in part.rows])


def table_of(slugs: Sequence[str]) -> Table:
    """The columns of a comparison of the things with these slugs."""
    own = (column for place, slug in enumerate(slugs) for column in _columns_of(slug, place))
    return Table(NAME, [*_COMMON, *own])


def _columns_of(slug: str, place: int) -> Iterator[Column]:
    for ending, value, doc in _SAID:
        yield Column(slug + ending, _in_cell(place, value), doc)


def _in_cell(place: int, value: Callable[[Cell], Value]) -> Callable[[Line], Value]:
    return lambda line: value(line.row.cells[place])


def _values(cell: Cell) -> Value:
    """A number where there is one and nothing else, else the values as the page words them."""
    kept = [item for item in cell.items if item.key is not None]
    if (
        len(kept) == len(cell.items) == 1
        and not cell.more
        and kept[0].number is not None
        and not kept[0].html
    ):
        return kept[0].number
    # A label without a value keeps its place, so that what stands beside goes on belonging to it.
    values = [item.plain if item.key is not None else "" for item in cell.items]
    return _list([*values, *([f"(+{cell.more})"] if cell.more else [])])


def _words(cell: Cell) -> Value:
    return _list([item.words for item in cell.items])


def _where(cell: Cell) -> Value:
    return _list([item.where for item in cell.items])


def _checks(cell: Cell) -> Value:
    return _list(list(dict.fromkeys(note.slug for item in cell.items for note in item.remarks)))


def _list(texts: list[str]) -> Value:
    if not any(texts):
        return None
    return texts[0] if len(texts) == 1 else texts


_COMMON = (
    Column("part", lambda line: line.part.label, "the part of the comparison it stands in"),
    Column("row", lambda line: line.row.label, "what is compared"),
    Column(
        "differs",
        lambda line: "yes" if line.row.differs else "no",
        "yes where they do not all say the same; no, too, where none of them says anything",
    ),
    Column(
        "caution",
        lambda line: line.row.caution,
        "what makes the values hard to compare: another unit, date, status, scope or territory",
    ),
)
# What is said of each thing: the end of the column's name, the value, what it means.
_SAID: tuple[tuple[str, Callable[[Cell], Value], str], ...] = (
    (
        "",
        _values,
        "its value or values as the page has them; a number where there is one alone; empty: not printed",
    ),
    ("_said", _words, "what follows each value, in the same order: status, date, scope, role, who says so"),
    ("_where", _where, "where each was read, in the same order: slug of the source, a colon, the lines"),
    ("_checks", _checks, "slugs of the source checks that speak of them"),
)
# For the data dictionary: `<slug>` stands for that of a thing compared.
DESCRIBED = Table(NAME, [*_COMMON, *_columns_of("<slug>", 0)])
