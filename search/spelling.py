"""Other spellings of a word, and the word that was meant by a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from search import analysis
from search.vocabulary import Vocabulary

# British and American endings, each tried both ways; what the catalogue does not hold falls away by itself.
_ENDINGS: Sequence[tuple[str, str, str]] = (
    (r"(?<=[a-z]{3})", "our", r"(?=(?:s|ed|ing|al|hood|able|ite|ful|less|er|ers|ly)?$)"),
    (r"(?<=[a-z]{2})", "is", r"(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"),
    (r"(?<=[a-z]{2})", "ys", r"(?=(?:e|es|ed|er|ers|ing)$)"),
    (r"(?<=[a-z]{2}[bt])", "re", r"(?=s?$)"),
    (r"(?<=[a-z]{3})", "ogue", r"(?=s?$)"),
    (r"(?<=[a-z]{3})", "ence", r"(?=s?$)"),
    (r"(?<=[a-z]{3})", "ramme", r"(?=s?$)"),
    (r"(?<=[a-z]{3})", "eab", r"(?=(?:le|ly|ility)$)"),
    (r"(?<=[a-z]{2}[aeo])", "ll", r"(?=(?:ed|ing|er|ers)$)"),
)
_OTHER = ("or", "iz", "yz", "er", "og", "ense", "ram", "ab", "l")
# What no rule covers, as beginnings of words.
_BEGINNINGS = (
    ("acknowledgement", "acknowledgment"),
    ("aeroplane", "airplane"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("anaem", "anem"),
    ("anaesth", "anesth"),
    ("archaeolog", "archeolog"),
    ("artefact", "artifact"),
    ("encyclopaed", "encycloped"),
    ("enrol", "enroll"),
    ("foet", "fet"),
    ("fulfil", "fulfill"),
    ("gynaec", "gynec"),
    ("grey", "gray"),
    ("haem", "hem"),
    ("jewellery", "jewelry"),
    ("judgement", "judgment"),
    ("kerb", "curb"),
    ("licence", "license"),
    ("manoeuvr", "maneuver"),
    ("mould", "mold"),
    ("orthopaed", "orthoped"),
    ("paediatr", "pediatr"),
    ("plough", "plow"),
    ("practise", "practice"),
    ("sceptic", "skeptic"),
    ("skilful", "skillful"),
    ("speciality", "specialty"),
    ("sulphur", "sulfur"),
    ("tyre", "tire"),
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WHOLE = re.compile(r"\d{4,}(?:\.\d+)?")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_SHORT = re.compile(r"[A-Za-z]{2,5}")
_PLURAL = re.compile(r"[a-z]{2,}ses", re.IGNORECASE)  # of "bus" and "gas", which the stemmer does not know
_LETTERS_AND_NUMBER = re.compile(r"([A-Za-z]+)(\d+)")
# Consonants with at most a vowel at the end: an abbreviation, whose plural the stemmer does not know for one.
_ABBREVIATION = re.compile(r"[b-df-hj-np-tv-xz]{2,5}[aeiouy]?", re.IGNORECASE)


def variants(word: str, exact: bool = False) -> list[str]:
    """The word, then its other spellings; one with a blank is two words in a row.

    `exact` leaves out British for American.
    """
    found = [word]
    if _GROUPED.fullmatch(word):
        found += [word.replace(",", ""), word.replace(",", " ")]
    elif _WHOLE.fullmatch(word):
        whole, _point, rest = word.partition(".")
        grouped = f"{int(whole):,}" + (f".{rest}" if rest else "")
        found += [grouped, grouped.replace(",", " ")]
    elif _DOTTED.fullmatch(word):
        joined = word.replace(".", "")
        found += [joined, ".".join(joined), ".".join(joined) + "."]
        found += [joined + "s"] if _ABBREVIATION.fullmatch(joined) else []
    elif match := _LETTERS_AND_NUMBER.fullmatch(word):
        found += [" ".join(match.groups())]
    elif word.isascii() and word.isalpha():
        found += _numbers_and_points(word)
        if not exact:
            found += respelt(word.casefold())
    return list(dict.fromkeys(found))


def _numbers_and_points(word: str) -> list[str]:
    """Singular and plural, where the stemmer does not know them, and an abbreviation with its full stops."""
    found = []
    if _SHORT.fullmatch(word):
        found += [".".join(word), ".".join(word) + "."]
    if _ABBREVIATION.fullmatch(word):
        found += [word + "s"]
    if word[-1] in "sS":
        found += [word[:-1]] if _ABBREVIATION.fullmatch(word[:-1]) else []
        found += [word[:-2]] if _PLURAL.fullmatch(word) else []
        found += [word + "es"] if len(word) > 2 and word[-2] not in "sS" else []
    return found


@lru_cache(maxsize=20_000)
def respelt(word: str) -> tuple[str, ...]:
    """The word as the other side of the Atlantic writes it; most of what comes out is no word at all."""
    found = []
    for (before, one, after), other in zip(_ENDINGS, _OTHER, strict=True):
        for sought, put in ((one, other), (other, one)):
            changed = re.sub(before + sought + after, put, word)
            if changed != word:
                found.append(changed)
    for british, american in _BEGINNINGS:
        for sought, put in ((british, american), (american, british)):
            if word.startswith(sought):
                found.append(put + word[len(sought) :])
    return tuple(dict.fromkeys(found))


# --- misspelt words

_SHORTEST, _LONGEST = 4, 40
_ONE_CHANGE = 7  # up to this length a word is taken for another only where one letter differs
_PLACES = [Path(__file__).parent / "data" / name for name in ("places.txt", "divisions.txt")]

# How often, at most, the dictionary has a name that is no word of English besides (Nanning 50, Nanjing 216; Erode 393).
_RARE = 250


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    lines = (line for path in _PLACES for line in path.read_text(encoding="ascii").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_place(word: str) -> bool:
    """Whether a word, in small plain letters, is in the name of a large city, or of a county or district of China."""
    return word in _places()


def is_common(word: str) -> bool:
    """Whether English uses a word, in small plain letters, whatever place is called so too: Reading, Barking."""
    return _dictionary().word_frequency[word] > _RARE


def is_word(word: str) -> bool:
    """Whether English knows the word, or it is in the name of a large city, or of a county or district of China: it is
    then meant as typed."""
    known = _dictionary().word_frequency
    word = word.casefold()
    return word in _places() or any(each in known for each in (word, *respelt(word)))


def may_be_misspelt(word: str) -> bool:
    """Whether a word the catalogue does not know may be a misspelt one: it has letters enough, and English does not
    know it."""
    word = analysis.plain(word)
    is_plain = _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and word.isascii()
    return is_plain and not is_word(word)


def correction(word: str, vocabulary: Vocabulary) -> str:
    """The word of the catalogue that was most likely meant by a misspelt one; "" where none is near.

    Words English knows are not touched: who asks for Paris does not mean parks, nor for Quanzhou Guangzhou. The first
    letter is held to be right, but for one that changed places with the second: it is seldom mistyped.
    """
    if not may_be_misspelt(word):
        return ""
    word = analysis.plain(word)
    near = [each for each in _changed_once(word) if len(each) >= _SHORTEST and vocabulary.count(each)]
    if not near and len(word) > _ONE_CHANGE:
        near = _changed_twice(word, vocabulary)
    return min(near, key=lambda each: (-vocabulary.count(each), each), default="")


def _changed_once(word: str) -> set[str]:
    """Every text one letter away: missing, too many, another one, two that changed places. Trying all some hundred of
    them is quicker than comparing the words of a long vocabulary."""
    ends = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    found = {word[1] + word[0] + word[2:]}
    for begin, rest in ends:
        found.update(begin + letter + rest for letter in ascii_lowercase)
        if rest:
            found.add(begin + rest[1:])
            found.update(begin + letter + rest[1:] for letter in ascii_lowercase)
        if len(rest) > 1:
            found.add(begin + rest[1] + rest[0] + rest[2:])
    return found - {word}


def _changed_twice(word: str, vocabulary: Vocabulary) -> list[str]:
    """The words of the vocabulary that are two changes away.

    A vocabulary is long: only those are compared that begin with the first two letters, changed places or not, or
    with the first and the third.
    """
    lengths = range(len(word) - 2, len(word) + 3)
    begins = {word[:2], word[1] + word[0], word[0] + word[2]}
    alike = [each for two in sorted(begins) for each in vocabulary.beginning(two, lengths)]
    near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=2, limit=50)
    return [each for each, _distance, _place in near if vocabulary.count(each)]
