"""Words that find each other: the groups of the table, ready for queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search import analysis
from search.understanding import Form, Typed

WEIGHT = 0.6
_LONGEST = 6  # tokens of a phrase


def _stems(text: str) -> tuple[str, ...]:
    return tuple(
        filter(None, (analysis.stem(token.text) for token in analysis.tokens(analysis.normal(text))))
    )


class Synonyms:
    """The groups by their members, each member as the index would hold it."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()):
        self._groups: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for members in groups:
            stemmed = [(stems, member) for member in members if (stems := _stems(member))]
            for stems, _member in stemmed:
                others = [each for each in stemmed if each[0] != stems]
                self._groups.setdefault(stems, []).extend(others)
        self._longest = min(_LONGEST, max(map(len, self._groups), default=0))

    def of(self, typed: Typed) -> list[Form]:
        """What else counts for this part; nothing for a quoted one, which is meant to the letter."""
        if typed.is_quoted:
            return []
        stems = tuple(filter(None, map(analysis.stem, typed.tokens)))
        return [Form(tokens, WEIGHT, "synonym", shown) for tokens, shown in self._groups.get(stems, ())]

    def join(self, parts: Sequence[Typed]) -> list[Typed]:
        """The parts of a query, words in a row that are a phrase of some group put together."""
        joined, place = [], 0
        while place < len(parts):
            length = next(
                (
                    n
                    for n in range(min(self._longest, len(parts) - place), 1, -1)
                    if self._is_phrase(parts[place : place + n])
                ),
                1,
            )
            run = parts[place : place + length]
            joined.append(
                run[0]
                if length == 1
                else Typed(" ".join(part.text for part in run), tuple(t for part in run for t in part.tokens))
            )
            place += length
        return joined

    def _is_phrase(self, run: Sequence[Typed]) -> bool:
        if any(part.is_quoted for part in run):
            return False
        return tuple(analysis.stem(token) for part in run for token in part.tokens) in self._groups
