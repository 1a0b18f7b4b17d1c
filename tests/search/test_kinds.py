"""Documents of several kinds as one list."""

import pytest
import tantivy

from search import analysis, schema
from search.corpus import Document
from search.engine import Snapshot
from search.kinds import OfManyKinds
from search.synonyms import Synonyms

KINDS = ("case", "city", "plan")


def snapshot_of_kinds(said: dict[str, list[str]]) -> Snapshot:
    """Documents of each kind, their numbers from 0 in each, in two pieces."""
    index = tantivy.Index(schema.build())
    for name, analyzer in analysis.analyzers().items():
        index.register_tokenizer(name, analyzer)
    writer = index.writer(15_000_000, 1)
    made = [
        schema.to_engine(kind, Document(id, f"{kind}-{id}", {"body": text}))
        for kind, texts in said.items()
        for id, text in enumerate(texts)
    ]
    for piece in (made[::2], made[1::2]):
        for document in piece:
            writer.add_document(document)
        writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Snapshot(index, Synonyms())


SAID = {
    "case": [" ".join(["park"] + ["lane"] * n) for n in range(60)],
    "city": [" ".join(["park"] + ["lane"] * (n + 3)) for n in range(40)],
    "plan": ["a lane", "water"],
}
STATE = snapshot_of_kinds(SAID)


def test_each_hit_has_its_kind_on_every_page():
    found = OfManyKinds(STATE, ["park"], KINDS)
    assert found.tally() == {"case": 60, "city": 40, "plan": 0}
    assert found.count == 100
    pages = [found.best(start, 20) for start in range(0, 100, 20)]
    hits = [hit for page in pages for hit in page]
    assert {(hit.kind, hit.id) for hit in hits} == {
        (kind, id) for kind in ("case", "city") for id in range(len(SAID[kind]))
    }
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert found.best(100, 20) == []


def test_chosen_kinds_narrow_the_list_and_not_the_tally():
    found = OfManyKinds(STATE, ["park"], KINDS, ["city"])
    assert found.tally() == {"case": 60, "city": 40, "plan": 0}
    assert found.count == 40
    assert {hit.kind for hit in found.best(0, 50)} == {"city"}
    assert len(found.best(0, 50)) == 40


@pytest.mark.parametrize("chosen", [[], ["plan"]])
def test_near_hits_have_their_kind_too(chosen):
    found = OfManyKinds(STATE, ["lane park"], KINDS, chosen)
    assert found.count == (0 if chosen else 99)
    near = {(hit.kind, hit.id) for hit in found.near(10)}
    assert near == ({("plan", 0)} if chosen else {("case", 0), ("plan", 0)})


def test_nothing_known_gives_nothing():
    found = OfManyKinds(STATE, ["zeppelin"], KINDS)
    assert (found.tally(), found.count) == (dict.fromkeys(KINDS, 0), 0)
    assert (found.best(0, 20), found.near(20)) == ([], [])
