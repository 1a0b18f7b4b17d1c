"""What is asked: words taken from the catalogue itself, by how many cases hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search.engine import Snapshot, Wanted
from search.understanding import FUNCTION_WORDS

OTHERS = 24  # questions of the same kind, so that no answer need be one that was given before


@dataclass(frozen=True)
class Question:
    """One query: as our page takes it, and as Datasette does. `page` counts from 1, `others` are texts like its own."""

    name: str
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1
    others: tuple[str, ...] = ()

    def another(self, number: int) -> Question:
        """The question, or one of the same kind that was not asked in the rounds before."""
        return replace(self, text=self.others[number % len(self.others)]) if self.others else self

    def path(self, start: str = "/cases/") -> str:
        """Our address."""
        pairs = [("q", self.text)] if self.text else []
        pairs += self.filters
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"{start}?{urlencode(pairs)}"

    def datasette(self, after: int = 0) -> str:
        """Datasette's address; `after` is the row before the page."""
        pairs = [("_size", "20"), ("_facet", "city"), ("_facet", "programme")]
        pairs += [("_col", name) for name in ("slug", "title", "city", "programme", "started", "summary")]
        pairs += [("_search", self.text)] if self.text else []
        pairs += self.filters
        pairs += [("_next", str(after))] if after else []
        return f"/rows/cases?{urlencode(pairs)}"


def vocabulary(snapshot: Snapshot) -> list[tuple[str, int]]:
    """Every word of the catalogue with the number of documents that hold it."""
    return snapshot.searcher.terms_with_prefix("word", "")


def questions(snapshot: Snapshot) -> list[Question]:
    """The questions for this catalogue."""
    words = [
        (count, word)
        for word, count in vocabulary(snapshot)
        if word.isascii() and word.isalpha() and word not in FUNCTION_WORDS
    ]
    every = snapshot.searcher.num_docs
    words.sort(reverse=True)
    common = [word for _count, word in words[:OTHERS]]
    following = [word for _count, word in words[OTHERS : 2 * OTHERS]]
    middle, rare = _held_by(words, every // 20), _held_by(words, 8)
    phrases = [f'"{first} {second}"' for first, second in zip(common, following, strict=True)]
    filters = tuple(_popular(snapshot).items())
    many = [word for _count, word in words[:60]]
    turned = [_as_long_as(many[place:] + many[:place], 190) for place in range(OTHERS)]
    return [
        Question("no query"),
        _of_many("common word", common),
        _of_many("rarer word", middle),
        _of_many("rare word", rare),
        _of_many("phrase", phrases),
        replace(_of_many("three filters", common), filters=filters),
        replace(_of_many("deep page", common), page=max(2, every // 200)),
        _of_many("worst input", turned),
    ]


def _of_many(name: str, texts: Sequence[str]) -> Question:
    return Question(name, texts[0], others=tuple(texts))


def _held_by(words: Sequence[tuple[int, str]], documents: int) -> list[str]:
    """Some words that about so many documents hold."""
    return [
        word for _count, word in sorted(words, key=lambda each: (abs(each[0] - documents), each[1]))[:OTHERS]
    ]


def _as_long_as(words: Sequence[str], limit: int) -> str:
    text = ""
    for word in words:
        if len(text) + len(word) + 1 > limit:
            break
        text = f"{text} {word}".strip()
    return text


def _popular(snapshot: Snapshot) -> dict[str, str]:
    """The value most cases have, of three filters."""
    found = snapshot.find(Wanted(("case",)))
    counts = {name: dict(found.tally(name)) for name in ("city", "programme", "started")}
    return {
        name: max((value for value in values if value != "unknown"), key=values.__getitem__)
        for name, values in counts.items()
    }
