"""Bare tantivy over the same texts, with the same analyzers and the same facets, and nothing around it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Occur

from search import analysis
from search.corpus import Corpus, Document, corpora
from search.indexing import BATCH, batches

_HEAP = 300_000_000


def corpus_of(kind: str) -> Corpus:
    """The declared corpus of that kind."""
    return next(corpus for corpus in corpora() if corpus.kind == kind)


@dataclass(frozen=True)
class Asked:
    """Tokens of which all must be there, or `least` of them, or which are a phrase; filters; where to begin."""

    tokens: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    offset: int = 0
    is_phrase: bool = False
    least: int = 0


class Bare:
    """An index of one text field and one field for each filter."""

    def __init__(self, folder: Path, filters: Iterable[str]):
        self.filters = tuple(filters)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", fast=True)
        builder.add_text_field("text", tokenizer_name="stems")
        builder.add_text_field("word", tokenizer_name="words", index_option="basic")
        for name in self.filters:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        for name, analyzer in analysis.analyzers().items():
            self.index.register_tokenizer(name, analyzer)

    def build(self) -> tuple[int, float, float]:
        """Indexes every case: how many, and the seconds (by the clock, of the processor), reading not counted."""
        corpus = corpus_of("case")
        writer, reading, reading_cpu, count = self.index.writer(_HEAP, 2), 0.0, 0.0, 0
        started, cpu = time.perf_counter(), time.process_time()
        for batch in batches(corpus.ids(), BATCH * 4):
            before, before_cpu = time.perf_counter(), time.thread_time()
            documents = list(corpus.load(batch))
            reading += time.perf_counter() - before
            reading_cpu += time.thread_time() - before_cpu
            for document in documents:
                writer.add_document(self._made(document))
            count += len(documents)
        writer.commit()
        writer.wait_merging_threads()
        spent, cpu = time.perf_counter() - started - reading, time.process_time() - cpu - reading_cpu
        self.index.reload()
        self.searcher = self.index.searcher()
        return count, spent, cpu

    def _made(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        made.add_unsigned("number", document.id)
        for text in document.texts.values():
            if text:
                made.add_text("text", text)
                made.add_text("word", text)
        for name in self.filters:
            for value in document.terms.get(name, ()):
                made.add_text(name, value)
        return made

    def ask(self, asked: Asked) -> int:
        """Twenty best, how many there are, and all counts; as somebody would write it who needs no more."""
        tokens = asked.tokens
        if asked.is_phrase:
            parts = [(Occur.Must, tantivy.Query.phrase_query(self.schema, "text", list(tokens)))]
        else:
            terms = [tantivy.Query.term_query(self.schema, "text", token) for token in tokens]
            parts = [(Occur.Must, term) for term in terms]
            if asked.least:
                some = [(Occur.Should, term) for term in terms]
                most = tantivy.Query.boolean_query(some, minimum_number_should_match=asked.least)
                parts = [(Occur.Must, most)]
        chosen = list(asked.filters)
        query = self._narrowed(parts, chosen)
        found = self.searcher.search(query, 20, count=True, offset=asked.offset)
        self.searcher.fast_field_values("number", [address for _score, address in found.hits])
        taken = {name for name, _value in chosen}
        self._count(query, [name for name in self.filters if name not in taken])
        for name in taken:
            self._count(self._narrowed(parts, [each for each in chosen if each[0] != name]), [name])
        return found.count

    def _narrowed(self, parts: list, chosen: list[tuple[str, str]]) -> tantivy.Query:
        filters = [
            (
                Occur.Must,
                tantivy.Query.const_score_query(
                    tantivy.Query.term_query(self.schema, name, value, "basic"), 0.0
                ),
            )
            for name, value in chosen
        ]
        made = [*parts, *filters]
        return tantivy.Query.boolean_query(made) if made else tantivy.Query.all_query()

    def _count(self, query: tantivy.Query, names: list[str]) -> None:
        if names:
            self.searcher.aggregate(
                query, {name: {"terms": {"field": name, "size": 10_000}} for name in names}
            )
