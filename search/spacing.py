"""Words written together or apart: "Hongkong" and "Hong Kong", "Shi jia zhuang" and "Shijiazhuang", "Haerhpin" and
"Ha-erh-pin".

No list of names: what was typed is put together and parted again wherever the index knows the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from search import analysis
from search.understanding import FUNCTION_WORDS, Form, Typed

MOST_PARTS = 3  # typed words that may be one word of the index
MOST_TYPED = 16  # beyond that somebody pasted a text: its words are spaced as they should be
WEIGHT = 0.95  # a little below the word as typed
_LEAST_OF_THREE = 7  # letters of a word that may be three
_SHORTEST_PART = 3  # of a word that the index knows as it is: "into" is not "in to"
# Short beginnings of words that are written with a hyphen or without: wherever texts have one before the rest of the
# word, it is the same word.
_PREFIXES = frozenset({"co", "re"})

Holds = Callable[[Sequence[str]], int]


def respaced(parts: Sequence[Typed], is_word: Callable[[str], bool], holds: Holds) -> dict[Typed, list[Form]]:
    """The further forms of each typed part, alone or with its neighbours.

    `is_word` says whether the index has a word as it stands, `holds` how many documents have stems in a row.
    """
    found: dict[Typed, list[Form]] = {}
    for start in range(len(parts) if len(parts) <= MOST_TYPED else 0):
        for length in range(1, min(MOST_PARTS, len(parts) - start) + 1):
            run = parts[start : start + length]
            if not _is_latin(run[-1]):
                break
            for tokens in _spacings(run, is_word):
                stems = tuple(map(analysis.stem, tokens))
                if holds(stems):
                    form = Form(stems, WEIGHT, shown=" ".join(tokens))
                    for part in run:
                        found.setdefault(part, []).append(form)
    return found


def _is_latin(part: Typed) -> bool:
    plain = map(analysis.plain, part.tokens)
    return not part.is_quoted and all(token.isalnum() and token.isascii() for token in plain)


def _spacings(run: Sequence[Typed], is_word: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """The run as one word, and as any two, other than it was typed; as any three where it is one unknown word."""
    tokens = tuple(analysis.plain(token) for part in run for token in part.tokens)
    together = "".join(tokens)
    if len(together) > analysis.LONGEST_TOKEN or together.isdigit():  # numbers are meant as typed
        return
    is_known = is_word(together)
    if is_known and len(tokens) > 1:
        yield (together,)
    for place in range(2, len(together) - 1):
        pair = together[:place], together[place:]
        if pair == tokens or (is_known and _is_chance(pair)):  # looked at first: it asks nothing of the index
            continue
        if all(each.isalpha() and is_word(each) for each in pair):
            yield pair
    if not is_known and len(tokens) == 1 and together.isalpha() and len(together) >= _LEAST_OF_THREE:
        yield from _threes(together, is_word)


def _threes(together: str, is_word: Callable[[str], bool]) -> Iterator[tuple[str, str, str]]:
    """A name of three parts: nothing else is written together so, and no part of it carries a sentence."""

    def is_part(text: str) -> bool:
        return text not in FUNCTION_WORDS and is_word(text)

    for second in range(2, len(together) - 3):
        if is_part(together[:second]):
            for third in range(second + 2, len(together) - 1):
                if is_part(together[second:third]) and is_part(together[third:]):
                    yield together[:second], together[second:third], together[third:]


def _is_chance(pair: tuple[str, str]) -> bool:
    """Whether two words make up a third one by accident: "office" is not "of fice"; "cooperation" is "co-operation"."""
    if pair[0] in _PREFIXES and len(pair[1]) > _SHORTEST_PART:
        return False
    return any(len(part) < _SHORTEST_PART or part in FUNCTION_WORDS for part in pair)
