"""The best of a request, where documents of other kinds stand among them."""

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis, found, schema
from search.corpus import Document, corpora, indexes
from search.engine import Snapshot, Wanted
from search.synonyms import Synonyms


def _snapshot(kinds: list[str], bodies: list[str]) -> Snapshot:
    """Documents of these kinds, numbered from 0, that say this, in several segments."""
    index = tantivy.Index(schema.build())
    for name, analyzer in analysis.analyzers().items():
        index.register_tokenizer(name, analyzer)
    writer = index.writer(15_000_000, 1)
    for number, (kind, body) in enumerate(zip(kinds, bodies, strict=True)):
        writer.add_document(schema.to_engine(kind, Document(number, f"slug-{number:04}", {"body": body})))
        if number % 40 == 39:
            writer.commit()
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Snapshot(index, Synonyms())


def test_every_kind_has_a_number_of_its_own():
    kinds = [corpus.kind for name in indexes() for corpus in corpora(name)]
    assert len({schema.kind_number(kind) for kind in kinds}) == len(kinds) > 3


@settings(max_examples=40, deadline=None)
@given(
    others=st.sets(st.integers(0, 149), max_size=60),
    texts=st.lists(
        st.sampled_from(["park", "park lane", "park park lane", "lane"]), min_size=150, max_size=150
    ),
    typed=st.sampled_from(["park", "lane", "park lane"]),
    offset=st.integers(0, 150),
    limit=st.integers(1, 30),
)
def test_the_best_are_those_of_the_kinds_that_are_wanted(others, texts, typed, offset, limit):
    kinds = ["city" if number in others else "case" for number in range(150)]
    snapshot = _snapshot(kinds, texts)
    for wanted in (("case",), ("case", "city"), ("city",)):
        request = snapshot.find(Wanted(wanted, (typed,)))
        assert request.best(offset, limit) == _asked_under_conditions(snapshot, wanted, typed, offset, limit)


def _asked_under_conditions(snapshot, wanted, typed, offset, limit):
    request = snapshot.find(Wanted(wanted, (typed,)))
    return request._ranked(request._queries.narrowed(request._words.scored), offset, limit)


def test_where_the_best_are_of_other_kinds_the_engine_is_asked_again(monkeypatch):
    kinds = ["city"] * 30 + ["case"] * 300
    snapshot = _snapshot(kinds, ["park"] * 30 + ["park by a long long lane"] * 300)
    asked = []
    narrowed = found.Queries.narrowed
    monkeypatch.setattr(found.Queries, "narrowed", lambda *given: asked.append(1) or narrowed(*given))
    best = snapshot.find(Wanted(("case",), ("park",))).best(0, 20)
    assert len(best) == 20 and all(number >= 30 for number, _score in best)
    assert asked


@pytest.mark.parametrize(("kind", "is_asked"), [("case", False), ("city", True)])
def test_only_a_kind_of_nearly_all_documents_is_looked_for_without_saying_so(monkeypatch, kind, is_asked):
    snapshot = _snapshot(["case"] * 90 + ["city"] * 8, ["park"] * 98)
    asked = []
    narrowed = found.Queries.narrowed
    monkeypatch.setattr(found.Queries, "narrowed", lambda *given: asked.append(1) or narrowed(*given))
    assert len(snapshot.find(Wanted((kind,), ("park",))).best(0, 5)) == 5
    assert bool(asked) == is_asked


def test_what_is_not_weighed_is_not_shown_as_the_reason(monkeypatch):
    monkeypatch.setattr("search.queries._ANYHOW", 0)
    texts = [f"park lane water w{number}" for number in range(30)] + ["park lane water tower", "elk"]
    snapshot = _snapshot(["case"] * 32, texts)

    def shown(typed: str) -> set[str]:
        return {word.typed.text for word in snapshot.find(Wanted(("case",), (typed,))).shown_words}

    assert shown("park lane water tower") == {"park", "lane", "water", "tower"}
    assert shown("park lane water tower elk") == {"elk", "tower", "park"}
