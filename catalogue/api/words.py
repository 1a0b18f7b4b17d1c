"""What a text must hold to be searched for, as an expression that every reader of JSON Schema understands.

Python, Rust and JavaScript share no name for "a letter of any script", so the letters are told one range after the
other; the description of the API has them once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby

from search.analysis import HAN, composed

# Where letters are assigned; between the two and beyond stands none.
_PLANES = (*range(0x40000), *range(0xE0100, 0xE01F0))
# As listing.text has them: what no text may hold. Halves of pairs do not come through an address.
_BROKEN = (*range(0x20), *range(0x7F, 0xA0), 0xFFFD)


def _is_word(number: int) -> bool:
    """Whether the character alone is something to search for. Others may stand for letters: ™, ㈱."""
    letter = chr(number)
    kind = unicodedata.category(letter)[0]
    if kind in "SP":
        return any(unicodedata.category(each)[0] in "LNM" or HAN.match(each) for each in composed(letter))
    return kind in "LNM" or bool(HAN.match(letter))


def _written(number: int) -> str:
    return f"\\u{number:04X}" if number < 0x10000 else chr(number)


def _class(numbers: Iterable[int], holds: Callable[[int], bool]) -> str:
    """Those of the ascending numbers that hold, as the inside of a class of characters."""
    ranges = []
    for (is_one, _gap), run in groupby(enumerate(numbers), lambda each: (holds(each[1]), each[1] - each[0])):
        if is_one:
            found = [number for _place, number in run]
            first, last = _written(found[0]), _written(found[-1])
            ranges.append(first if len(found) == 1 else f"{first}-{last}")
    return "".join(ranges)


@lru_cache(maxsize=1)
def pattern() -> str:
    """Nothing broken in it, and something to search for; or blank, which is ignored."""
    blank = _class(range(0x3001), lambda number: chr(number).isspace())
    whole = _class(_BROKEN, lambda number: True)
    word = _class(_PLANES, _is_word)
    return f"^(?:[{blank}]*|[{blank}]*[^{whole}]*[{word}][^{whole}]*[{blank}]*)$"
