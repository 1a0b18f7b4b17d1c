"""What a word is, for the texts of the index and for what readers type alike.

A number keeps its separators ("2,945", "128.7"), an abbreviation its full stops ("A.I."), every Chinese character is a
token of its own, so that any two of them are found as a phrase. Case and accents do not count, nor whether Chinese is
written in traditional or simplified characters; English endings are taken off (the Snowball stemmer).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


HAN = re.compile(rf"[{_HAN}]")


def _classes() -> dict[str, str]:
    """The characters of each general category (L, M, N ...), as a class of an expression has them."""
    assigned = (*range(0x40000), *range(0xE0100, 0xE01F0))  # between them and beyond stands no letter
    found: dict[str, str] = {}
    for kind, run in groupby(assigned, lambda number: unicodedata.category(chr(number))[0]):
        found[kind] = found.get(kind, "") + _range(list(run))
    return found


def _range(numbers: Sequence[int]) -> str:
    return f"{re.escape(chr(numbers[0]))}-{re.escape(chr(numbers[-1]))}"


def _no_word() -> str:
    """Most characters that no word holds, as a class: only of the first plane, where a class is one look in a table."""

    def is_none(number: int) -> bool:
        return unicodedata.category(chr(number))[0] not in "LNM" and not HAN.match(chr(number))

    runs = groupby(range(0x10000), is_none)
    return "".join(_range(list(run)) for is_left_out, run in runs if is_left_out)


# Written twice, for the engine and for Python: the engine's expressions know categories, Python's do not.
_ENGINE_TOKEN = r"\p{N}+(?:[.,]\p{N}+)+|\p{L}(?:\.\p{L})+\.?|[\p{Han}]|[\p{L}\p{N}\p{M}&&[^\p{Han}]]+"  # noqa: S105 - no password
_CLASSES = _classes()
_N, _L, _M = _CLASSES["N"], _CLASSES["L"], _CLASSES["M"]
# What needs no look at the large classes goes first: it decides how long ten thousand brackets or letters take.
TOKEN = re.compile(
    rf"(?![{_no_word()}])(?:[{_N}]+(?:[.,][{_N}]+)+|[{_L}](?:\.[{_L}])+\.?|[{_HAN}]"
    rf"|(?:[0-9A-Za-z]++|(?![{_HAN}])[{_L}{_N}{_M}])++)"
)
LONGEST_TOKEN = 60
# Composing puts marks in order one by one: thousands upon one letter, as no writing has them, take long.
_MOST_MARKS = 30
_MARKS = re.compile(rf"([{_M}]{{{_MOST_MARKS}}})[{_M}]+")
# What parts the syllables of a name, and letters that are parted so: but for the endings of words ("John's", "we'll").
BETWEEN = "'’‘\u2010\u2011-"
_BETWEEN = re.compile(f"[{BETWEEN}]")
_COMPOUND = re.compile(
    rf"(?<![\w{BETWEEN}])[^\W\d_]++(?:[{BETWEEN}](?!(?<=['’])(?:s|t|re|ve|ll|d|m)\b)[^\W\d_]++)++"
    rf"(?:(?=['’]s\b)|(?![\w{BETWEEN}]))"
)
_TABLE = Path(__file__).parent / "data" / "simplified.txt"


def _simplified() -> dict[int, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return {ord(line[0]): line[1] for line in lines if not line.startswith("#")}


# By the traditional character, the simplified one that stands for it: one for one, so that places in a text stay.
SIMPLIFIED = _simplified()


@dataclass(frozen=True)
class Token:
    """A word as it stands in a text, and where."""

    text: str
    start: int
    end: int


def _analyzer(stems: bool) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(_ENGINE_TOKEN)).filter(Filter.lowercase())
    builder = builder.filter(Filter.ascii_fold()).filter(Filter.remove_long(LONGEST_TOKEN))
    return (builder.filter(Filter.stemmer("english")) if stems else builder).build()


def analyzers() -> dict[str, TextAnalyzer]:
    """The analyzers the index is opened with, by the names its fields use."""
    return {"stems": _analyzer(stems=True), "words": _analyzer(stems=False)}


_STEMS, _WORDS = _analyzer(stems=True), _analyzer(stems=False)


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """A token as the index holds it; "" for one too long for it."""
    return "".join(_STEMS.analyze(normal(token))[:1])


@lru_cache(maxsize=50_000)
def plain(token: str) -> str:
    """A token without regard to case and accents, its ending kept."""
    return "".join(_WORDS.analyze(normal(token))[:1])


def composed(text: str) -> str:
    """A text with one way to write each character: composed, and without regard to width and ligatures."""
    return unicodedata.normalize("NFKC", text)


def simplified(text: str) -> str:
    """A text with its Chinese in simplified characters, as long as before."""
    # Replacing characters is slow, and most texts that are not plain ASCII hold no Chinese.
    return text.translate(SIMPLIFIED) if not text.isascii() and HAN.search(text) else text


def normal(text: str) -> str:
    """A text as the index takes it: composed, its Chinese simplified."""
    return simplified(composed(text))


def together(name: str) -> str:
    """A name whose hyphens and apostrophes part nothing but syllables, without them: "Ch'ing-tao" is "Chingtao".

    The syllables by themselves are no words of it: "men" does not mean Hsia-men. What goes on with a capital is a name
    of several words ("Stratford-upon-Avon"), and stays as it is.
    """

    def joined(match: re.Match) -> str:
        return _BETWEEN.sub("", match[0]) if match[0][1:].islower() else match[0]

    return _COMPOUND.sub(joined, name)


def compounds(text: str) -> Iterator[tuple[Token, str]]:
    """The words of a text that hyphens and apostrophes part, each with how it is written together."""
    end = 0
    for mark in _BETWEEN.finditer(text):  # far quicker than trying every word
        start = mark.start()
        while start > end and text[start - 1].isalpha():
            start -= 1
        if mark.start() >= end and (match := _COMPOUND.match(text, start)):
            end = match.end()
            yield Token(match[0], match.start(), end), _BETWEEN.sub("", match[0])


def with_few_marks(text: str) -> str:
    """A text without what is beyond thirty marks upon one letter."""
    return text if text.isascii() else _MARKS.sub(r"\1", text)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in their order."""
    for match in TOKEN.finditer(text):
        yield Token(match[0], match.start(), match.end())
