"""Other spellings of a word, and the word that was meant by a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from search import analysis

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
_PLACES = Path(__file__).parent / "data" / "places.txt"


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    lines = _PLACES.read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def is_word(word: str) -> bool:
    """Whether English knows the word, or it is in the name of a large city: it is then meant as typed."""
    known = _dictionary().word_frequency
    word = word.casefold()
    return word in _places() or any(each in known for each in (word, *respelt(word)))


def correction(word: str, vocabulary: Mapping[str, int]) -> str:
    """The word of the catalogue that was most likely meant by one it does not know; "" where none is near.

    `vocabulary` holds the catalogue's words, plain (see analysis.plain), with the number of documents that have them.
    Words English knows are not touched: who asks for Paris does not mean parks, nor for Quanzhou Guangzhou. The first
    letter is held to be right, but for one that changed places with the second: it is seldom mistyped.
    """
    word = analysis.plain(word)
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or not word.isascii() or is_word(word):
        return ""
    most = 1 if len(word) <= _ONE_CHANGE else 2
    # Comparing is dear and a vocabulary long: first what cannot be near falls away.
    begins = (word[0], word[1] + word[0])
    alike = [each for each in vocabulary if each.startswith(begins) and abs(len(each) - len(word)) <= most]
    near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=most, limit=50)
    ranked = sorted(
        (distance, -vocabulary[candidate], candidate)
        for candidate, distance, _place in near
        if len(candidate) >= _SHORTEST and candidate.isalpha()
    )
    return ranked[0][2] if ranked else ""
