"""The words of one state of the index, unstemmed, as corrections look them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import tantivy

from search import analysis

FIELD = "word"


class State(Protocol):
    """What is asked of the state of the index."""

    searcher: tantivy.Searcher

    def living(self, name: str, token: str) -> int: ...


class Vocabulary:
    """Words with the number of documents that hold them.

    Looking one up is cheap, listing them is not: they are listed by how they begin, each beginning once.
    """

    def __init__(self, state: State):
        self._state = state
        self._beginning: dict[str, dict[int, list[str]]] = {}

    def count(self, word: str) -> int:
        """How many documents hold the word; where none does, its plural: "eater" is a word where there are eaters."""
        plural = f"{word}s"
        held = self._state.living(FIELD, word)
        is_plural = not held and analysis.stem(plural) == analysis.stem(word)
        return self._state.living(FIELD, plural) if is_plural else held

    def beginning(self, prefix: str, lengths: Iterable[int]) -> list[str]:
        """The words that begin so and have one of these lengths, some perhaps held by no document any more."""
        by_length = self._beginning.get(prefix)
        if by_length is None:
            by_length = self._beginning[prefix] = self._listed(prefix)
        return [word for length in lengths for word in by_length.get(length, ())]

    def _listed(self, prefix: str) -> dict[int, list[str]]:
        by_length: dict[int, list[str]] = {}
        for word, _count in self._state.searcher.terms_with_prefix(FIELD, prefix):
            if word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        return by_length
