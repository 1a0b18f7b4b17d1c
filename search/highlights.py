"""Why a text matched: its words marked in the title, and a snippet or two from what a reader sees.

Plain texts go in, segments come out (a text, and whether it is marked): never HTML. Phrases, synonyms, corrections and
Chinese are marked as the index matched them. How the words begin finds the places, the stemmer decides: a row takes a
fraction of a millisecond. What is shown of a marked text: `search/snippets.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from search import analysis, occurrences
from search.snippets import Marking, Passage, Segment, Snippet, literal_words, segments, snippet, window
from search.understanding import Form, Word

MOST_SNIPPETS = 2
_MOST_MARKS = 500  # of one text; more would be marks on every word


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
        return segments(text, self._marks(text), 0, len(text))

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

    def _marks(self, text: str) -> list[Marking]:
        """Every match in a text, in order."""
        return self.marks_of([text])[0]

    def marks_of(self, texts: Sequence[str]) -> list[list[Marking]]:
        """The matches in each of some texts, in order. One pass over all of them: most texts hold none."""
        found: list[list[Marking]] = [[] for _text in texts]
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
                    found[number].append(Marking(at - first, end - first, word, form))
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

    def shows_all(self, marks: Sequence[Marking]) -> bool:
        """Whether these marks, of one passage, are every word as it was typed, near enough for one snippet."""
        every = len(self._words)
        if not marks or len(literal_words(marks)) < every:
            return False
        return every == 1 or window(marks, ())[0] == (every, every, every)

    def best(
        self, passages: Sequence[Passage], every: Sequence[list[Marking]], seen: Collection[int]
    ) -> list[tuple]:
        """Passages with the marks of their best window and all their marks; the second adds words to the first.

        Words the title shows already count for less than those it does not.
        """
        marked = [(passage, marks) for passage, marks in zip(passages, every, strict=True) if marks]
        found: list[tuple] = []
        seen = set(seen)
        while marked and len(found) < MOST_SNIPPETS:
            windows = ((window(marks, seen), passage, marks) for passage, marks in marked)
            (score, inside), passage, marks = max(windows, key=lambda each: each[0][0])
            if found and not score[0]:
                break
            found.append((passage, inside, marks))
            seen |= {mark.word for mark in inside}
            if len(seen) == len(self._words):
                break
        return found

    def reasons(self, shown: Iterable[tuple[str, Marking]]) -> tuple[Reason, ...]:
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
        snippets = [snippet(passage, inside, every) for passage, inside, every in found]
        if not found and passages:
            snippets = [snippet(passages[0], (), ())]
        shown = [(self._title, mark) for mark in marks]
        shown += [(passage.text, mark) for passage, inside, _every in found for mark in inside]
        title = segments(self._title, marks, 0, len(self._title))
        return Match(title, tuple(snippets), highlighter.reasons(shown))


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, their endings kept."""
    return tuple(analysis.plain(token.text) for token in analysis.tokens(text))
