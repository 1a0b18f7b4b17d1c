"""Districts, counties and towns: who types the name of one means the city it is a part of.

The rooms above say what they are. They are looked up when a text is understood, not written into documents: texts that
hold such a name stay what they were, and a change of one is known with the next search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search import analysis
from search.understanding import Form, Typed

WHY = "division"
FIELD = "names"  # of documents, where the city of a division is looked for: no text that names it in passing is meant
WEIGHT = 0.5  # of a city whose division was typed, where no text holds the word
BEHIND = 0.01  # the same, where one does: the texts come first
SAME = 0.5  # of another name of the typed division, in a text
MOST_TYPED = 4  # words that may be one name


@dataclass(frozen=True)
class Division:
    """All names of a part of a city, the two that are shown first, and the name of the city in its documents."""

    names: tuple[str, ...]
    city: str

    @property
    def shown(self) -> str:
        """How readers know it."""
        return ", ".join(self.names[:2])


_LOADERS: list[Callable[[], Iterable[Division]]] = []


def register(load: Callable[[], Iterable[Division]]) -> None:
    """Makes known where divisions come from: tables that feed documents, so that the log tells of their changes."""
    if load not in _LOADERS:
        _LOADERS.append(load)


def every() -> tuple[Division, ...]:
    """All divisions as the rooms above have them now."""
    return tuple(division for load in _LOADERS for division in load())


def _words(text: str) -> tuple[str, ...]:
    return tuple(analysis.plain(token.text) for token in analysis.tokens(analysis.normal(text)))


class Divisions:
    """Divisions by their names, written together or apart, to the letter: no ending is taken off."""

    def __init__(self, divisions: Iterable[Division] = ()):
        self._by_name: dict[str, list[Division]] = {}
        for division in divisions:
            for key in dict.fromkeys("".join(_words(name)) for name in division.names):
                self._by_name.setdefault(key, []).append(division)

    def knows(self, tokens: Sequence[str]) -> bool:
        """Whether these tokens are a name of a division."""
        return bool(self._called(tokens))

    def _called(self, tokens: Sequence[str]) -> list[Division]:
        return self._by_name.get("".join(map(analysis.plain, tokens)), [])

    def of(self, parts: Sequence[Typed]) -> dict[Typed, list[Form]]:
        """What else counts for each part, alone or as one of a name in several words; nothing for a quoted one."""
        found: dict[Typed, list[Form]] = {}
        for start in range(len(parts) if self._by_name else 0):
            for end in range(start + 1, min(start + MOST_TYPED, len(parts)) + 1):
                run = parts[start:end]
                if run[-1].is_quoted:
                    break
                typed = " ".join(part.text for part in run) if len(run) > 1 else ""
                for division in self._called([token for part in run for token in part.tokens]):
                    for part in run:
                        found.setdefault(part, []).extend(_forms(division, typed))
        return found


def _forms(division: Division, typed: str) -> list[Form]:
    """The names of a division, and its city; `typed` are the words that name it, where they are several."""
    same = [Form(_stems(name), SAME, "synonym", name, typed, _words(name)) for name in division.names]
    words = _words(division.city)
    city = Form(_stems(division.city), WEIGHT, WHY, division.shown, typed, words, FIELD)
    return [*same, city]


def _stems(text: str) -> tuple[str, ...]:
    return tuple(map(analysis.stem, _words(text)))
