"""Small indexes for tests, made in memory of documents given, without a database."""

from pathlib import Path

import tantivy

from search import analysis, schema
from search.corpus import Document
from search.engine import Found, Snapshot, Wanted
from search.synonyms import Synonyms


def snapshot_of(documents: list[Document], groups=(), *, pieces: int = 1) -> Snapshot:
    """One state of an index that holds these as cases, committed in so many pieces."""
    return Snapshot(index_of(documents, pieces), Synonyms(groups))


def index_of(documents: list[Document], pieces: int = 1) -> tantivy.Index:
    """An index that holds these as cases, committed in so many pieces."""
    index = tantivy.Index(schema.build())
    for name, analyzer in analysis.analyzers().items():
        index.register_tokenizer(name, analyzer)
    writer = index.writer(15_000_000, 1)
    for piece in range(pieces):
        for document in documents[piece::pieces]:
            writer.add_document(schema.to_engine("case", document))
        writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def texts(*bodies: str) -> list[Document]:
    """Documents numbered from 0 that say this."""
    return [Document(id, f"slug-{id:04}", {"body": body}) for id, body in enumerate(bodies)]


def find(snapshot: Snapshot, *typed: str, **filters) -> Found:
    """What fits these texts and filters."""
    return snapshot.find(Wanted(("case",), typed, filters))


def ids(found: Found) -> list[int]:
    """The numbers of all results, in order of number."""
    return sorted(id for id, _score in found.best(0, found.count))


def damage_in_place(generation: Path) -> None:
    """Spoils where words stand in texts, in files as long as they were: what is open is what is damaged."""
    for file in generation.glob("*.pos"):
        with file.open("r+b") as held:
            held.write(b"\xff" * file.stat().st_size)
