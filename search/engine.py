"""The interface of search: what is found, how much of each kind, in which order, as of one state of the index."""

from __future__ import annotations

import math
import os
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import tantivy

from search import orders, schema
from search.corpus import corpora, indexes
from search.marks import NOTE, Mark, mark_of
from search.meaning import Meaning, meaning
from search.queries import EVERYTHING, Pair, Queries, Wanted, any_of
from search.synonyms import Synonyms

MOST_VALUES = 10_000  # values of one filter that are counted
_KINDS = "*"  # what the counts of all kinds go by among those of filters, of which one may be called "kind"
_MOST_FREQUENCIES = 20_000  # remembered for one state of the index
_MANY_WORDS = 8
_MOST_COUNTS = 200  # requests whose counts are remembered


@dataclass(frozen=True)
class Counts:
    """How many documents, and how many of them have each value of some filters."""

    every: int
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Snapshot:
    """One state of the index. Thread-safe; nothing in it changes."""

    def __init__(self, index: tantivy.Index, synonyms: Synonyms):
        self.schema = index.schema
        self.searcher = index.searcher()
        self.mark: Mark | None = mark_of(self.searcher, self.schema)
        self.synonyms = synonyms
        self._frequencies: dict[tuple[str, ...], int] = {}
        self._held: dict[tuple[str, tuple[str, ...]], bool] = {}
        self.counted: dict[tuple, Counts] = {}
        self._counted_by: dict[str, list[str]] = {}
        self.kept: dict = {}  # for callers: what holds as long as this state does
        # Whether nothing had changed in the database when the log was last asked; set by the service.
        self.is_true = False

    def with_synonyms(self, synonyms: Synonyms) -> Snapshot:
        """The same state of the index as it would be searched with other synonyms."""
        other = copy(self)
        other.synonyms, other.is_true = synonyms, False
        other.counted, other.kept = {}, {}
        return other

    @property
    def name(self) -> str:
        """Tells this state from every other one, of any process, that is true to its mark."""
        mark = self.mark
        return f"{mark.origin} {mark.place} {mark.at}" if mark else ""

    # --- words

    def known(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words of the catalogue that begin so, those in most documents first."""
        found = self.searcher.terms_with_prefix("word", prefix, limit=2_000)
        return sorted(found, key=lambda each: (-each[1], each[0]))[:limit]

    def frequency(self, tokens: Sequence[str]) -> int:
        """How many documents hold these tokens one after the other, at most (some may stand in two fields)."""
        key = tuple(tokens)
        held = self._frequencies.get(key)
        if held is None:
            if len(self._frequencies) >= _MOST_FREQUENCIES:
                self._frequencies.clear()
            held = self._frequencies[key] = self._frequency(key)
        return held

    def _frequency(self, tokens: tuple[str, ...]) -> int:
        if len(tokens) == 1:
            return max(self.living(name, tokens[0]) for name in schema.SEARCHED)
        if not all(self.frequency([token]) for token in tokens):
            return 0
        phrase = any_of(
            [tantivy.Query.phrase_query(self.schema, name, list(tokens)) for name in schema.SEARCHED]
        )
        return self.searcher.search(phrase, 1).count or 0

    @cached_property
    def _has_dead(self) -> bool:
        """Whether documents that were taken out still lie in the index, where its own numbers count them."""
        kinds = (NOTE, *(corpus.kind for name in indexes() for corpus in corpora(name)))
        return sum(self.searcher.doc_freq("kind", kind) for kind in kinds) > self.searcher.num_docs

    def living(self, name: str, token: str) -> int:
        """How many documents hold a token in a field, those left out that were taken out meanwhile."""
        held = self.searcher.doc_freq(name, token)
        if not held or not self._has_dead:
            return held
        query = tantivy.Query.term_query(self.schema, name, token, index_option="basic")
        return self.searcher.search(query, 1).count or 0

    def holds(self, name: str, tokens: Sequence[str]) -> bool:
        """Whether a field holds all of these tokens, in some document or other."""
        key = (name, tuple(tokens))
        held = self._held.get(key)
        if held is None:
            if len(self._held) >= _MOST_FREQUENCIES:
                self._held.clear()
            held = self._held[key] = all(self.searcher.doc_freq(name, token) for token in tokens)
        return held

    def is_word(self, word: str) -> bool:
        """Whether a document has the word, its ending kept."""
        return self.living("word", word) > 0

    def rarity(self, tokens: Sequence[str]) -> float:
        """How much these tokens in a row weigh, as BM25 has it."""
        return sum(self.rarity_of(self.frequency([token])) for token in tokens)

    def rarity_of(self, held: int) -> float:
        """How much a word weighs that so many documents hold."""
        every = self.searcher.num_docs
        return math.log(1 + (every - held + 0.5) / (held + 0.5)) if held < every else 0.01

    def meaning(self, text: str) -> Meaning:
        """What a reader means by a text, in the words this state of the index knows."""
        return meaning(self, text)

    # --- documents

    def counted_by(self, name: str) -> list[str]:
        """The fields that hold values of a filter, in any document."""
        fields = self._counted_by.get(name)
        if fields is None:
            every = schema.count_fields(name)
            fields = [field for field in every if self.searcher.terms_with_prefix(field, "", limit=1)]
            self._counted_by[name] = fields
        return fields

    def find(self, wanted: Wanted, counted: Sequence[str] = ()) -> Found:
        """What fits the request. `counted` names the filters whose values will be counted, which spares a search."""
        return Found(self, wanted, counted)


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

    def __init__(self, snapshot: Snapshot, wanted: Wanted, counted: Sequence[str] = ()):
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
        every = self._all_words
        if every is None:
            return True
        if self._is_some_known:
            return False
        if self._is_long:
            rarest = self._queries.joined(self._queries.rarest_words)
            return not (rarest and self._is_any(rarest) and self._is_any(every))
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

    # --- how many

    def begin(self) -> None:
        """Begins to count in a thread of the engine's, for which Python need not stand still.

        Worth while where the best results are read meanwhile (`best`): whoever asks for a count waits for it.
        """
        first = self._all_words if self.wanted.texts else EVERYTHING
        self._is_begun = True
        if first and not self._is_long:
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
            found = known[key] = self._count(query, names)
        return found

    def _key(self, words: Pair, names: Sequence[str], leaving_out: str) -> tuple:
        filters = tuple(each for each in sorted(self._chosen.items()) if each[0] != leaving_out)
        which = "all" if words is self._all_words else "most"
        return (self.wanted.kinds, self.wanted.texts, which, filters, tuple(names))

    def _count(self, query: tantivy.Query, names: Sequence[str]) -> Counts:
        if not names:
            return Counts(self._searcher.search(query, 1).count or 0)
        fields = {_KINDS: ["kind"]} | {name: self.snapshot.counted_by(name) for name in names}
        terms = {
            field: {"terms": {"field": field, "size": MOST_VALUES}}
            for each in fields.values()
            for field in each
        }
        rows = self._searcher.aggregate(query, terms)
        found = {name: _summed(rows[field]["buckets"] for field in each) for name, each in fields.items()}
        return Counts(sum(found.pop(_KINDS).values()), found)

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
            found = self._ranked(self._queries.narrowed(self._all_words.scored), offset, limit)
            self._is_some_known = bool(found)
            if found:
                return found
        if self._words is None:
            return []
        if self._is_begun:
            self._count_ahead(self._words)
        return self._ranked(self._queries.narrowed(self._words.scored), offset, limit)

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

    def _ranked(self, query: tantivy.Query, offset: int, limit: int) -> list[tuple[int, float]]:
        if limit <= 0:
            return []
        hits = self._searcher.search(query, limit, count=False, offset=offset).hits
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
