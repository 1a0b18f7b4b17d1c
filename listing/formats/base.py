"""What every format is given and has to give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import override

from listing import bulk
from listing.columns import Table, Value

CHUNK = 1_000  # rows that are made at a time
# Plain values are small. The more are asked for at once, the fewer of the database's pages are read twice, because it
# reads them in the order they lie in: five thousand of a hundred thousand in three quarters of the time.
PLAIN = 5_000


@dataclass(frozen=True)
class Export:
    """A selection on its way out: whose rows, in which columns, of which kind ("" or what `for=` named).

    `near` are records that hold only some of the words searched for, None where none are searched for. `query` is what
    was understood of the query of a list, as its address has it.
    """

    table: Table
    queryset: QuerySet
    site: str = ""
    kind: str = ""
    near: Sequence[Model] | None = None
    query: str = ""

    def batches(
        self,
        cell: Callable[[Value], str],
        column: Callable[[Sequence[Value]], Sequence[str]] | None = None,
    ) -> Iterator[list[Sequence[str]]]:
        """All rows, some thousand at a time, so that memory stays flat whatever their number.

        `cell` makes the text of a value, and is asked once for values that many rows share; `column` those of many
        values, where the format knows a quicker way. Rows are made in the
        default language: a file must not depend on the language of whoever fetched it. The language is set for
        each batch alone, because a stream that is left unread never comes to its end.
        """
        reader = bulk.reader_of(self.queryset, self.table)
        if reader is None:
            yield from self._from_records(cell)
            return
        cells = bulk.Cells(self.table, reader, self.site, cell, column)
        for ids in bulk.batches(bulk.ids_of(self.queryset), PLAIN):
            # What has been taken back meanwhile is not among what is read.
            for read in bulk.batches(reader.read(ids), CHUNK):
                with override(settings.LANGUAGE_CODE):
                    rows = cells.rows(read)
                yield rows

    def _from_records(self, cell: Callable[[Value], str]) -> Iterator[list[Sequence[str]]]:
        records = self.queryset.iterator(chunk_size=CHUNK)
        while batch := list(islice(records, CHUNK)):
            with override(settings.LANGUAGE_CODE):
                rows = [[cell(value) for value in self.table.values(record, self.site)] for record in batch]
            yield rows


@dataclass(frozen=True)
class Format:
    """A form of export: its ending, what it is called on the page, and the function that writes it."""

    name: str
    label: str | Promise
    content_type: str
    write: Callable[[Export], Iterator[bytes]]
    # What `for=` may name, with what the page calls it.
    kinds: Sequence[tuple[str, str | Promise]] = ()
    # Whether a browser should save it rather than show it.
    is_attachment: bool = True
    # What a table has to say for it: "citation" or "point" (see listing.columns.Table).
    needs: str = ""
    # The most rows it can hold.
    most_rows: int | None = None

    def serves(self, table: Table) -> bool:
        """Whether the rows of that table can be written in this form."""
        return not self.needs or getattr(table, self.needs) is not None
