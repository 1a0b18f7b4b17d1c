"""The catalogue's own queries, answered by its own data, with full texts and without."""

from statistics import mean

import pytest

from search.engine import Wanted
from search.service import snapshot
from sources.attaching import attach
from tests.search import relevance

# The goals of the catalogue: see docs/decisions/0007-search-index-outside-the-database.md.
NDCG = 0.95
FIRST = 57 / 60


def assert_goals():
    index = snapshot()
    answers = [relevance.answer(index, asked) for asked in relevance.queries()]
    missed = [f"{a.asked.text}: {list(a.found)[:3]}" for a in answers if not a.is_first]
    assert mean(answer.is_first for answer in answers) >= FIRST, missed
    assert mean(answer.ndcg for answer in answers) >= NDCG
    for kind in {answer.asked.kind for answer in answers}:
        # No kind of query is given up for the sake of the others.
        assert mean(answer.ndcg for answer in answers if answer.asked.kind == kind) >= 0.85, (kind, missed)
    for kinds in (("case",), relevance.KINDS):
        counts = {text: index.find(Wanted(kinds, (text,))).count for text in relevance.unanswerable()}
        assert not {text for text, count in counts.items() if count}


def test_without_full_texts(catalogue):
    assert_goals()


@pytest.mark.needs_sources
def test_with_full_texts(catalogue, sources_dir):
    attach(sources_dir)
    assert_goals()


def test_the_queries_are_enough_and_each_once():
    asked = relevance.queries()
    texts = [each.text for each in asked] + relevance.unanswerable()
    assert len(texts) == len(set(texts))
    assert len(asked) >= 60
    assert len(relevance.unanswerable()) >= 12
    # A third at least was written from the texts of the sources, before the engine was asked.
    assert sum(each.texts for each in asked) * 3 >= len(asked)
