"""What a reader typed, and all the forms in which the index may hold it.

Nothing typed is an error and nothing reaches the engine unparsed: words, "a phrase", -without; everything else
is punctuation. Each word becomes a group of forms that count as the same word: its other spellings (British and
American, with and without full stops or thousands separators), its synonyms, and, where the catalogue does not
know it, the word of the catalogue that was most likely meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, islice

from search import analysis, spelling

MOST_WORDS = 64
# Of all the words together: links repeat them, and nobody's 64 words are longer.
MOST_LETTERS = 1_000
MOST_FORMS = 24
_POSSESSIVES = ("'s", "’s", "ʼs")
_OWNERS = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
# A name whose apostrophe parts its syllables ("Xi'an"), and no ending of a word ("don't").
_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ](?!(?:s|t|re|ve|ll|d|m)$)[^\W\d_]+)+", re.IGNORECASE)
_PART = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:["“”„«](?P<phrase>[^"“”„»]*)["“”»]?|(?P<word>[^\s"“”„«]+))')

# Words that carry a sentence and not its subject: they need not be there, and weigh nothing.
FUNCTION_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being between both but by can
    could did do does during each for from had has have how i if in into is it its me more most my no
    not of on or other our out over own same she he so some such than that the their them then there
    these they this those through to too under until up us very was we were what when where which while
    who whom why will with would you your
    anybody anything anyone please somebody something someone tell
    的 了 和 与 及 在 是 有 吗 呢 请 如何 怎么 怎样 什么 哪些 哪个 关于
    """.split()  # noqa: SIM905 - a list of words reads better as one
)


@dataclass(frozen=True)
class Typed:
    """A part of what was typed: one token, or several that stand one after the other; `times` it was typed.

    `is_name`: its tokens are parted by apostrophes, which is done in names alone.
    """

    text: str
    tokens: tuple[str, ...]
    is_quoted: bool = False
    is_name: bool = field(default=False, compare=False)
    times: int = field(default=1, compare=False)

    @property
    def is_function_word(self) -> bool:
        """Whether it may be missing from a result."""
        return not self.is_quoted and "".join(self.tokens).casefold() in FUNCTION_WORDS


@dataclass(frozen=True)
class Query:
    """What was typed, taken apart.

    `searched` says it again in its shortest form: reading that gives the same words. `left_out` counts the words that
    were too many.
    """

    wanted: tuple[Typed, ...] = ()
    unwanted: tuple[Typed, ...] = ()
    searched: str = ""
    left_out: int = 0

    @property
    def needed(self) -> tuple[Typed, ...]:
        """What a result has to hold: the function words too where there is nothing else."""
        return tuple(part for part in self.wanted if not part.is_function_word) or self.wanted


@lru_cache(maxsize=256)  # a page asks several times
def parse(text: str) -> Query:
    """What was typed, taken apart; no word at all gives an empty Query. Takes as long as the text is."""
    # A ligature may stand for eighteen letters; ten thousand of them are cut.
    text = analysis.composed(analysis.with_few_marks(text))[: 2 * len(text) + 60]
    query, words, letters = _Parts(), MOST_WORDS, MOST_LETTERS
    for match in _PART.finditer(text):
        said = "word" if match["phrase"] is None else "phrase"
        part = match[said] if said == "phrase" else _bare(match[said])
        if not part:
            continue
        found = list(islice(analysis.tokens(part), words + 1))
        taken = _within([token.text for token in found], words, letters)
        if taken:
            is_name = said == "word" and bool(_NAME.fullmatch(part)) and not analysis.HAN.search(part)
            query.add(taken, said == "phrase", bool(match["minus"]), is_name)
        if len(taken) < len(found):
            rest = text[match.start(said) + found[len(taken)].start :]
            return query.made(left_out=len(analysis.TOKEN.findall(_OWNERS.sub("", rest))))
        words, letters = words - len(taken), letters - sum(map(len, taken))
    return query.made(left_out=0)


