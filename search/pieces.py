"""What is looked for of a part that was typed: itself, or its words, where as a whole it stands nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from search import analysis, understanding
from search.divisions import Divisions
from search.synonyms import Synonyms
from search.understanding import Typed

_LONGEST_CHINESE = 8  # characters of a word in a run of them
# What follows the name of a place and says what it is: who types 静安区 is shown what holds 静安.
_KINDS_OF_PLACE = frozenset("省市区县州盟旗镇乡")


class Index(Protocol):
    """What is asked of a state of the index."""

    synonyms: Synonyms
    divisions: Divisions

    def frequency(self, tokens: Sequence[str]) -> int: ...


def of(index: Index, part: Typed, loosened: Sequence[Typed]) -> Iterator[Typed]:
    """The part itself; the words of a run of Chinese that stands nowhere as a whole, of hyphened ones, and of a phrase
    that is not looked for as one."""
    if part in loosened:
        yield from (Typed(token, (token,), is_quoted=True, times=part.times) for token in part.tokens)
    elif (
        part.is_quoted
        or part.is_name
        or len(part.tokens) == 1
        or index.synonyms.knows(part.tokens)
        or index.divisions.knows(part.tokens)
        or _has_forms(index, part)
    ):
        yield part
    elif analysis.HAN.fullmatch(part.tokens[0]):
        yield from _cut(index, part)
    else:
        yield from (Typed(token, (token,), times=part.times) for token in part.tokens)


def _has_forms(index: Index, part: Typed) -> bool:
    return any(index.frequency(form.tokens) for form in understanding.forms_of(part))


def _cut(index: Index, part: Typed) -> Iterator[Typed]:
    """A run of Chinese as words the catalogue knows, the longest first; what is left over, as one unknown word."""
    place, left_over = 0, []

    def piece(places: Sequence[int]) -> Typed:  # each token is one character of the text
        return Typed("".join(part.text[n] for n in places), tuple(part.tokens[n] for n in places))

    while place < len(part.tokens):
        length = _longest_known(index, part.tokens[place : place + _LONGEST_CHINESE])
        if length and left_over:
            yield piece(left_over)
            left_over = []
        if length:
            yield piece(range(place, place + length))
        elif part.tokens[place] not in understanding.FUNCTION_WORDS and not (
            place and not left_over and part.tokens[place] in _KINDS_OF_PLACE
        ):
            left_over.append(place)
        place += length or 1
    if left_over:
        yield piece(left_over)


def _longest_known(index: Index, characters: Sequence[str]) -> int:
    """How many of the characters, from the first on, are a word; two at least, or none."""
    held = 1
    while held < len(characters) and index.frequency(characters[: held + 1]):
        held += 1  # what stands nowhere stands nowhere with one more
    lengths = range(len(characters), 1, -1)
    known = (index.synonyms, index.divisions)
    return next((n for n in lengths if n <= held or any(each.knows(characters[:n]) for each in known)), 0)
