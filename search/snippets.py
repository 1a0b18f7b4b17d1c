"""What is shown of a text whose words are marked: the piece that holds most of them, cut where sentences end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from search.understanding import Form

ROOM = 240  # characters of a snippet, more or less
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


class Marking(NamedTuple):
    """Where a text is marked: which word of the query stands there, in which form."""

    start: int
    end: int
    word: int
    form: Form


def window(marks: Sequence[Marking], seen: Collection[int]) -> tuple[tuple[int, int, int], Sequence[Marking]]:
    """The marks within the room of a snippet that hold most words: new ones, then all, then literal ones."""
    every: Counter[int] = Counter()
    literal: Counter[int] = Counter()
    best, place, end = (-1, 0, 0), (0, 0), 0
    words = {mark.word for mark in marks}
    most = (len(words.difference(seen)), len(words), len(literal_words(marks)))
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


def literal_words(marks: Iterable[Marking]) -> set[int]:
    """The words that stand there as they were typed."""
    return {mark.word for mark in marks if not mark.form.why}


def segments(text: str, marks: Iterable[Marking], start: int, end: int) -> tuple[Segment, ...]:
    """A stretch of a text, the marks in it apart; of two that overlap, the longer or earlier one."""
    found, at = [], start
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if at <= mark.start and mark.end <= end:
            found += [Segment(text[at : mark.start]), Segment(text[mark.start : mark.end], True)]
            at = mark.end
    found.append(Segment(text[at:end]))
    return tuple(segment for segment in found if segment.text)


def snippet(passage: Passage, inside: Sequence[Marking], every: Sequence[Marking]) -> Snippet:
    """The passage around the marks of a window, cut where a sentence or at least a word ends."""
    text = passage.text
    first = min((mark.start for mark in inside), default=0)
    last = max((mark.end for mark in inside), default=0)
    begin, is_whole_before = _begin(text, first, max(0, ROOM - (last - first)) // 2)
    end, is_whole_after = _end(text, begin, last)
    pieces = [
        Segment(" ".join(part.text.split("\n")), part.marked) for part in segments(text, every, begin, end)
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