def _within(tokens: list[str], words: int, letters: int) -> tuple[str, ...]:
    """The first of the tokens, as many as there is room for. One that is too long for the index is cut: none has it."""
    taken = []
    for token in tokens[:words]:
        token = token[: analysis.LONGEST_TOKEN]
        letters -= len(token)
        if letters < 0:
            break
        taken.append(token)
    return tuple(taken)


class _Parts:
    """The parts of a query as they are read."""

    def __init__(self):
        self._wanted: dict[tuple[str, ...], Typed] = {}
        self._unwanted: dict[tuple[str, ...], Typed] = {}
        self._said: list[str] = []

    def add(self, tokens: tuple[str, ...], is_quoted: bool, is_unwanted: bool, is_name: bool) -> None:
        """A phrase, or the tokens of one typed word, which may be a name in syllables."""
        into = self._unwanted if is_unwanted else self._wanted
        for part in [tokens] if is_quoted else _split(tokens):
            folded = tuple(map(analysis.simplified, part))
            text = "'".join(part) if is_name else _joined(part)
            key = tuple(map(str.casefold, folded))
            before = into.get(key)
            into[key] = (
                replace(before, times=before.times + 1) if before else Typed(text, folded, is_quoted, is_name)
            )
            written = f'"{text}"' if is_quoted else text.replace(" ", "-")
            self._said.append(f"-{written}" if is_unwanted else written)

    def made(self, left_out: int) -> Query:
        return Query(
            tuple(self._wanted.values()), tuple(self._unwanted.values()), " ".join(self._said), left_out
        )


def _bare(word: str) -> str:
    """A word without the ending that makes it an owner: "Haikou's" is Haikou."""
    word = _without_signs(word)
    return _without_signs(word[:-2]) if word.casefold().endswith(_POSSESSIVES) else word


def _without_signs(word: str) -> str:
    """A word without the punctuation it ends with."""
    end = len(word)
    while end and not analysis.TOKEN.match(word, end - 1):
        end -= 1
    return word[:end]


def _split(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The tokens of one typed word: Chinese characters in a row, and hyphened words, stay together."""
    return [tuple(run) for _is_han, run in groupby(tokens, lambda token: bool(analysis.HAN.fullmatch(token)))]


def _joined(tokens: tuple[str, ...]) -> str:
    is_chinese = all(analysis.HAN.fullmatch(token) for token in tokens)
    return ("" if is_chinese else " ").join(tokens)


@dataclass(frozen=True)
class Form:
    """One way in which a text may hold a word: tokens as the index has them.

    `weight` is below 1 for what was not typed, `why` says what it is then, `shown` how readers know it. `phrase` is
    what it stands for where that is more than one typed word. `words`: its tokens without an ending taken off, where a
    text has to have them so. `only` names the one field of documents where it counts.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    why: str = ""  # "", "synonym", "correction" or "division"
    shown: str = ""
    phrase: str = ""
    words: tuple[str, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Word:
    """A part of the query with all its forms. `correction` is the word looked for in place of an unknown one."""

    typed: Typed
    forms: tuple[Form, ...] = field(default=())
    correction: str = ""


def forms_of(typed: Typed) -> list[Form]:
    """The spellings of what was typed, itself first."""
    if typed.is_name:  # to the letter: "Chang'an" is not "change an"
        words = tuple(map(analysis.plain, typed.tokens))
        return [_literal(words, typed.text), _literal(("".join(words),), typed.text)]
    if len(typed.tokens) > 1:
        found = [typed.tokens]
        if not typed.is_quoted and not any(map(analysis.HAN.fullmatch, typed.tokens)):
            found.append(("".join(typed.tokens),))
    else:
        found = [tuple(each.split()) for each in spelling.variants(typed.tokens[0], exact=typed.is_quoted)]
    stemmed = (tuple(filter(None, map(analysis.stem, tokens))) for tokens in found)
    return [Form(tokens, shown=typed.text) for tokens in dict.fromkeys(stemmed) if tokens]


def _literal(words: tuple[str, ...], shown: str) -> Form:
    return Form(tuple(map(analysis.stem, words)), shown=shown, words=words)
