"""A made-up language with a long tail: few words stand in most texts, most words in very few, as in any language.

Frequencies follow Zipf and Mandelbrot, 1 / (rank + 2.7) ^ 1.07. The vocabulary grows with the number of running words
as Heaps found, so that a larger catalogue has more rare words and not only more of the same.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random

from search.understanding import FUNCTION_WORDS

SHIFT, EXPONENT = 2.7, 1.07
HEAPS_FACTOR, HEAPS_EXPONENT = 44, 0.49
WORDS_IN_A_CASE = 540
_SYLLABLES = [
    first + vowel + last
    for first in [
        "b",
        "c",
        "d",
        "f",
        "g",
        "h",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "br",
        "cl",
        "dr",
        "fl",
        "gr",
        "pl",
        "st",
        "tr",
    ]
    for vowel in ["a", "e", "i", "o", "u"]
    for last in ("", "l", "m", "n", "r", "s", "t")
]


def vocabulary_size(cases: int) -> int:
    """How many different words so many cases are written with."""
    return int(HEAPS_FACTOR * (cases * WORDS_IN_A_CASE) ** HEAPS_EXPONENT)


class Language:
    """The words in the order of their ranks, and sentences of them. The same seed says the same."""

    def __init__(self, cases: int, seed: int = 7):
        self.random = Random(seed)  # noqa: S311 - texts, no secrets
        self.words = self._invented(vocabulary_size(cases))
        weights = ((rank + SHIFT) ** -EXPONENT for rank in range(len(self.words)))
        self._cumulative = list(accumulate(weights))

    @staticmethod
    def _invented(size: int) -> list[str]:
        """Function words in front, as everywhere; then words of two, three and more syllables."""
        random = Random(1)  # noqa: S311 - the language is the same for every seed
        english = filter(str.isascii, FUNCTION_WORDS)
        known = dict.fromkeys(sorted(english, key=lambda word: (len(word), word)))
        while len(known) < size:
            syllables = 2 if len(known) < 3_000 else 3 if len(known) < 60_000 else random.choice((3, 4, 4))
            known.setdefault("".join(random.choices(_SYLLABLES, k=syllables)))
        return list(known)

    def some(self, count: int) -> list[str]:
        """So many running words."""
        return self.random.choices(self.words, cum_weights=self._cumulative, k=count)

    def sentence(self) -> str:
        """A sentence of 12 to 30 words; now and then it holds a number."""
        said = self.some(self.random.randint(12, 30))
        if self.random.random() < 0.15:
            said[len(said) // 2] = f"{self.random.randint(2, 99_999):,}"
        return " ".join(said).capitalize() + "."

    def sentences(self, count: int) -> str:
        """So many sentences."""
        return " ".join(self.sentence() for _ in range(count))

    def title(self) -> str:
        """A title of 4 to 9 words."""
        return " ".join(self.some(self.random.randint(4, 9))).title()
