"""Where words may stand in a text, told character for character: how they begin, and where a word or a phrase ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from search import analysis

# The only English stems that share no more than a letter with some of their words: dying, lying, tying.
_SHORTENED = {"die", "lie", "tie"}


# So many beginnings are looked for one after the other, which for each takes a thirtieth of the time that an expression
# for all of them takes. Shorter ones stand everywhere within words, which the expression passes over.
_MOST_APART = 20
_SHORT = 2


class Beginnings:
    """Where words may begin that begin in certain ways. Plain letters are looked for at the start of a word alone."""

    def __init__(self, beginnings: Iterable[str]):
        ordered = sorted(set(beginnings), key=lambda each: (len(each), each))
        apart = [each for each in ordered if len(each) > _SHORT or not _is_plain(each)]
        if len(apart) > _MOST_APART:
            apart = []
        self._apart = [(re.compile(re.escape(each)), _is_plain(each)) for each in apart]
        self._together = _expression([each for each in ordered if each not in apart])

    def places(self, text: str) -> Sequence[int]:
        """The places in a folded text, in order."""
        found = [match.start() for match in self._together.finditer(text)] if self._together else []
        for expression, is_plain in self._apart:
            for match in expression.finditer(text):
                at = match.start()
                if not (is_plain and at and _is_plain(text[at - 1])):
                    found.append(at)
        return sorted(set(found)) if self._apart else found


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _expression(beginnings: Sequence[str]) -> re.Pattern | None:
    plain = [each for each in beginnings if _is_plain(each)]
    others = [re.escape(each) for each in beginnings if not _is_plain(each)]
    parts = [rf"(?<![0-9a-z])(?:{'|'.join(plain)})"] if plain else []
    return re.compile("|".join(parts + others)) if beginnings else None


def beginning(stem: str) -> str:
    """What every word of a stem begins with: endings change at most its last letter."""
    if stem in _SHORTENED:
        return stem[0]
    return stem[:-1] if len(stem) > 2 and not stem[-1].isdigit() else stem


def _accents() -> dict[int, str]:
    """Letters with accents, and full-width ones, by the plain letter that stands for them."""
    ranges = (range(0xC0, 0x250), range(0x1E00, 0x1F00), range(0xFF01, 0xFF5F))
    plain = {code: unicodedata.normalize("NFKD", chr(code))[0] for codes in ranges for code in codes}
    return {code: letter.lower() for code, letter in plain.items() if letter.isascii()}


_PLAIN = _accents() | analysis.SIMPLIFIED
_OTHER = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")


def folded(text: str) -> str:
    """Without capitals and accents, Chinese simplified, character for character, so that places stay the same."""
    lower = text.lower()
    if len(lower) != len(text):  # few letters become two
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    # Replacing letters is slow, and many a text that is not English has none of these.
    return lower if lower.isascii() or not _OTHER.search(lower) else lower.translate(_PLAIN)


def begins_token(text: str, at: int) -> bool:
    """Whether a word begins there, and not within another one, a number or an abbreviation."""
    if at == 0:
        return True
    here, before = text[at], text[at - 1]
    if before.isalnum():
        return bool(analysis.HAN.match(before) or analysis.HAN.match(here))
    further = text[at - 2] if at > 1 else " "
    if before in ".," and here.isdigit() and further.isdigit():
        return False
    is_abbreviation = before == "." and here.isalpha() and further.isalpha()
    return not (is_abbreviation and (at < 3 or not text[at - 3].isalnum()))


def end_of(text: str, end: int, rest: Sequence[str]) -> int:
    """Where a phrase ends whose first word ends at `end`; 0 where other words follow."""
    for stem in rest:
        token = analysis.TOKEN.search(text, end)
        if token is None or analysis.stem(token[0]) != stem:
            return 0
        end = token.end()
    return end
