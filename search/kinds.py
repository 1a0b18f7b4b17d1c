"""Documents of several kinds as one ranked list: the kind is a filter like any other, and counted like one."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from search.engine import Found, Snapshot, Wanted


@dataclass(frozen=True)
class Hit:
    """A document: its kind, its number in the database, its score."""

    kind: str
    id: int
    score: float


class OfManyKinds:
    """What fits the texts among documents of all `kinds`; `chosen` narrows that to some of them.

    Whether all the words or most of them are asked for is decided once, over all kinds: so a count says what choosing
    its kind will give. The engine keeps no kind it could give back for a hit, so each kind is asked by itself.
    """

    def __init__(
        self, snapshot: Snapshot, texts: Sequence[str], kinds: Sequence[str], chosen: Sequence[str] = ()
    ):
        self.whole = snapshot.find(Wanted(tuple(kinds), tuple(texts)))
        self.chosen = [kind for kind in kinds if kind in chosen or not chosen]
        self._found = {kind: self._of(kind) for kind in kinds}

    def _of(self, kind: str) -> Found:
        found = self.whole.snapshot.find(Wanted((kind,), self.whole.wanted.texts))
        found.meanings, found.is_partial = self.whole.meanings, self.whole.is_partial
        return found

    def tally(self) -> dict[str, int]:
        """How many results there are of each kind, whatever kinds are chosen."""
        return {kind: found.count for kind, found in self._found.items()}

    @property
    def count(self) -> int:
        """How many results there are of the chosen kinds."""
        return sum(self._found[kind].count for kind in self.chosen)

    def best(self, offset: int, limit: int) -> list[Hit]:
        """Results, best first."""
        return self._merged(Found.best, offset, limit)

    def near(self, limit: int) -> list[Hit]:
        """What holds only some of the words, best first."""
        return self._merged(Found.near, 0, limit)

    def _merged(self, ranked: Callable, offset: int, limit: int) -> list[Hit]:
        lists = [
            [Hit(kind, id, score) for id, score in ranked(self._found[kind], 0, offset + limit)]
            for kind in self.chosen
        ]
        merged = heapq.merge(*lists, key=lambda hit: -hit.score)
        return list(islice(merged, offset, offset + limit))
