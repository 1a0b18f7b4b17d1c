"""How much words tell: the rarer, the more. Of very many words only the rarest are judged by and weighed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import tantivy

from search import divisions
from search.understanding import Word

# How finely the weights of words are told apart where not all are found: as coarsely as keeps each near enough.
_STEPS = (1, 2, 3, 4, 6, 8)
_NEAR_ENOUGH = 0.05
# Where phrases are among them: each step of a phrase looks into all its documents again.
_STEPS_OF_PHRASES = (1, 2)
# Words are judged by and weighed, the rarest first, until they stand in so many documents for each one there is, and in
# so many at all, but never fewer words than these: what more of the commonest words say does not part one document from
# another, and costs most of the time.
_FOR_EACH, _ANYHOW, _LEAST = 1, 100_000, 3


class State(Protocol):
    """What is asked of the state of the index that the words are weighed in."""

    searcher: tantivy.Searcher

    def frequency(self, tokens: Sequence[str]) -> int: ...
    def rarity_of(self, held: int) -> float: ...


def weight(state: State, word: Word) -> float:
    """How rare a word is (as BM25 has it); one that is nowhere counts as the rarest.

    So does the name of a district that no text holds, however many documents name the city it is a part of.
    """
    forms = [form for form in word.forms if form.why != divisions.WHY]
    held = max((state.frequency(form.tokens) for form in forms), default=0)
    return state.rarity_of(held)


def by_rarity(state: State, words: Iterable[Word]) -> list[Word]:
    """Words, the rarest first."""
    return sorted(words, key=lambda word: weight(state, word), reverse=True)


def rarest(state: State, words: Iterable[Word]) -> list[Word]:
    """Words, the rarest first, until they stand in as many documents as there is room for."""
    room = max(_FOR_EACH * state.searcher.num_docs, _ANYHOW)
    found, held = [], 0
    for word in by_rarity(state, words):
        if len(found) >= _LEAST and held >= room:
            break
        found.append(word)
        held += sum(state.frequency(form.tokens) for form in word.forms)
    return found


def steps_of(state: State, words: Sequence[Word]) -> list[int]:
    """The weights of words as small numbers."""
    has_phrases = any(word.typed.is_quoted and len(word.typed.tokens) > 1 for word in words)
    return steps([weight(state, word) for word in words], _STEPS_OF_PHRASES if has_phrases else _STEPS)


def steps(weights: Sequence[float], allowed: Sequence[int] = _STEPS) -> list[int]:
    """The weights as small numbers: as few steps as keep the share of each near enough."""
    if not weights:
        return []
    most = max(weights)
    for finest in allowed:
        counts = [max(1, round(finest * weight / most)) for weight in weights]
        scale = sum(counts) / sum(weights)
        if all(
            abs(count - weight * scale) <= _NEAR_ENOUGH * count
            for count, weight in zip(counts, weights, strict=True)
        ):
            break
    return counts
