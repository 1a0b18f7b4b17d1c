"""Words that find each other: the groups of the table, ready for queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from search import analysis, spelling
from search.understanding import Form, Typed

# What a synonym is worth beside the typed word; the engine lowers it further where the synonym is the rarer word.
WEIGHT = 0.5

Stems = tuple[str, ...]


def spellings(text: str) -> list[Stems]:
    """A word or phrase as the index may hold it: as written, British and American, singular and plural."""
    tokens = [analysis.plain(token.text) for token in analysis.tokens(analysis.normal(text))]
    found = [tokens]
    for place, token in enumerate(tokens):
        others = (variant.split() for variant in spelling.variants(token))
        found += [[*tokens[:place], *other, *tokens[place + 1 :]] for other in others]
    stemmed = (tuple(filter(None, map(analysis.stem, each))) for each in found)
    return [stems for stems in dict.fromkeys(stemmed) if stems]


class Synonyms:
    """The groups by their members, each member as the index would hold it."""

    def __init__(self, groups: Iterable[Sequence[str]] = (), only_typed: Iterable[Sequence[str]] = ()):
        """`only_typed` has, group by group, words that find its members, but not the other way."""
        self._groups: dict[Stems, dict[Stems, str]] = {}
        for members, askers in zip_longest(groups, only_typed, fillvalue=()):
            sought = {stems: member for member in members for stems in spellings(member)}
            typed = [*sought, *(stems for member in askers for stems in spellings(member))]
            for stems in typed:
                own = self._groups.setdefault(stems, {})
                own |= {other: member for other, member in sought.items() if other != stems}
        self._longest = max(map(len, self._groups), default=0)

    def knows(self, tokens: Sequence[str]) -> bool:
        """Whether these tokens are a member of some group."""
        return tuple(map(analysis.stem, tokens)) in self._groups

    def others(self, tokens: Sequence[str]) -> list[str]:
        """The members of the groups that these tokens are one of, as they are written there; itself left out."""
        others = self._groups.get(tuple(map(analysis.stem, tokens)), {})
        typed = spellings(" ".join(tokens))
        return list(
            dict.fromkeys(shown for shown in others.values() if not set(spellings(shown)) & set(typed))
        )

    def of(self, parts: Sequence[Typed]) -> dict[Typed, list[Form]]:
        """What else counts for each part, alone or as one of a phrase; nothing for a quoted one.

        The words of a phrase may also stand apart: each of them takes the synonyms of the phrase, and the
        phrase itself.
        """
        found: dict[Typed, list[Form]] = {}
        for start in range(len(parts)):
            stems: Stems = ()
            for end in range(start, min(start + self._longest, len(parts))):
                if parts[end].is_quoted:
                    break
                stems += tuple(map(analysis.stem, parts[end].tokens))
                forms = self._forms(stems, " ".join(part.text for part in parts[start : end + 1]))
                for part in parts[start : end + 1] if forms else ():
                    found.setdefault(part, []).extend(forms if end > start else forms[1:])
        return found

    def _forms(self, stems: Stems, text: str) -> list[Form]:
        """The member itself, then the others of its groups."""
        others = self._groups.get(stems)
        if not others:
            return []
        phrase = text if len(stems) > 1 else ""
        same = [Form(tokens, WEIGHT, "synonym", shown, phrase) for tokens, shown in others.items()]
        return [Form(stems, shown=text), *same]
