"""What a page says about how the words of a reader were understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from listing.addresses import Address
from search.engine import Found, Wanted
from search.understanding import Word

# Documents that were taken out count as holding their words for a while; there are never so many of them.
_TAKEN_OUT = 1_000
_MOST_ASKED = 16  # words that are looked for one by one; a longer list of unknown ones helps nobody


@dataclass(frozen=True)
class Correction:
    """A word nothing holds, the one searched for instead, and the address that searches it as typed."""

    typed: str
    meant: str
    url: str


@dataclass(frozen=True)
class Understood:
    """`is_partial`: nothing holds all the words. `unknown`: those nothing holds. `loosened`: phrases that were not
    looked for as phrases. `offers`: quoted texts nothing holds, what may be meant, and the address that searches for
    that: it is not done unasked."""

    corrections: Sequence[Correction] = ()
    offers: Sequence[Correction] = ()
    is_partial: bool = False
    unknown: Sequence[str] = ()
    word_count: int = 0
    loosened: Sequence[str] = ()


def understood(found: Found, address: Address, name: str = "q") -> Understood:
    """How the texts of a request were understood; `address` is that of the list, `name` their name in it."""
    texts = found.wanted.texts
    corrections = [
        Correction(typed, meant, as_typed(address, name, text, typed))
        for text, meaning in zip(texts, found.meanings, strict=True)
        for typed, meant in meaning.corrections
    ]
    offers = [
        Correction(typed, meant, as_meant(address, name, text, typed, meant))
        for text, meaning in zip(texts, found.meanings, strict=True)
        for typed, meant in meaning.offers
    ]
    return Understood(
        corrections=corrections,
        offers=offers,
        is_partial=found.is_partial,
        unknown=_unknown(found) if found.is_partial else (),
        word_count=max((len(meaning.words) for meaning in found.meanings), default=0),
        loosened=[text for meaning in found.meanings for text in meaning.loosened],
    )


def as_typed(address: Address, name: str, text: str, typed: str) -> str:
    """The address of the same list with one typed word in quotes, which is to say: to the letter."""
    return _changed(address, name, text, re.escape(typed), f'"{typed}"', f'"{typed}"')


def as_meant(address: Address, name: str, text: str, typed: str, meant: str) -> str:
    """The address of the same list with the words of a quoted text as they were most likely meant, still quoted."""
    words = r"\W+".join(map(re.escape, typed.split()))
    return _changed(address, name, text, words, meant, f'"{meant}"')


def _changed(address: Address, name: str, text: str, words: str, other: str, alone: str) -> str:
    """The address with some words of a text changed; where they are written otherwise there, for them alone."""
    found = re.search(rf"(?<!\w){words}(?!\w)", text)
    changed = f"{text[: found.start()]}{other}{text[found.end() :]}" if found else alone
    pairs = ((key, changed if (key, value) == (name, text) else value) for key, value in address.pairs)
    return str(Address(address.path, pairs))


def _unknown(found: Found) -> list[str]:
    """The words that none of the kinds asked for holds, whatever the filters; of many words, those nothing holds."""
    words = [word for meaning in found.meanings for word in meaning.words]
    is_many = len(words) > _MOST_ASKED
    return list(
        dict.fromkeys(
            word.typed.text for word in words if not word.forms or not (is_many or _is_held(found, word))
        )
    )


def _is_held(found: Found, word: Word) -> bool:
    """Whether a document of the kinds asked for holds the word. Counting those of a common word would take long."""
    state, kinds = found.snapshot, found.wanted.kinds
    most = max(state.frequency(form.tokens) for form in word.forms)
    others = state.searcher.num_docs - state.find(Wanted(kinds)).count
    if most > others + _TAKEN_OUT:
        return True
    text = f'"{word.typed.text}"' if word.typed.is_quoted else word.typed.text
    return bool(state.find(Wanted(kinds, (text,))).count)
