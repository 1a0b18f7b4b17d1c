"""The best of a request, where documents of other kinds stand among them."""

from collections.abc import Iterable

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
    each = zip(kinds, bodies, strict=True)
    return _index_of(
        (kind, Document(n, f"slug-{n:04}", {"body": body})) for n, (kind, body) in enumerate(each)
    )


def _snapshot_of(documents: Iterable[Document]) -> Snapshot:
    """These cases."""
    return _index_of(("case", document) for document in documents)


def _index_of(documents: Iterable[tuple[str, Document]]) -> Snapshot:
    index = tantivy.Index(schema.build())
    for name, analyzer in analysis.analyzers().items():
        index.register_tokenizer(name, analyzer)
    writer = index.writer(15_000_000, 1)
    for number, (kind, document) in enumerate(documents):
        writer.add_document(schema.to_engine(kind, document))
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


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.tuples(
            st.sampled_from(["park", "park lane", "lane"]),
            st.sampled_from(["park", "park park lane", "lane"]),
        ),
        min_size=60,
        max_size=60,
    ),
    typed=st.sampled_from(["park", "lane", "park lane", '"park lane"', "park -lane"]),
    offset=st.integers(0, 20),
)
def test_what_is_found_first_and_scored_after_is_scored_as_all_at_once(texts, typed, offset):
    snapshot = _snapshot_of(
        Document(
            number,
            f"slug-{number:04}",
            {"title": title, "body": body},
            {"city": (f"c{number % 2}",), "theme": (f"t{number % 3}",)},
        )
        for number, (title, body) in enumerate(texts)
    )
    request = snapshot.find(Wanted(("case",), (typed,), {"city": ["c0"], "theme": ["t0", "t1"]}))
    if request._words is None:
        return
    at_once = request._ranked(request._queries.narrowed(request._words.scored), offset, 60)
    after = request.best(offset, 60)
    assert [number for number, _score in after] == [number for number, _score in at_once]
    assert [score for _number, score in after] == pytest.approx([score for _number, score in at_once])


def test_of_very_many_words_none_is_put_around_the_others():
    words = [f"word{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]
    filters = {"city": ("c0",), "theme": ("t0",)}
    snapshot = _snapshot_of(
        Document(number, f"slug-{number:04}", {"title": " ".join(words), "body": " ".join(words)}, filters)
        for number in range(3)
    )
    request = snapshot.find(Wanted(("case",), (" ".join(words),), {"city": ["c0"], "theme": ["t0"]}))
    assert len(request._words.scores) > 100
    assert str(request._queries.narrowed_scored(request._words)).count("BooleanQuery") < 100
    assert len(request.best(0, 20)) == request.count == 3


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
    monkeypatch.setattr("search.weighing._ANYHOW", 0)
    texts = [f"park lane water w{number}" for number in range(30)] + ["park lane water tower", "elk"]
    snapshot = _snapshot(["case"] * 32, texts)

    def shown(typed: str) -> set[str]:
        return {word.typed.text for word in snapshot.find(Wanted(("case",), (typed,))).shown_words}

    assert shown("park lane water tower") == {"park", "lane", "water", "tower"}
    assert shown("park lane water tower elk") == {"elk", "tower", "park"}
