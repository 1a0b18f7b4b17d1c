"""The interface of search: what is found, how much of each kind, in which order, as of one state of the index."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import cached_property

import tantivy
from tantivy import Occur

from search import orders, schema
from search.indexing import Mark, mark_of
from search.meaning import Meaning, meaning
from search.queries import EVERYTHING, Queries, Wanted, any_of, unscored
from search.synonyms import Synonyms

MOST_VALUES = 10_000  # values of one filter that are counted
_MOST_FREQUENCIES = 20_000  # remembered for one state of the index


class Snapshot:
    """One state of the index. Thread-safe; nothing in it changes."""

    def __init__(self, index: tantivy.Index, synonyms: Synonyms):
        self.schema = index.schema
        self.searcher = index.searcher()
        self.mark: Mark | None = mark_of(self.searcher, self.schema)
        self.synonyms = synonyms
        self._frequencies: dict[tuple[str, ...], int] = {}
        self.counted: dict[tuple, dict[str, dict[str, int]]] = {}
        self.kept: dict = {}  # for callers: what holds as long as this state does

    # --- words

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The words of the catalogue with the number of documents that hold them."""
        return dict(self.searcher.terms_with_prefix("word", ""))

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
            return max(self.searcher.doc_freq(name, tokens[0]) for name in schema.SEARCHED)
        if not all(self.frequency([token]) for token in tokens):
            return 0
        phrase = any_of(
            tantivy.Query.phrase_query(self.schema, name, list(tokens)) for name in schema.SEARCHED
        )
        return self.searcher.search(phrase, 1).count or 0

    def is_word(self, word: str) -> bool:
        """Whether a document has the word, its ending kept."""
        return self.searcher.doc_freq("word", word) > 0

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

    def find(self, wanted: Wanted) -> Found:
        """What fits the request."""
        return Found(self, wanted)


class Found:
    """The documents of one request: `results`, which are counted, and `near`, which are not."""

    def __init__(self, snapshot: Snapshot, wanted: Wanted):
        self.snapshot, self.wanted = snapshot, wanted
        self._searcher = snapshot.searcher
        self._engine = snapshot.schema, snapshot.searcher
        self.meanings = [snapshot.meaning(text) for text in wanted.texts]
        self._queries = Queries(snapshot, wanted, self.meanings)

    @cached_property
    def is_partial(self) -> bool:
        """Whether no document holds all the words, so that those with most of them are the results."""
        if not self.wanted.texts:
            return False
        every = self._queries.joined(self._queries.all_words)
        return every is None or not self._count(self._queries.of_kinds(every))

    @cached_property
    def _text_query(self) -> tantivy.Query | None:
        if not self.wanted.texts:
            return unscored(EVERYTHING)
        return self._queries.joined(self._queries.most_words if self.is_partial else self._queries.all_words)

    @cached_property
    def _results(self) -> tantivy.Query | None:
        return None if self._text_query is None else self._queries.narrowed(self._text_query)

    @cached_property
    def _near(self) -> tantivy.Query | None:
        some = self._queries.joined(self._queries.some_words) if self.wanted.texts else None
        if some is None:
            return None
        narrowed = self._queries.narrowed(some)
        if self._text_query is None:
            return narrowed
        return tantivy.Query.boolean_query([(Occur.Must, narrowed), (Occur.MustNot, self._text_query)])

    # --- answers

    def _count(self, query: tantivy.Query | None) -> int:
        return 0 if query is None else self._searcher.search(query, 1).count or 0

    @cached_property
    def count(self) -> int:
        """How many results there are."""
        return self._count(self._results)

    def tally(self, name: str) -> dict[str, int]:
        """How many results have each value of a filter, under all filters but this one."""
        return self.tallies([name])[name]

    def tallies(self, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """The counts of several filters, each under the choices made in all others."""
        if self._text_query is None:
            return {name: {} for name in names}
        chosen = [name for name in names if (self.wanted.filters or {}).get(name)]
        groups = [([name for name in names if name not in chosen], ""), *(([name], name) for name in chosen)]
        found: dict[str, dict[str, int]] = {}
        for group, leaving_out in groups:
            if group:
                found |= self._aggregate(group, leaving_out)
        return found

    def _aggregate(self, names: Sequence[str], leaving_out: str) -> dict[str, dict[str, int]]:
        is_plain = not self.wanted.texts and not any(
            values for name, values in (self.wanted.filters or {}).items() if name != leaving_out
        )
        # What everybody sees first is counted once for each state of the index.
        known = self.snapshot.counted if is_plain else {}
        key = (self.wanted.kinds, tuple(names))
        if key not in known:
            known[key] = self._counted(names, leaving_out)
        return known[key]

    def _counted(self, names: Sequence[str], leaving_out: str) -> dict[str, dict[str, int]]:
        terms = {name: {"terms": {"field": schema.filter_field(name), "size": MOST_VALUES}} for name in names}
        rows = self._searcher.aggregate(self._queries.narrowed(self._text_query, leaving_out), terms)
        return {name: {each["key"]: each["doc_count"] for each in rows[name]["buckets"]} for name in names}

    def ids(self) -> array:
        """The numbers of all results, ascending; in few bytes however many they are."""
        return array("q") if self._results is None else orders.numbers(self._engine, self._results)

    def best(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of results, best first."""
        return self._ranked(self._results, offset, limit)

    def near(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of what holds only some of the words, best first."""
        return self._ranked(self._near, offset, limit)

    def _ranked(self, query: tantivy.Query | None, offset: int, limit: int) -> list[tuple[int, float]]:
        if query is None or limit <= 0:
            return []
        hits = self._searcher.search(query, limit, count=False, offset=offset).hits
        ids = self._searcher.fast_field_values("id", [address for _score, address in hits])
        return [(int(id), score) for id, (score, _address) in zip(ids, hits, strict=True)]

    def sorted(self, order: str, is_down: bool, offset: int, limit: int) -> list[int]:
        """Numbers of results in an order of texts, the slug breaking ties."""
        if self._results is None or limit <= 0 or offset >= self.count:
            return []
        return orders.page(self._engine, self._results, order, is_down, (offset, limit))
