"""What a reader means by a text, in the words one state of the index knows.

Each typed part gets every form in which documents may hold it: its spellings, itself written together or apart, its
synonyms; where none of them is there, the word of the catalogue that was most likely meant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Protocol

import tantivy

from search import analysis, divisions, pieces, spacing, spelling, understanding
from search.understanding import Form, Query, Typed, Word
from search.vocabulary import Vocabulary

CORRECTION = 0.9  # weight of a word that was most likely meant
APART = 0.4  # weight of a word that was typed as one of a known phrase, and stands by itself
MOST_CORRECTED = 4  # misspelt words of a text
# Who has so many words that the catalogue does not know has pasted something that is no English: fewer are corrected.
_MANY_UNKNOWN, _FEW_CORRECTED = 8, 2
# Quoted texts that are looked into for misspelt words, and their words.
_MOST_OFFERED, _LONGEST_OFFERED = 2, 8
# So many phrases are always looked for as phrases; more of them, where the rarest words of each stand in no more
# documents together than this share of all there are, or than so many: the engine has to look into each of those.
_FEW_PHRASES = 2
_PHRASED, _PHRASED_ANYHOW = 0.5, 5_000
_MOST_KEPT = 200  # meanings that are remembered for one state of the index


class Index(pieces.Index, Protocol):
    """What is asked of a state of the index."""

    searcher: tantivy.Searcher
    kept: dict

    def is_word(self, word: str) -> bool: ...
    def rarity(self, tokens: Sequence[str]) -> float: ...


@dataclass(frozen=True)
class Meaning:
    """How one typed text was understood in one state of the index."""

    query: Query
    words: tuple[Word, ...]
    unwanted: tuple[Word, ...] = ()
    loosened: tuple[
        str, ...
    ] = ()  # phrases that were too many of too common words to be looked for as phrases
    offers: tuple[tuple[str, str], ...] = ()  # phrases that nothing holds, and what may be meant by them

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """What was typed and what was looked for instead."""
        return [(word.typed.text, word.correction) for word in self.words if word.correction]

    @property
    def unknown(self) -> list[str]:
        """What no document holds in any form."""
        return [word.typed.text for word in self.words if not word.forms]


def meaning(index: Index, text: str) -> Meaning:
    """What a reader means by a text. Remembered for a while: a page, its counts and the next page all ask."""
    known = index.kept.setdefault("meanings", {})
    found = known.get(text)
    if found is None:
        if len(known) >= _MOST_KEPT:
            known.clear()
        found = known[text] = _meaning(index, text)
    return found


def _meaning(index: Index, text: str) -> Meaning:
    query = understanding.parse(text)
    loosened = _too_many(index, query)
    wanted = [piece for part in query.wanted for piece in pieces.of(index, part, loosened)]
    needed = [part for part in wanted if not part.is_function_word] or wanted
    spaced = spacing.respaced(wanted, index.is_word, index.frequency)
    others = (spaced, index.synonyms.of(wanted), _of_joined(index, spaced), index.divisions.of(wanted))
    words = [_word(index, part, [form for each in others for form in each.get(part, ())]) for part in needed]
    unwanted = _unwanted(index, [part for part in query.unwanted if part not in loosened])
    corrected = tuple(dict.fromkeys(_corrected(index, words)))
    offers = tuple(_offers(index, words))
    return Meaning(query, corrected, unwanted, tuple(part.text for part in loosened), offers)


def _of_joined(index: Index, spaced: Mapping[Typed, Sequence[Form]]) -> dict[Typed, list[Form]]:
    """The synonyms of words that were typed in parts: who types "co-operation" means what cooperation does."""
    found: dict[Typed, list[Form]] = {}
    for part, forms in spaced.items():
        for form in forms:
            if len(form.tokens) == 1:
                whole = Typed(form.shown, (form.shown,))
                same = index.synonyms.of([whole]).get(whole, ())
                found.setdefault(part, []).extend(replace(each, phrase=form.shown) for each in same)
    return found


def _too_many(index: Index, query: Query) -> list[Typed]:
    """The phrases of a query, where they are more than can be looked for as phrases in good time."""
    parts = (*query.wanted, *query.unwanted)
    phrases = [part for part in parts if part.is_quoted and len(part.tokens) > 1]
    if len(phrases) <= _FEW_PHRASES:
        return []
    room = max(_PHRASED * index.searcher.num_docs, _PHRASED_ANYHOW)
    return phrases if sum(_documents_of(index, part) for part in phrases) > room else []


def _documents_of(index: Index, phrase: Typed) -> int:
    """How many documents hold the rarest word of a phrase."""
    stems = filter(None, map(analysis.stem, phrase.tokens))
    return min((index.frequency([stem]) for stem in stems), default=0)


def _unwanted(index: Index, parts: Sequence[Typed]) -> tuple[Word, ...]:
    """What must not be there, in its spellings, together or apart. Its synonyms may: nobody has named them."""
    made = []
    for part in parts:
        spaced = spacing.respaced([part], index.is_word, index.frequency)
        made.append(Word(part, _held(index, [*understanding.forms_of(part), *spaced.get(part, ())])))
    return tuple(made)


def _word(index: Index, typed: Typed, further: Sequence[Form]) -> Word:
    """The part with the forms the index holds."""
    own = understanding.forms_of(typed)
    whole = typed if typed.is_quoted else replace(typed, tokens=("".join(typed.tokens),))  # Xi-an is Xian
    if _is_to_the_letter(index, whole, further):
        own = [replace(form, words=_words(form, whole)) for form in own]
    if any(len(form.tokens) > 1 and not form.why and form.weight == 1.0 for form in further):
        own = [replace(form, weight=APART) for form in own]
    return Word(typed, _held(index, [*own, *further]))


def _is_to_the_letter(index: Index, typed: Typed, further: Sequence[Form]) -> bool:
    """Whether no other ending of a word is meant: it is part of the name of a division ("Chang an" is not "change an"),
    or the name of a place that the catalogue does not hold: what looks like its ending would make it another place
    (Xian, Xianning), or another word (Nanning, Nan). Who types Reading may mean to read.
    """
    if len(typed.tokens) > 1:
        return False
    if any(form.why == divisions.WHY and form.phrase for form in further):
        return True
    [word] = map(analysis.plain, typed.tokens)
    if not spelling.is_place(word) or index.is_word(word):
        return False
    if not spelling.is_common(word):
        return True
    same = (each for each, _count in index.searcher.terms_with_prefix("word", word))
    return any(analysis.stem(each) == analysis.stem(word) and spelling.is_place(each) for each in same)


def _words(form: Form, typed: Typed) -> tuple[str, ...]:
    """The tokens of a form as typed, where it is the typed word; other spellings are left as they are."""
    plain = tuple(map(analysis.plain, typed.tokens))
    return plain if form.tokens == tuple(map(analysis.stem, typed.tokens)) else form.words


def _corrected(index: Index, words: Sequence[Word]) -> Iterator[Word]:
    """The words, the first unknown ones with the forms of what was most likely meant."""
    unknown = sum(1 for word in words if not word.forms)
    room = MOST_CORRECTED if unknown <= _MANY_UNKNOWN else _FEW_CORRECTED
    for word in words:
        typed = word.typed
        is_whole = not typed.is_quoted and len(typed.tokens) == 1
        if word.forms or not room or not is_whole or not spelling.may_be_misspelt(typed.text):
            yield word
        else:
            room -= 1
            yield _meant(index, typed) or word


def _meant(index: Index, typed: Typed) -> Word | None:
    """The word of the catalogue that was most likely meant by an unknown one, with its own forms."""
    meant = _correction(index, typed.text)
    if not meant:
        return None
    again = Typed(meant, (meant,))
    literal = [
        replace(form, weight=CORRECTION, why="correction", shown=meant)
        for form in understanding.forms_of(again)
    ]
    return Word(typed, _held(index, [*literal, *index.synonyms.of([again]).get(again, ())]), meant)


def _correction(index: Index, text: str) -> str:
    """The word of the catalogue that was most likely meant by an unknown one, "" for none; remembered."""
    correction = index.kept.get("correction")
    if correction is None:
        look_up = partial(spelling.correction, vocabulary=Vocabulary(index))
        correction = index.kept.setdefault("correction", lru_cache(maxsize=1_000)(look_up))
    return correction(text)


def _offers(index: Index, words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Quoted words that nothing holds, with what may be meant, where something holds that.

    It is offered only: who puts a text in quotation marks wants it to the letter.
    """
    unknown = [word.typed for word in words if word.typed.is_quoted and not word.forms]
    for typed in unknown[:_MOST_OFFERED]:
        if len(typed.tokens) <= _LONGEST_OFFERED:
            meant = [
                token if index.frequency([analysis.stem(token)]) else _correction(index, token)
                for token in typed.tokens
            ]
            if all(meant) and index.frequency(tuple(map(analysis.stem, meant))):
                yield typed.text, " ".join(meant)


def _held(index: Index, forms: Sequence[Form]) -> tuple[Form, ...]:
    """Those of the forms that some document holds, each once, synonyms weighed down so that they do not outrank.

    A rare word scores higher than a common one: a synonym rarer than what was typed is worth as much less.
    """
    held = {form.tokens: form for form in reversed(forms) if _is_held(index, form)}
    own = [index.rarity(form.tokens) for form in held.values() if form.why not in ("synonym", divisions.WHY)]
    most = min(own, default=math.inf)
    is_in_texts = any(form.why != divisions.WHY for form in held.values())

    def weighed(form: Form) -> Form:
        if form.why == divisions.WHY:
            return replace(form, weight=divisions.BEHIND) if is_in_texts else form
        if form.why == "synonym":
            return replace(form, weight=form.weight * min(1.0, most / index.rarity(form.tokens)))
        return form

    return tuple(weighed(form) for form in reversed(held.values()))[: understanding.MOST_FORMS]


def _is_held(index: Index, form: Form) -> bool:
    return bool(index.frequency(form.tokens)) and all(map(index.is_word, form.words))
