"""Documents like a given one: those that share its rare words and its values of a filter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur

from search import analysis, schema
from search.engine import Snapshot
from search.understanding import FUNCTION_WORDS

MOST_WORDS = 24  # rare words a document is compared by
_SHORTEST = 4
_FEW = 9  # documents whose word is rare, however few there are in all
_DULL = FUNCTION_WORDS | frozenset(
    """
    across along around away carried described every help like made make many much said says take taken used well
    within
    """.split()  # noqa: SIM905 - a list of words reads better as one
)
_VALUE_WEIGHT = 2.0  # a shared value is somebody's judgement, and counts for more than a shared word


@dataclass(frozen=True)
class Traits:
    """What a document is compared by: its rare words (by their stems, as it writes them), its values of a filter."""

    words: dict[str, str]
    values: Sequence[str] = ()


def traits(snapshot: Snapshot, texts: Iterable[str], values: Sequence[str]) -> Traits:
    """The words the texts say at least twice and others hold too, but few: the rarest and most said ones."""
    written: dict[str, str] = {}
    times: dict[str, int] = {}
    for text in texts:
        for token in analysis.tokens(text):
            stem = analysis.stem(token.text)
            if len(stem) >= _SHORTEST and stem.isalpha() and token.text.casefold() not in _DULL:
                if stem not in written or token.text.islower():
                    written[stem] = token.text
                times[stem] = times.get(stem, 0) + 1
    said = {stem: count for stem, count in times.items() if count > 1}
    weights = {stem: _weight(snapshot, "all", stem) * math.log(count) for stem, count in said.items()}
    best = sorted(filter(weights.get, weights), key=lambda stem: (-weights[stem], stem))[:MOST_WORDS]
    return Traits({stem: written[stem] for stem in best}, values)


def related(snapshot: Snapshot, kind: str, filter_name: str, of: Traits, limit: int) -> list[int]:
    """Numbers of the documents of a kind that share most with the traits of one; it is among them itself."""
    made = tantivy.Query
    engine_schema, field = snapshot.schema, schema.filter_field(filter_name)
    shared = [made.term_query(engine_schema, "all", stem, index_option="freq") for stem in of.words]
    for value in of.values:
        weight = _VALUE_WEIGHT * _weight(snapshot, field, value)
        is_held = made.term_query(engine_schema, field, value, index_option="basic")
        shared.append(made.const_score_query(is_held, max(weight, 0.1)))
    if not shared:
        return []
    is_kind = made.const_score_query(made.term_query(engine_schema, "kind", kind, index_option="basic"), 0.0)
    some = made.boolean_query([(Occur.Should, query) for query in shared])
    query = made.boolean_query([(Occur.Must, some), (Occur.Must, is_kind)])
    hits = snapshot.searcher.search(query, limit, count=False).hits
    ids = snapshot.searcher.fast_field_values("id", [address for _score, address in hits])
    return [int(id) for id in ids]


def _weight(snapshot: Snapshot, field: str, term: str) -> float:
    """How much sharing a term says: 0 where no other document has it, and for a word that many have."""
    held, every = snapshot.living(field, term), snapshot.searcher.num_docs
    if held < 2:
        return 0.0
    if field == "all" and held > max(_FEW, every // 20):
        return 0.0
    return math.log(1 + every / held)
