"""Why a text matched: its words marked in the title, and a snippet or two from what a reader sees.

Plain texts go in, segments come out (a text, and whether it is marked): never HTML. Phrases, synonyms, corrections and
Chinese are marked as the index matched them. How the words begin finds the places, the
stemmer decides: a row takes a fraction of a millisecond.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from search import analysis, occurrences
from search.understanding import Form, Word

ROOM = 240  # characters of a snippet, more or less
MOST_SNIPPETS = 2
_MOST_MARKS = 500  # of one text; more would be marks on every word
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+|[。！？；]|\n")


class Segment(NamedTuple):
    """A stretch of a text."""

    text: str
    marked: bool = False


class Passage(NamedTuple):
    """A text a reader sees somewhere on the page of a thing. `label` says what it is, "" where that is plain."""

    text: str
    label: str = ""
    lang: str = "en"


class Snippet(NamedTuple):
    """A piece of a passage."""

    segments: tuple[Segment, ...]
    label: str = ""
    lang: str = "en"

    @property
    def text(self) -> str:
        """Without the marks."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True)
class Reason:
    """A match that is not the typed word: `why` is "synonym", "correction" or "division", `found` as the text has it.

    `named` says how a typed division, which `found` is the city of, is called in full.
    """

    why: str
    found: str
    typed: str
    named: str = ""


@dataclass(frozen=True)
class Match:
    """What a row shows: its title, snippets, and the reasons of what is not literal."""

    title: tuple[Segment, ...]
    snippets: tuple[Snippet, ...] = ()
    reasons: tuple[Reason, ...] = ()


class _Mark(NamedTuple):
    start: int
    end: int
    word: int
    form: Form


