"""Documents of several kinds as one ranked list: the kind is a filter like any other, and counted like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import tantivy

from search import schema
from search.engine import Found, Snapshot, Wanted


@dataclass(frozen=True)
class Hit:
    """A document: its kind, its number in the database, its score."""

    kind: str
    id: int
    score: float


class _FoundOfKinds(Found):
    """What is found, counted by its kinds, and each hit with its own."""

    @cached_property
    def by_kind(self) -> dict[str, int]:
        """How many results there are of each kind."""
        if self._words is None:
            return {}
        terms = {"kind": {"terms": {"field": "kind", "size": len(self.wanted.kinds)}}}
        rows = self._searcher.aggregate(self._queries.narrowed(self._words.matching), terms)
        return {each["key"]: each["doc_count"] for each in rows["kind"]["buckets"]}

    def _numbered(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[Hit]:
        addresses = [address for _score, address in hits]
        ids = self._searcher.fast_field_values("id", addresses)
        kinds = self._searcher.fast_field_values("kind_number", addresses)
        names = {schema.kind_number(kind): kind for kind in self.wanted.kinds}
        return [
            Hit(names[kind], int(id), score)
            for kind, id, (score, _address) in zip(kinds, ids, hits, strict=True)
        ]


class OfManyKinds:
    """What fits the texts among documents of all `kinds`; `chosen` narrows that to some of them.

    Whether all the words or most of them are asked for is decided once, over all kinds: so a count says what choosing
    its kind will give.
    """

    def __init__(
        self, snapshot: Snapshot, texts: Sequence[str], kinds: Sequence[str], chosen: Sequence[str] = ()
    ):
        self.whole = _FoundOfKinds(snapshot, Wanted(tuple(kinds), tuple(texts)))
        self.chosen = [kind for kind in kinds if kind in chosen or not chosen]
        self._listed = self.whole
        if len(self.chosen) < len(kinds):
            self._listed = _FoundOfKinds(snapshot, Wanted(tuple(self.chosen), tuple(texts)))
            self._listed.is_partial = self.whole.is_partial

    def tally(self) -> dict[str, int]:
        """How many results there are of each kind, whatever kinds are chosen."""
        return {kind: self.whole.by_kind.get(kind, 0) for kind in self.whole.wanted.kinds}

    @property
    def count(self) -> int:
        """How many results there are of the chosen kinds."""
        return sum(self.whole.by_kind.get(kind, 0) for kind in self.chosen)

    def best(self, offset: int, limit: int) -> list[Hit]:
        """Results, best first: as quick on the last page as on the first."""
        return self._listed.best(offset, limit)

    def near(self, limit: int) -> list[Hit]:
        """What holds only some of the words, best first."""
        return self._listed.near(0, limit)
