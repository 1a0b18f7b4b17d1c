"""The interface of search: one state of the index, the words it knows, and what it finds for a request."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from functools import cached_property

import tantivy

from search import schema
from search.corpus import corpora, indexes
from search.divisions import Divisions
from search.found import Counts, Found
from search.marks import NOTE, Mark, mark_of
from search.meaning import Meaning, meaning
from search.queries import Wanted, any_of
from search.synonyms import Synonyms

_MOST_FREQUENCIES = 20_000  # remembered for one state of the index
_NEARLY_ALL = 0.9
_COUNTED_EXACTLY = 1_000  # documents of a word, where some of them may have been taken out


class Snapshot:
    """One state of the index. Thread-safe; nothing in it changes."""

    def __init__(
        self,
        index: tantivy.Index,
        synonyms: Synonyms,
        divisions: Divisions = Divisions(),  # noqa: B008 - never changed
    ):
        self.schema = index.schema
        self.searcher = index.searcher()
        self.mark: Mark | None = mark_of(self.searcher, self.schema)
        self.synonyms, self.divisions = synonyms, divisions
        self._frequencies: dict[tuple[str, ...], int] = {}
        self._held: dict[tuple[str, tuple[str, ...]], bool] = {}
        self.counted: dict[tuple, Counts] = {}
        self._counted_by: dict[str, list[str]] = {}
        self._are_most: dict[tuple[str, ...], bool] = {}
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
    def _dead(self) -> int:
        """How many documents still lie in the index, where its own numbers count them, that were taken out."""
        kinds = (NOTE, *(corpus.kind for name in indexes() for corpus in corpora(name)))
        return sum(self.searcher.doc_freq("kind", kind) for kind in kinds) - self.searcher.num_docs

    def living(self, name: str, token: str) -> int:
        """How many documents hold a token in a field, those left out that were taken out meanwhile.

        Of very many, some that were taken out may be counted, as the engine's own weights count them: some are there
        for certain, and to count them takes longer than everything else that is asked about a word.
        """
        held = self.searcher.doc_freq(name, token)
        if not held or not self._dead or held > max(self._dead, _COUNTED_EXACTLY):
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

    def are_most(self, kinds: tuple[str, ...]) -> bool:
        """Whether nearly all documents are of these kinds."""
        known = self._are_most.get(kinds)
        if known is None:
            own = sum(self.searcher.doc_freq("kind", kind) for kind in kinds)
            known = self._are_most[kinds] = own >= _NEARLY_ALL * self.searcher.num_docs
        return known

    def find(self, wanted: Wanted, counted: Sequence[str] = ()) -> Found:
        """What fits the request. `counted` names the filters whose values will be counted, which spares a search."""
        return Found(self, wanted, counted)