class Highlighter:
    """Marks the words of a query. Made once for a request, used for all its rows."""

    def __init__(self, words: Iterable[Word]):
        self._words = list(words)
        self._by_first: dict[str, list[tuple[int, Form]]] = {}
        for number, word in enumerate(self._words):
            for form in word.forms:
                self._by_first.setdefault(form.tokens[0], []).append((number, form))
        self._beginnings = occurrences.Beginnings(map(occurrences.beginning, self._by_first))

    def mark(self, text: str) -> tuple[Segment, ...]:
        """The whole text, its matches marked."""
        return _segments(text, self._marks(text), 0, len(text))

    def show(
        self,
        title: str,
        passages: Sequence[Passage],
        full: Callable[[], Iterable[Passage]] | None = None,
    ) -> Match:
        """What a row shows. `full` gives the printed text; it is asked only where nothing else matched.

        Where no passage matched, the snippet is how the first one begins.
        """
        return Explanation(self, title, passages).match(full)

    def held(self, text: str) -> set[int]:
        """Which of the words a text holds, by their places."""
        return {mark.word for mark in self._marks(text)}

    # --- where the words stand

    def _marks(self, text: str) -> list[_Mark]:
        """Every match in a text, in order."""
        return self.marks_of([text])[0]

    def marks_of(self, texts: Sequence[str]) -> list[list[_Mark]]:
        """The matches in each of some texts, in order. One pass over all of them: most texts hold none."""
        found: list[list[_Mark]] = [[] for _text in texts]
        whole = "\n".join(texts)
        ends = list(accumulate(len(text) + 1 for text in texts))
        compounds = self._compounds(whole)
        for at in sorted({*self._beginnings.places(occurrences.folded(whole)), *compounds}):
            number = bisect_right(ends, at)
            first = ends[number - 1] if number else 0
            # Where a phrase goes on in the next text, it is none.
            room = len(texts[number]) if len(found[number]) < _MOST_MARKS else 0
            matches = [*compounds.get(at, ()), *self._matches_at(whole, at)] if room else ()
            for end, word, form in matches:
                if end - first <= room:
                    found[number].append(_Mark(at - first, end - first, word, form))
        return found

    def _compounds(self, text: str) -> dict[int, list[tuple[int, int, Form]]]:
        """What words match that hyphens part in the text, written together, as names of cities are in the index."""
        found: dict[int, list[tuple[int, int, Form]]] = {}
        for token, joined in analysis.compounds(text):
            for word, form in self._by_first.get(analysis.stem(joined), ()):
                if len(form.tokens) == 1 and form.words in ((), (analysis.plain(joined),)):
                    found.setdefault(token.start, []).append((token.end, word, form))
        return found

    def _matches_at(self, text: str, start: int) -> Iterator[tuple[int, int, Form]]:
        """What matches at one place: where it ends, the number of the word, its form."""
        token = analysis.TOKEN.match(text, start) if occurrences.begins_token(text, start) else None
        for word, form in self._by_first.get(analysis.stem(token[0]), ()) if token else ():
            end = occurrences.end_of(text, token.end(), form.tokens[1:])
            if end and (not form.words or _words(text[start:end]) == form.words):
                yield end, word, form

    # --- which of them are shown

    def shows_all(self, marks: Sequence[_Mark]) -> bool:
        """Whether these marks, of one passage, are every word as it was typed, near enough for one snippet."""
        every = len(self._words)
        if not marks or len(_literal_words(marks)) < every:
            return False
        return every == 1 or _window(marks, ())[0] == (every, every, every)

    def best(
        self, passages: Sequence[Passage], every: Sequence[list[_Mark]], seen: Collection[int]
    ) -> list[tuple]:
        """Passages with the marks of their best window and all their marks; the second adds words to the first.

        Words the title shows already count for less than those it does not.
        """
        marked = [(passage, marks) for passage, marks in zip(passages, every, strict=True) if marks]
        found: list[tuple] = []
        seen = set(seen)
        while marked and len(found) < MOST_SNIPPETS:
            windows = ((_window(marks, seen), passage, marks) for passage, marks in marked)
            (score, inside), passage, marks = max(windows, key=lambda each: each[0][0])
            if found and not score[0]:
                break
            found.append((passage, inside, marks))
            seen |= {mark.word for mark in inside}
            if len(seen) == len(self._words):
                break
        return found

    def reasons(self, shown: Iterable[tuple[str, _Mark]]) -> tuple[Reason, ...]:
        reasons = {}
        for text, mark in shown:
            if mark.form.why:
                found = " ".join(text[mark.start : mark.end].split())
                typed = mark.form.phrase or self._words[mark.word].typed.text
                key = (mark.form.why, found.casefold(), typed)
                named = mark.form.shown if mark.form.why == "division" else ""
                reasons.setdefault(key, Reason(mark.form.why, found, typed, named))
        return tuple(reasons.values())


