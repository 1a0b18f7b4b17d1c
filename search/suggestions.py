"""What a reader may be about to type: words of the catalogue, and things whose name begins so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import tantivy
from tantivy import Occur

from search import analysis
from search.engine import Snapshot
from search.synonyms import spellings

SHORTEST = 2  # letters; of Chinese one character is enough
_MOST_WORDS = 40  # completions of the last word that names are looked up by
_MOST_TOKENS = 12
_MOST_SAID = 6  # words, or Chinese characters, that may have a synonym together
_LONGEST = 60  # letters of a word: what is longer begins none, and may stand for a thousand times as many (ﷺ)


class Typing:
    """A text in the making. `head` is all of it but the last word, which is still being typed."""

    def __init__(self, snapshot: Snapshot, text: str):
        self._snapshot = snapshot
        tokens = list(analysis.tokens(text))
        self._tokens = [token.text for token in tokens][-_MOST_TOKENS:]
        last = tokens[-1] if tokens and tokens[-1].end == len(text) else None
        is_long = any(
            len(analysis.normal(token.text[: _LONGEST + 1])) > _LONGEST for token in tokens[-_MOST_TOKENS:]
        )
        if is_long:
            self._tokens, last = [], None
        self._text, self._last = text, tokens[-_MOST_SAID:] if last else []
        self.head = text[: last.start] if last else text
        is_enough = last and not analysis.HAN.match(last.text) and len(last.text) >= SHORTEST
        self._known = self._completions(analysis.plain(last.text)) if is_enough else []
        self._is_open = bool(last) and not analysis.HAN.match(last.text)

    def _completions(self, beginning: str) -> list[str]:
        return [word for word, _count in self._snapshot.known(beginning, _MOST_WORDS)]

    def words(self, limit: int) -> list[str]:
        """Words that complete the last one, those in most documents first."""
        typed = self._tokens[-1] if self._tokens else ""
        found: dict[str, str] = {}  # by stem: "water" is enough, "waters" would find the same
        for word in self._known:
            if len(found) == limit:
                break
            is_new = analysis.stem(word) not in found and word != analysis.plain(typed)
            if is_new and word.isalpha() and len(word) > SHORTEST and self._is_held(word):
                found[analysis.stem(word)] = word
        return list(found.values())

    def synonyms(self, limit: int) -> list[str]:
        """The whole text with its last words, which have synonyms in the same script, said in one of these.

        That of an abbreviation is suggested as soon as it is typed whole: no word completes it. Only where a document
        has one of them.
        """
        for length in range(min(_MOST_SAID, len(self._last)), 0, -1):
            tokens = self._last[-length:]
            typed = [token.text for token in tokens]
            is_chinese = bool(analysis.HAN.match(typed[-1]))
            others = self._snapshot.synonyms.others(typed)
            if any(map(self._is_said, (" ".join(typed), *others))):
                same = [each for each in others if bool(analysis.HAN.search(each)) == is_chinese]
                return [self._text[: tokens[0].start] + each for each in same[:limit]]
        return []

    def _is_said(self, text: str) -> bool:
        return any(map(self._snapshot.frequency, spellings(text)))

    def _is_held(self, word: str) -> bool:
        # The engine's list of words still has those of documents that were taken out.
        query = tantivy.Query.term_query(self._snapshot.schema, "word", word, index_option="basic")
        return bool(self._snapshot.searcher.search(query, 1).count)

    def names(self, kind: str, field: str, limit: int) -> list[int]:
        """Numbers of the documents of a kind that hold every typed word in a field, the last one perhaps begun."""
        parts = self._parts(field)
        if not parts:
            return []
        schema = self._snapshot.schema
        is_kind = tantivy.Query.term_query(schema, "kind", kind, index_option="basic")
        must = [(Occur.Must, part) for part in (*parts, tantivy.Query.const_score_query(is_kind, 0.0))]
        hits = self._snapshot.searcher.search(tantivy.Query.boolean_query(must), limit, count=False).hits
        ids = self._snapshot.searcher.fast_field_values("id", [address for _score, address in hits])
        return [int(id) for id in ids]

    def _parts(self, field: str) -> list[tantivy.Query]:
        """A query for each typed word; Chinese characters in a row are one."""
        tokens = self._tokens
        if self._is_open and not self._known:
            return []
        whole = tokens[:-1] if self._is_open else tokens
        parts = []
        for is_chinese, run in groupby(whole, key=lambda token: bool(analysis.HAN.match(token))):
            stems = [stem for stem in map(analysis.stem, run) if stem]
            parts += [self._phrase(field, stems)] if is_chinese else [self._phrase(field, [s]) for s in stems]
        if self._is_open:
            stems = dict.fromkeys(map(analysis.stem, (tokens[-1], *self._known)))
            parts.append(_any([self._phrase(field, [stem]) for stem in stems if stem]))
        return parts

    def _phrase(self, field: str, stems: Sequence[str]) -> tantivy.Query:
        if len(stems) == 1:
            return tantivy.Query.term_query(self._snapshot.schema, field, stems[0], index_option="freq")
        return tantivy.Query.phrase_query(self._snapshot.schema, field, list(stems))


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
