"""Long exports column by column: what many records share is looked up and written out once, not for each of them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from listing.columns import Column, Stored, Table, Value, all_finished, finished

T = TypeVar("T")
# Of an attribute that records share, the cells that are remembered: more than a vocabulary has, and few megabytes.
MOST_KEPT = 40_000


class Reader(Protocol):
    """Reads records as plain values, one for each of `attributes`; `shared` are those that many records agree in.

    A plain value stands for that of the attribute, the number of a city for the city; where it is not shared, it is
    that of the attribute.
    """

    attributes: Sequence[str]
    shared: Collection[str]

    def read(self, ids: Sequence[int]) -> list[Sequence[Hashable]]:
        """The plain values of the records with these numbers, in their order. What is not public is left out."""

    def parts(self, attribute: str, plain: Iterable[Hashable]) -> Iterator[Any]:
        """For each plain value something that has this one attribute of a record, and no other.

        It may be the same thing again with another value: each is to be used before the next is asked for.
        """


def reader_of(rows: Any, table: Table) -> Reader | None:
    """What reads these rows in bulk; None where they or the table know of no such way."""
    queryset = getattr(rows, "queryset", rows)
    make = getattr(queryset, "export_reader", None)
    asked = {column.reads for column in table.columns}
    return make(asked) if make and all(asked) else None


def ids_of(rows: Any) -> Sequence[int]:
    """The numbers of the rows, in order; all of them at once, so that nobody's slow reading holds the database up."""
    if hasattr(rows, "ids"):
        return rows.ids()
    return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=10_000))


class Cells:
    """Cells of a table, as one format writes them: `cell` makes the text of a value. One for each export.

    `column` makes those of many values, where a format knows a quicker way.
    """

    def __init__(
        self,
        table: Table,
        reader: Reader,
        site: str,
        cell: Callable[[Value], str],
        column: Callable[[Sequence[Value]], Sequence[str]] | None = None,
    ):
        self._table, self._reader, self._site, self._cell = table, reader, site, cell
        self._column = column or (lambda values: [cell(value) for value in values])
        # Of each column made from a shared attribute, the cells known so far.
        self._known: dict[str, list[tuple[Column, dict[Hashable, str]]]] = defaultdict(list)
        for column in table.columns:
            if column.reads in reader.shared:
                self._known[column.reads].append((column, {}))

    def rows(self, read: Sequence[Sequence[Hashable]]) -> list[Sequence[str]]:
        """A row for each record that was read, with a cell for each column; at least one was."""
        plain = dict(zip(self._reader.attributes, zip(*read, strict=True), strict=True))
        made: dict[str, Iterable[str]] = {}
        for attribute, known in self._known.items():
            self._learn(known, plain[attribute])
            made |= {column.name: map(cells.__getitem__, plain[attribute]) for column, cells in known}
        for column in self._table.columns:
            if column.name not in made:
                made[column.name] = self._made(column, plain[column.reads])
        return list(zip(*(made[column.name] for column in self._table.columns), strict=True))

    def _made(self, column: Column, plain: Sequence[Hashable]) -> Sequence[str]:
        """The cells of a column that is made from what is not shared, for these plain values."""
        value, cell, site = column.value, self._cell, self._site
        if isinstance(value, Stored) and value.attribute == column.reads:
            return self._column(all_finished(value.many(plain), site))
        return [cell(finished(value(part), site)) for part in self._reader.parts(column.reads, plain)]

    def _learn(self, known: list[tuple[Column, dict[Hashable, str]]], plain: Iterable[Hashable]) -> None:
        """Sees to it that the cells of these columns, all made from one attribute, are known."""
        if len(known[0][1]) > MOST_KEPT:
            for _column, cells in known:
                cells.clear()
        missing = list(set(plain).difference(known[0][1]))
        columns = [(column.value, cells) for column, cells in known]
        cell, site = self._cell, self._site
        for each, part in zip(missing, self._reader.parts(known[0][0].reads, missing), strict=True):
            for value, cells in columns:
                cells[each] = cell(finished(value(part), site))


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many at a time."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
