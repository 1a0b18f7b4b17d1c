"""What every format is given and has to give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import override

from listing.columns import Table, Value

CHUNK = 500


@dataclass(frozen=True)
class Export:
    """A selection on its way out: whose rows, in which columns, of which kind ("" or what `for=` named).

    `near` are records that hold only some of the words searched for, None where none are searched for.
    """

    table: Table
    queryset: QuerySet
    site: str = ""
    kind: str = ""
    near: Sequence[Model] | None = None

    def batches(self) -> Iterator[list[list[Value]]]:
        """All rows, some hundred at a time, so that memory stays flat whatever their number.

        Rows are made in the default language: a file must not depend on the language of whoever fetched it.
        The language is set for each batch alone, because a stream that is left unread never comes to its end.
        """
        records = self.queryset.iterator(chunk_size=CHUNK)
        while batch := list(islice(records, CHUNK)):
            with override(settings.LANGUAGE_CODE):
                rows = [self.table.values(record, self.site) for record in batch]
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