class Explanation:
    """What one row shows, found while its texts are read: passage after passage, until no further one says more."""

    def __init__(self, highlighter: Highlighter, title: str, passages: Sequence[Passage]):
        self._highlighter, self._title, self._passages = highlighter, title, list(passages)
        self._in_title, *self._inside = highlighter.marks_of([title, *(each.text for each in passages)])
        self.is_whole = any(map(highlighter.shows_all, self._inside))

    def add(self, passages: Sequence[Passage]) -> None:
        """Takes further passages in. Where `is_whole`, a passage shows every word, and `match` heeds none after it."""
        marks = self._highlighter.marks_of([passage.text for passage in passages])
        self._passages += passages
        self._inside += marks
        self.is_whole = self.is_whole or any(map(self._highlighter.shows_all, marks))

    def match(self, full: Callable[[], Iterable[Passage]] | None = None) -> Match:
        """What the row shows of the passages so far. `full` gives the printed text, as `Highlighter.show` has it."""
        highlighter, passages, marks = self._highlighter, self._passages, self._in_title
        found = highlighter.best(passages, self._inside, {mark.word for mark in marks})
        if not found and not marks and full:
            printed = list(full())
            inside = highlighter.marks_of([passage.text for passage in printed])
            found = highlighter.best(printed, inside, ())
        snippets = [_snippet(passage, inside, every) for passage, inside, every in found]
        if not found and passages:
            snippets = [_snippet(passages[0], (), ())]
        shown = [(self._title, mark) for mark in marks]
        shown += [(passage.text, mark) for passage, inside, _every in found for mark in inside]
        title = _segments(self._title, marks, 0, len(self._title))
        return Match(title, tuple(snippets), highlighter.reasons(shown))


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, their endings kept."""
    return tuple(analysis.plain(token.text) for token in analysis.tokens(text))


def _window(marks: Sequence[_Mark], seen: Collection[int]) -> tuple[tuple[int, int, int], Sequence[_Mark]]:
    """The marks within the room of a snippet that hold most words: new ones, then all, then literal ones."""
    every: Counter[int] = Counter()
    literal: Counter[int] = Counter()
    best, place, end = (-1, 0, 0), (0, 0), 0
    words = {mark.word for mark in marks}
    most = (len(words.difference(seen)), len(words), len(_literal_words(marks)))
    for number, first in enumerate(marks):
        while end < len(marks) and (end == number or marks[end].end <= first.start + ROOM):
            every[marks[end].word] += 1
            literal[marks[end].word] += not marks[end].form.why
            end += 1
        held = {word for word, count in every.items() if count}
        score = (len(held.difference(seen)), len(held), sum(map(bool, literal.values())))
        if score > best:
            best, place = score, (number, end)
            if best == most:
                break
        every[first.word] -= 1
        literal[first.word] -= not first.form.why
    return best, marks[slice(*place)]


def _literal_words(marks: Iterable[_Mark]) -> set[int]:
    """The words that stand there as they were typed."""
    return {mark.word for mark in marks if not mark.form.why}


def _segments(text: str, marks: Iterable[_Mark], start: int, end: int) -> tuple[Segment, ...]:
    """A stretch of a text, the marks in it apart; of two that overlap, the longer or earlier one."""
    segments, at = [], start
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if at <= mark.start and mark.end <= end:
            segments += [Segment(text[at : mark.start]), Segment(text[mark.start : mark.end], True)]
            at = mark.end
    segments.append(Segment(text[at:end]))
    return tuple(segment for segment in segments if segment.text)


def _snippet(passage: Passage, inside: Sequence[_Mark], every: Sequence[_Mark]) -> Snippet:
    """The passage around the marks of a window, cut where a sentence or at least a word ends."""
    text = passage.text
    first = min((mark.start for mark in inside), default=0)
    last = max((mark.end for mark in inside), default=0)
    begin, is_whole_before = _begin(text, first, max(0, ROOM - (last - first)) // 2)
    end, is_whole_after = _end(text, begin, last)
    pieces = [
        Segment(" ".join(part.text.split("\n")), part.marked) for part in _segments(text, every, begin, end)
    ]
    pieces = ([] if is_whole_before else [Segment("… ")]) + pieces
    pieces += [] if is_whole_after else [Segment(" …")]
    return Snippet(tuple(pieces), passage.label, passage.lang)


def _begin(text: str, first: int, lead: int) -> tuple[int, bool]:
    """Where a snippet begins, at most `lead` before its first mark, and whether a sentence begins there."""
    if len(text) <= ROOM or first <= lead:
        return 0, True
    floor = first - lead
    sentence = _SENTENCE_END.search(text, floor, first)
    if sentence:
        return sentence.end(), True
    blank = text.find(" ", floor, first)
    return (blank + 1 if blank >= 0 else floor), False


def _end(text: str, begin: int, last: int) -> tuple[int, bool]:
    """Where a snippet ends, after its last mark, and whether a sentence ends there."""
    ceiling = max(begin + ROOM, last)
    if ceiling >= len(text):
        return len(text), True
    least = max(last, begin + ROOM * 2 // 3)
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, least, min(len(text), ceiling + 1))]
    if sentences:
        return len(text[: sentences[-1]].rstrip()), True
    blank = text.rfind(" ", max(last, begin + 1), ceiling)
    return (blank if blank >= 0 else ceiling), False
