"""`make judge COLLECTION=dir RUN=file`: nDCG@10 of a run file, and of plain BM25 over the same collection."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from bench import collection
from bench.setting import say
from search.analysis import analyzers


def ndcg(answers: dict[str, Sequence[str]], grades: dict[str, dict[str, int]], depth: int = 10) -> float:
    """The mean over all judged queries; one without an answer counts as 0."""
    total = 0.0
    for query, wanted in grades.items():
        gains = [wanted.get(document, 0) for document in answers.get(query, ())[:depth]]
        ideal = sorted(wanted.values(), reverse=True)[:depth]
        best = _discounted(ideal)
        total += _discounted(gains) / best if best else 0.0
    return total / len(grades)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def usual_analyzer() -> TextAnalyzer:
    """What search engines do to English unless told otherwise."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40))
    return builder.filter(Filter.lowercase()).filter(Filter.stemmer("english")).build()


def plain_bm25(source: Path, analyzer: TextAnalyzer, depth: int = 100) -> dict[str, list[str]]:
    """Bare tantivy over one field of title and text, each query's words joined by "or"."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="bench")
    builder.add_unsigned_field("number", fast=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("bench", analyzer)
    writer, ids = index.writer(50_000_000, 1), []
    for id, title, text in collection.documents(source):
        document = tantivy.Document(text=f"{title} {text}")
        document.add_unsigned("number", len(ids))
        writer.add_document(document)
        ids.append(id)
    writer.commit()
    index.reload()
    searcher, answers = index.searcher(), {}
    for query, text in collection.queries(source):
        terms = [tantivy.Query.term_query(schema, "text", token) for token in analyzer.analyze(text)]
        hits = searcher.search(
            tantivy.Query.boolean_query([(Occur.Should, term) for term in terms]), depth, count=False
        ).hits
        numbers = searcher.fast_field_values("number", [address for _score, address in hits])
        answers[query] = [ids[int(number)] for number in numbers]
    return answers


def read(path: Path) -> dict[str, list[str]]:
    """A run file."""
    answers: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, _rank = line.rsplit(" ", 2)
        answers.setdefault(query, []).append(document)
    return answers


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("Give the folder of a collection with qrels/test.tsv and a run file.")
    source, run = Path(sys.argv[1]), Path(sys.argv[2])
    grades = collection.judgements(source)
    say(f"nDCG@10 of the run                        {ndcg(read(run), grades):.4f}")
    for name, analyzer in (
        ("our analyzer", analyzers()["stems"]),
        ("usual English analyzer", usual_analyzer()),
    ):
        say(f"plain BM25, {name:29} {ndcg(plain_bm25(source, analyzer), grades):.4f}")


if __name__ == "__main__":
    main()
