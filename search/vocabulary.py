"""The words of one state of the index, unstemmed, as corrections look them up."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

FIELD = "word"


class Vocabulary:
    """Words with the number of documents that hold them.

    Looking one up is cheap, listing them is not: they are listed by how they begin, each beginning once.
    """

    def __init__(self, searcher: tantivy.Searcher):
        self._searcher = searcher
        self._beginning: dict[str, dict[int, list[str]]] = {}

    def count(self, word: str) -> int:
        """How many documents hold the word."""
        return self._searcher.doc_freq(FIELD, word)

    def beginning(self, prefix: str, lengths: Iterable[int]) -> list[str]:
        """The words that begin so and have one of these lengths."""
        by_length = self._beginning.get(prefix)
        if by_length is None:
            by_length = self._beginning[prefix] = self._listed(prefix)
        return [word for length in lengths for word in by_length.get(length, ())]

    def _listed(self, prefix: str) -> dict[int, list[str]]:
        by_length: dict[int, list[str]] = {}
        for word, _count in self._searcher.terms_with_prefix(FIELD, prefix):
            if word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        return by_length
