"""What is asked: words taken from the catalogue itself, by how many cases hold them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from search.engine import Snapshot
from search.understanding import FUNCTION_WORDS


@dataclass(frozen=True)
class Question:
    """One query: as our page takes it, and as Datasette does. `page` counts from 1."""

    name: str
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1

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


def questions(snapshot: Snapshot) -> list[Question]:
    """The questions for this catalogue."""
    words = [
        (count, word)
        for word, count in snapshot.vocabulary.items()
        if word.isascii() and word.isalpha() and word not in FUNCTION_WORDS
    ]
    every = snapshot.searcher.num_docs
    words.sort(reverse=True)
    common, second = words[0][1], words[1][1]
    rare = min(words, key=lambda each: (abs(each[0] - 8), each[1]))[1]
    middle = min(words, key=lambda each: (abs(each[0] - every // 20), each[1]))[1]
    city, programme, year = _popular(snapshot)
    many = [word for _count, word in words[:60]]
    return [
        Question("no query"),
        Question("common word", common),
        Question("rarer word", middle),
        Question("rare word", rare),
        Question("phrase", f'"{common} {second}"'),
        Question("three filters", common, (("city", city), ("programme", programme), ("started", year))),
        Question("deep page", common, page=max(2, every // 200)),
        Question("worst input", _as_long_as(many, 190)),
    ]


def _as_long_as(words: list[str], limit: int) -> str:
    text = ""
    for word in words:
        if len(text) + len(word) + 1 > limit:
            break
        text = f"{text} {word}".strip()
    return text


def _popular(snapshot: Snapshot) -> tuple[str, str, str]:
    from search.engine import Wanted

    found = snapshot.find(Wanted(("case",)))
    return tuple(
        max(values, key=values.get)
        for values in (
            {k: v for k, v in found.tally(name).items() if k != "unknown"}
            for name in ("city", "programme", "started")
        )
    )
