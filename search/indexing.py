"""Building the index, and bringing it up to the log of changes.

The place reached in the log lies in the index itself, as one more document: it is committed with the documents
or not at all, so that whoever is killed leaves an index that is true to its mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

import tantivy
from django.utils import timezone

from search import changes, schema
from search.corpus import MAIN, Corpus, corpora, feeds
from search.store import Store, open_index, writing

NOTE = "note"
BATCH = 500  # documents loaded from the database at a time
COMMIT = 1_000  # documents of a long update after which readers see what is done
SMALL = 100  # affected documents that are brought in before any longer work
_HEAP = 15_000_000  # bytes; the least the engine takes
_BUILD_HEAP = 300_000_000
_MANY = 5_000  # documents for which two threads and the larger heap are worth their start
_MOST_SEEN = 5_000

Progress = Callable[[int, int], None]  # documents done, documents in all


@dataclass(frozen=True)
class Mark:
    """How far an index has come: in which log, up to which mark, with which rows beyond it, and when."""

    mark: str
    origin: int
    seen: frozenset[int] = frozenset()
    at: str = field(default_factory=lambda: timezone.now().isoformat())

    @property
    def is_too_old(self) -> bool:
        """Whether rows after it may have been forgotten."""
        return timezone.now() - datetime.fromisoformat(self.at) > changes.KEPT / 2

    @property
    def is_ours(self) -> bool:
        """Whether it is a mark of this database's log, which has not been set back since."""
        return self.origin == changes.origin() and int(self.mark) <= int(changes.mark())

    def document(self) -> tantivy.Document:
        """The mark as the index keeps it."""
        made = tantivy.Document()
        made.add_text("kind", NOTE)
        made.add_text("key", NOTE)
        seen = sorted(self.seen)[-_MOST_SEEN:]
        values = {"mark": self.mark, "origin": self.origin, "seen": seen, "at": self.at}
        made.add_text(NOTE, json.dumps(values))
        return made


def mark_of(searcher: tantivy.Searcher, engine_schema: tantivy.Schema) -> Mark | None:
    """The mark an index carries; None for one that was never finished."""
    hits = searcher.search(tantivy.Query.term_query(engine_schema, "key", NOTE), 1).hits
    if not hits:
        return None
    values = json.loads(searcher.doc(hits[0][1])[NOTE][0])
    return Mark(values["mark"], values["origin"], frozenset(values["seen"]), values["at"])


def build(store: Store, progress: Progress | None = None) -> Path:
    """Builds a generation beside the one in use and swaps them. Only under the lock."""
    origin = changes.origin()
    mark = Mark(changes.mark(), origin)
    every = {corpus.kind: list(corpus.ids()) for corpus in corpora(store.index)}
    total, done = sum(map(len, every.values())), 0
    generation = store.new()
    index = open_index(generation, store.index)
    with writing(generation):
        writer = index.writer(_BUILD_HEAP, 2) if total > _MANY else index.writer(_HEAP, 1)
        for corpus in corpora(store.index):
            for batch in batches(every[corpus.kind], BATCH):
                for document in corpus.load(batch):
                    writer.add_document(schema.to_engine(corpus.kind, document))
                done += len(batch)
                if progress:
                    progress(done, total)
        writer.add_document(mark.document())
        writer.commit()
        writer.wait_merging_threads()
    store.use(generation)
    return generation


@dataclass(frozen=True)
class Work:
    """What a stretch of the log asks for: documents by kind."""

    documents: dict[str, set[int]]

    @property
    def size(self) -> int:
        """How many documents that are."""
        return sum(map(len, self.documents.values()))


def work_of(values: dict[str, set[int]], index: str = MAIN) -> Work:
    """The documents of an index that changed values of feeds affect."""
    found: dict[str, set[int]] = {}
    for corpus in corpora(index):
        ids: set[int] = set()
        for feed in corpus.feeds:
            changed = {value for value in values.get(feed.name, ()) if value is not None}
            if changed:
                ids |= set(feed.affected(sorted(changed)) if feed.affected else changed)
        if ids:
            found[corpus.kind] = ids
    return Work(found)


class Updater:
    """Brings one generation up to the log. Only under the lock."""

    def __init__(self, generation: Path, mark: Mark, progress: Progress | None = None, index: str = MAIN):
        self.generation, self.mark, self.progress = generation, mark, progress
        self._name, self._index = index, open_index(generation, index)

    def run(self) -> bool:
        """Takes in everything logged by now; False where only a new build can.

        Small changes come first, also those made while a long update runs; the mark moves when all is in.
        """
        if self.mark.is_too_old or not self.mark.is_ours:
            return False
        while True:
            news = changes.since(self.mark.mark, self.mark.seen)
            if news.is_everything or not set(news.values) <= set(feeds()):
                return False
            if not news.ids:
                return True
            work = work_of(news.values, self._name)
            after = Mark(news.mark, self.mark.origin, news.beyond)
            self._apply(work, after)
            self.mark = after
            if work.size <= SMALL:
                return True

    def _apply(self, work: Work, after: Mark) -> None:
        todo = [(kind, id) for kind, ids in work.documents.items() for id in sorted(ids)]
        with writing(self.generation):
            writer = self._index.writer(_HEAP, 1)
            done = 0
            for batch in batches(todo, COMMIT):
                self._replace(writer, batch)
                done += len(batch)
                if self.progress:
                    self.progress(done, len(todo))
                if done < len(todo):
                    writer.commit()
                    self._small_changes(writer, after)
            writer.delete_documents_by_term("key", NOTE)
            writer.add_document(after.document())
            writer.commit()
            writer.wait_merging_threads()

    def _replace(self, writer: tantivy.IndexWriter, keys: Sequence[tuple[str, int]]) -> None:
        """Takes documents out and puts in those of them that readers may see."""
        by_kind: dict[str, Corpus] = {corpus.kind: corpus for corpus in corpora(self._name)}
        for kind, ids in _grouped(keys).items():
            for batch in batches(ids, BATCH):
                for id in batch:
                    writer.delete_documents_by_term("key", schema.key_of(kind, id))
                for document in by_kind[kind].load(batch):
                    writer.add_document(schema.to_engine(kind, document))

    def _small_changes(self, writer: tantivy.IndexWriter, after: Mark) -> None:
        """Between two stretches of a long update: what few documents others have changed meanwhile."""
        news = changes.since(after.mark, after.seen)
        work = work_of(news.values, self._name)
        if not news.is_everything and 0 < work.size <= SMALL:
            # The mark stays: these rows are read once more at the end, which changes nothing.
            self._replace(writer, [(kind, id) for kind, ids in work.documents.items() for id in sorted(ids)])
            writer.commit()


def _grouped(keys: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for kind, id in keys:
        found.setdefault(kind, []).append(id)
    return found


def batches(items: Iterable, size: int) -> Iterator[list]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
