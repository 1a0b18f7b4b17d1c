"""What one request finds in a state of the index: how many of each value, which, and in which order."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

import tantivy

from search import orders, schema
from search.meaning import Meaning
from search.queries import EVERYTHING, Pair, Queries, State, Wanted
from search.understanding import Word

MOST_VALUES = 10_000  # values of one filter that are counted
_KINDS = "*"  # what the counts of all kinds go by among those of filters, of which one may be called "kind"
_MANY_WORDS = 8
_MOST_COUNTS = 200  # requests whose counts are remembered
# Documents of other kinds that are passed over among the best, and how far down a page may lie for that.
_PASSED_OVER, _DEEP = 20, 200


@dataclass(frozen=True)
class Counts:
    """How many documents, and how many of them have each value of some filters."""

    every: int
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Counted(State, Protocol):
    """What is asked of the state of the index that documents are found and counted in."""

    counted: dict[tuple, Counts]

    def meaning(self, text: str) -> Meaning: ...
    def counted_by(self, name: str) -> list[str]: ...
    def are_most(self, kinds: tuple[str, ...]) -> bool: ...


def _summed(lists: Iterable[Sequence[Mapping]]) -> dict[str, int]:
    """How many documents have each value, in whichever of the fields it stands."""
    found: dict[str, int] = {}
    for buckets in lists:
        for each in buckets:
            value = each["key"]
            found[value] = found.get(value, 0) + each["doc_count"]
    return found


@lru_cache(maxsize=1)
def _counters(process: int) -> ThreadPoolExecutor:
    """The threads of this process that count; a process split off has its own."""
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="count")


class Found:
    """The documents of one request: `results`, which are counted, and `near`, which are not."""

    def __init__(self, snapshot: Counted, wanted: Wanted, counted: Sequence[str] = ()):
        self.snapshot, self.wanted = snapshot, wanted
        self._searcher = snapshot.searcher
        self._engine = snapshot.schema, snapshot.searcher
        self._chosen = {name: tuple(values) for name, values in (wanted.filters or {}).items() if values}
        self._facets = tuple(name for name in counted if name not in self._chosen)
        self.meanings = [snapshot.meaning(text) for text in wanted.texts]
        self._queries = Queries(snapshot, wanted, self.meanings)
        self._is_begun = False  # whether what will be counted should be counted in a thread
        self._begun: Future | None = None
        self._is_some_known = False  # that some result holds all the words

    # --- which words

    @cached_property
    def _all_words(self) -> Pair | None:
        return self._queries.joined(self._queries.all_words)

    @cached_property
    def is_partial(self) -> bool:
        """Whether no document holds all the words, so that those with most of them are the results."""
        if not self.wanted.texts:
            return False
        if self._is_long:
            # So many words are put together only where the rarest of them are.
            rarest = self._queries.joined(self._queries.rarest_words)
            if not (rarest and self._is_any(rarest)):
                return True
            every = self._all_words
            return not (every and self._is_any(every))
        every = self._all_words
        if every is None:
            return True
        if self._is_some_known:
            return False
        if self._counted(every, self._facets).every:
            return False
        return not (self._chosen and self._is_any(every))

    @cached_property
    def _is_long(self) -> bool:
        """Whether so many words are looked for that hardly a document holds all: then that is asked first, alone."""
        return max((len(each.words) for each in self.meanings), default=0) > _MANY_WORDS

    def _is_any(self, words: Pair) -> bool:
        """Whether any document at all holds the words, whatever the filters."""
        return bool(self._searcher.search(self._queries.of_kinds(words.matching), 1).count)

    @cached_property
    def _words(self) -> Pair | None:
        """What holds the words, whatever the filters; None where nothing does."""
        if not self.wanted.texts:
            return EVERYTHING
        return self._queries.joined(self._queries.most_words) if self.is_partial else self._all_words

    @property
    def shown_words(self) -> list[Word]:
        """The words that show why something was found: all, or where not all are needed, those that are weighed."""
        weighed = self._queries.weighed if self.is_partial else lambda meaning: meaning.words
        return [word for meaning in self.meanings for word in weighed(meaning)]

    # --- how many

    def begin(self) -> None:
        """Begins to count in a thread of the engine's, for which Python need not stand still.

        Worth while where the best results are read meanwhile (`best`): whoever asks for a count waits for it.
        """
        self._is_begun = True
        if self._is_long:
            return
        first = self._all_words if self.wanted.texts else EVERYTHING
        if first:
            self._count_ahead(first)

    def _count_ahead(self, words: Pair) -> None:
        if self._begun or self._key(words, self._facets, "") in self.snapshot.counted:
            return
        asked = [(self._facets, ""), *(((name,), name) for name in self._chosen)]
        self._begun = _counters(os.getpid()).submit(
            lambda: [self._counted_now(words, names, leaving_out) for names, leaving_out in asked]
        )

    @cached_property
    def _totals(self) -> Counts:
        return self._counted(self._words, self._facets) if self._words else Counts(0)

    @property
    def count(self) -> int:
        """How many results there are."""
        return self._totals.every

    def tally(self, name: str) -> Mapping[str, int]:
        """How many results have each value of a filter, under all filters but this one."""
        if self._words is None:
            return {}
        if name in self._facets:
            return self._totals.values[name]
        return self._counted(self._words, (name,), name).values[name]

    def tallies(self, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
        """The counts of several filters, each under the choices made in all others."""
        return {name: self.tally(name) for name in names}

    def _counted(self, words: Pair, names: Sequence[str], leaving_out: str = "") -> Counts:
        """Counts under the filters, but for one; remembered for this state of the index."""
        if self._begun:
            self._begun.result()
            self._begun = None
        return self._counted_now(words, names, leaving_out)

    def _counted_now(self, words: Pair, names: Sequence[str], leaving_out: str) -> Counts:
        known, key = self.snapshot.counted, self._key(words, names, leaving_out)
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST_COUNTS:
                known.clear()
            query = self._queries.narrowed(words.matching, leaving_out)
            found = known[key] = self._count(query, names, is_total_asked=not leaving_out)
        return found

    def _key(self, words: Pair, names: Sequence[str], leaving_out: str) -> tuple:
        filters = tuple(each for each in sorted(self._chosen.items()) if each[0] != leaving_out)
        which = "all" if words is self.__dict__.get("_all_words") else "most"  # not made for this alone
        # What leaves a filter out does not know how many there are in all (see _count).
        return (self.wanted.kinds, self.wanted.texts, which, filters, tuple(names), bool(leaving_out))

    def _count(self, query: tantivy.Query, names: Sequence[str], is_total_asked: bool) -> Counts:
        """Counts of what a query finds; how many in all only where that is asked: it is one count more."""
        if not names:
            return Counts(self._searcher.search(query, 1).count or 0)
        fields = {name: self.snapshot.counted_by(name) for name in names}
        if is_total_asked:
            fields[_KINDS] = ["kind"]
        terms = {
            field: {"terms": {"field": field, "size": MOST_VALUES}}
            for each in fields.values()
            for field in each
        }
        rows = self._searcher.aggregate(query, terms)
        found = {name: _summed(rows[field]["buckets"] for field in each) for name, each in fields.items()}
        return Counts(sum(found.pop(_KINDS, {}).values()), found)

    # --- which

    def ids(self) -> array:
        """The numbers of all results, ascending; in few bytes however many they are."""
        if self._words is None:
            return array("q")
        return orders.numbers(self._engine, self._queries.narrowed(self._words.matching))

    def best(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of results, best first."""
        if self._is_to_be_tried and self._all_words:
            # Where one document holds all the words, nothing need be counted to know which ones are meant.
            found = self._best(self._all_words, offset, limit)
            self._is_some_known = bool(found)
            if found:
                return found
        if self._words is None:
            return []
        if self._is_begun:
            self._count_ahead(self._words)
        return self._best(self._words, offset, limit)

    @property
    def _is_to_be_tried(self) -> bool:
        """Whether it is not known yet, but likely, that some document holds all the words."""
        return bool(self.wanted.texts) and "is_partial" not in self.__dict__ and not self._is_long

    def near(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of what holds only some of the words, best first."""
        some = self._some_words
        return self._ranked(self._only_near(some.scored), offset, limit) if some else []

    @property
    def near_count(self) -> int:
        """How many documents hold only some of the words."""
        some = self._some_words
        return (self._searcher.search(self._only_near(some.matching), 1).count or 0) if some else 0

    @cached_property
    def _some_words(self) -> Pair | None:
        return self._queries.joined(self._queries.some_words) if self.wanted.texts else None

    def _only_near(self, query: tantivy.Query) -> tantivy.Query:
        """A query under the filters, without what is among the results."""
        return self._queries.narrowed(query, but_not=self._words.matching if self._words else None)

    def _best(self, words: Pair, offset: int, limit: int) -> list[tuple[int, float]]:
        """The best of the request among what a query finds.

        Under no further condition the engine looks only at what may come among the best of one word. So the few
        documents of other kinds are passed over here; where they turn out not to be few, the engine is asked again.
        """
        last = offset + limit
        if 0 < limit <= last <= _DEEP and not self._chosen and self.snapshot.are_most(self.wanted.kinds):
            hits = self._searcher.search(words.scored, last + _PASSED_OVER, count=False).hits
            kinds = self._searcher.fast_field_values("kind_number", [address for _score, address in hits])
            wanted = set(map(schema.kind_number, self.wanted.kinds))
            own = [hit for hit, kind in zip(hits, kinds, strict=True) if kind in wanted]
            if len(own) >= last or len(hits) < last + _PASSED_OVER:
                return self._numbered(own[offset:last])
        return self._ranked(self._queries.narrowed_scored(words), offset, limit)

    def _ranked(self, query: tantivy.Query, offset: int, limit: int) -> list[tuple[int, float]]:
        if limit <= 0:
            return []
        return self._numbered(self._searcher.search(query, limit, count=False, offset=offset).hits)

    def _numbered(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[tuple[int, float]]:
        ids = self._searcher.fast_field_values("id", [address for _score, address in hits])
        return [(int(id), score) for id, (score, _address) in zip(ids, hits, strict=True)]

    def sorted(self, order: str, is_down: bool, offset: int, limit: int) -> list[int]:
        """Numbers of results in an order of texts, the slug breaking ties."""
        if self._words is None or limit <= 0 or offset >= self.count:
            return []
        query = self._queries.narrowed(self._words.matching)
        return orders.page(self._engine, query, order, is_down, (offset, limit))

    def around(self, order: str, key: str) -> tuple[int | None, int | None]:
        """The results just before and just after the one with this key (`schema.sort_keys`), in an upward order."""
        query = self._queries.narrowed(self._words.matching)
        place = orders.place(self._engine, query, order, key)
        first = max(place - 1, 0)
        ids = self.sorted(order, False, first, place - first + 2)
        before = ids[0] if place > 0 else None
        after = ids[place - first + 1] if len(ids) > place - first + 1 else None
        return before, after
