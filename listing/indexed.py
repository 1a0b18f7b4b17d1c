"""Rows of a list that the search index finds, counts and orders; the database is asked for those that are shown."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from django.db.models import Model, QuerySet
from django.utils.translation import get_language

from listing.bulk import batches
from listing.filters import Facet, ListFilters, TextFilter
from listing.sorting import Sorting
from listing.terms import Term
from search.corpus import index_of
from search.engine import Found, Snapshot, Wanted
from search.service import Building, snapshot

_AT_ONCE = 50_000  # of the best rows, read from the index at a time


class IndexedRows:
    """As much of a queryset as pages and exports need.

    `queryset` has the rows in any order, `sort` is the name of the order they are wanted in. Rows that are no longer
    public by now are left out.
    """

    # What Django's paginator asks before it trusts the pages.
    ordered = True

    def __init__(self, found: Found, queryset: QuerySet, sorting: Sorting, sort: str):
        self.found, self.queryset, self.sorting, self.sort = found, queryset, sorting, sort
        self._read_ahead: tuple[int, int, list] | None = None

    def read_ahead(self, offset: int, limit: int) -> list:
        """The rows of one page of a search, read while the engine counts; none where the count must be known first."""
        if not self._is_ranked or self.sort.startswith("-") or not self.found.wanted.texts:
            return []
        self.found.begin()
        rows = self.read([id for id, _score in self.found.best(offset, limit)], "page_reader")
        self._read_ahead = (offset, limit, rows)
        return rows

    def count(self) -> int:
        """How many rows there are."""
        return self.found.count

    def __getitem__(self, wanted: slice) -> list[Model]:
        start, stop = (
            wanted.start or 0,
            self.count() if wanted.stop is None else min(wanted.stop, self.count()),
        )
        if self._read_ahead:
            offset, limit, rows = self._read_ahead
            if start == offset and stop == min(offset + limit, self.count()):
                return rows
        return self.read(self._ids(start, max(stop - start, 0)), "page_reader")

    def ids_of(self, offset: int, limit: int) -> list[int]:
        """The numbers of some rows, as a page has them."""
        return self._ids(offset, max(min(limit, self.count() - offset), 0))

    def near(self, limit: int, reader: str = "page_reader") -> list:
        """Rows that hold only some of the words, best first, as pages show them or ("export_reader") exports."""
        return self.read([id for id, _score in self.found.near(0, limit)], reader)

    def iterator(self, chunk_size: int) -> Iterator[Model]:
        """Every row, read from the database some at a time, as plain values where the model knows how."""
        read = self._reader("export_reader")
        for batch in batches(self.ids(), chunk_size):
            rows = read(batch)
            yield from (rows[id] for id in batch if id in rows)

    def ids(self) -> Sequence[int]:
        """The numbers of all rows in order, however many."""
        if self._is_ranked and self.found.wanted.texts:
            return self._all_ranked()
        # The index gives the rows, the database their order: one pass over its keys, however many there are. Which
        # of them are public is asked when they are read; here it would only slow the pass down.
        found = self.found.ids()
        order = self.sorting.default if self._is_ranked else self.sort
        every = self.sorting.apply(self.queryset.model._default_manager.all(), order)
        keys = every.values_list("pk", flat=True).iterator(chunk_size=10_000)
        last = len(found)
        return array("q", (pk for pk in keys if (at := bisect_left(found, pk)) < last and found[at] == pk))

    def _all_ranked(self) -> Sequence[int]:
        ids = array("q")
        while len(ids) < self.count() and (ranked := self.found.best(len(ids), _AT_ONCE)):
            ids.extend(id for id, _score in ranked)
        if self.sort.startswith("-"):
            ids.reverse()
        return ids

    def __iter__(self) -> Iterator[Model]:
        return self.iterator(chunk_size=2_000)

    def none(self) -> QuerySet:
        """No row."""
        return self.queryset.none()

    @property
    def _is_ranked(self) -> bool:
        return self.sorting.is_ranking(self.sort)

    def _ids(self, offset: int, limit: int) -> list[int]:
        if self._is_ranked and self.found.wanted.texts:
            if not self.sort.startswith("-"):
                return [id for id, _score in self.found.best(offset, limit)]
            ranked = self.found.best(max(self.count() - offset - limit, 0), limit)
            return [id for id, _score in reversed(ranked)]
        name, is_down = self.sorting.in_index(self.sort)
        return self.found.sorted(name, is_down, offset, limit)

    def read(self, ids: Sequence[int], reader: str) -> list:
        """The rows with these numbers, in their order, as the queryset's reader of that name gives them."""
        rows = self._reader(reader)(ids)
        return [rows[id] for id in ids if id in rows]

    def _reader(self, name: str) -> Callable[[Sequence[int]], Mapping[int, object]]:
        """What gives rows by number: plain values where the model knows how, records where it does not."""
        reader = getattr(self.queryset, name, None)
        return reader() if reader else self._by_number

    def _by_number(self, ids: Sequence[int]) -> dict[int, Model]:
        return {record.pk: record for record in self.queryset.order_by().filter(pk__in=ids)}


class SomeRows:
    """Some of the rows of a list, as an export takes them: what makes the whole file makes a part of it too."""

    def __init__(self, rows: IndexedRows | QuerySet, offset: int, limit: int):
        self._rows, self._offset, self._limit = rows, offset, limit
        # In no order and whole: what reads by numbers could not order a part.
        self.queryset = getattr(rows, "queryset", rows).order_by()

    def ids(self) -> Sequence[int]:
        """Their numbers, in order."""
        if isinstance(self._rows, IndexedRows):
            return self._rows.ids_of(self._offset, self._limit)
        return list(self._rows.values_list("pk", flat=True)[self._offset : self._offset + self._limit])

    def iterator(self, chunk_size: int) -> Iterator[Model]:
        """Each of them."""
        if isinstance(self._rows, IndexedRows):
            return iter(self._rows.read(self.ids(), "export_reader"))
        return iter(self._rows[self._offset : self._offset + self._limit])


class IndexedList:
    """What a query asks of a list whose records are indexed, in one state of the index."""

    def __init__(self, kind: str, filters: ListFilters, state: Snapshot):
        self._filters = filters
        chosen = filters.chosen
        texts = [
            term.value
            for name, terms in chosen.items()
            if isinstance(filters.filters[name], TextFilter)
            for term in terms
        ]
        values = {
            name: [term.value for term in terms]
            for name, terms in chosen.items()
            if not isinstance(filters.filters[name], TextFilter)
        }
        self._state, self._wanted = state, Wanted((kind,), tuple(texts), values)
        self.found = state.find(self._wanted, tuple(filters.facets))

    def number(self, name: str = "", values: Sequence[str] = ()) -> int:
        """How many rows there are; without the choices of `name`, and with one of `values` instead."""
        if not name:
            return self.found.count
        others = {each: chosen for each, chosen in self._wanted.filters.items() if each != name}
        if values:
            others[name] = list(values)
        return self._state.find(Wanted(self._wanted.kinds, self._wanted.texts, others)).count

    @cached_property
    def _tallies(self) -> dict[str, dict[str, int]]:
        return self.found.tallies(list(self._filters.facets))

    def tally(self, name: str, facet: Facet) -> list[tuple[Term, int]]:
        """How many rows have each value of a facet, under the choices made in all others; in no order."""
        counts = self._tallies[name]
        terms = known_terms(self.found.snapshot, self._filters, name, facet, counts)
        return [(term, count) for value, count in counts.items() if (term := terms[value])]


def known_terms(
    state: Snapshot, filters: ListFilters, name: str, facet: Facet, values: Iterable[str]
) -> Mapping[str, Term | None]:
    """The terms of these values of a facet, among others; None for one that is not known.

    They are asked for once for each state of the index: whatever changes a label changes that state.
    """
    known = state.kept.setdefault((type(filters), name, get_language()), {})
    missing = [value for value in values if value not in known]
    if missing:
        known.update(dict.fromkeys(missing) | facet.known(missing))
    return known


def state_of_index(kind: str) -> Snapshot | None:
    """The index of a kind of record as it is now, None while it is being built."""
    try:
        return snapshot(index_of(kind))
    except Building:
        return None
