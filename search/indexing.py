"""Building the index, and bringing it up to the log of changes.

The place reached in the log lies in the index itself, as one more document: it is committed with the documents
or not at all, so that whoever is killed leaves an index that is true to its mark.

Every now and then a commit makes the engine join segments, which may take seconds. Whoever writes keeps the lock until
that is done, so that no two do so at once and there never are many segments; small changes are taken in meanwhile.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

import tantivy
from django.utils import timezone

from search import changes, schema
from search.corpus import Corpus, corpora, feeds
from search.store import Store, is_merging, open_index, writing

NOTE = "note"
BATCH = (
    250  # documents loaded from the database at a time; between two batches of a long update come small ones
)
COMMIT = 5_000  # documents of a long update after which readers see what is done
SMALL = 100  # affected documents that are brought in before any longer work
MOST_VALUES = 1_000  # values of the log that are looked at to see whether they are a small change
_HEAP = 15_000_000  # bytes; the least the engine takes
_BUILD_HEAP = 300_000_000
_MANY = 5_000  # documents for which two threads and the larger heap are worth their start
_MOST_ASKED = 10_000  # values in one query of the database
_LONGEST_MERGE = 300  # seconds for which small changes are looked for while segments are joined
_PAUSE = 0.02  # seconds between two looks

Progress = Callable[[int, int], None]  # documents done, documents in all


@dataclass(frozen=True)
class Mark:
    """How far an index has come: in which log, up to which mark, with which transactions beyond it, and when."""

    mark: str
    origin: int
    seen: changes.Seen = field(default_factory=dict)
    at: str = field(default_factory=lambda: timezone.now().isoformat())

    @property
    def is_too_old(self) -> bool:
        """Whether rows after it may have been forgotten."""
        return timezone.now() - datetime.fromisoformat(self.at) > changes.KEPT / 2

    @property
    def is_ours(self) -> bool:
        """Whether it is a mark of this database's log, which has not been set back since."""
        return self.origin == changes.origin() and int(self.mark) <= int(changes.mark())

    def after(self, news: changes.News) -> Mark:
        """The mark of whoever has taken in the news too."""
        return Mark(news.mark, self.origin, news.beyond)

    def document(self) -> tantivy.Document:
        """The mark as the index keeps it."""
        made = tantivy.Document()
        made.add_text("kind", NOTE)
        made.add_text("key", NOTE)
        values = {"mark": self.mark, "origin": self.origin, "seen": dict(self.seen), "at": self.at}
        made.add_text(NOTE, json.dumps(values))
        return made


def mark_of(searcher: tantivy.Searcher, engine_schema: tantivy.Schema) -> Mark | None:
    """The mark an index carries; None for one that was never finished, or was made by an older release."""
    hits = searcher.search(tantivy.Query.term_query(engine_schema, "key", NOTE), 1).hits
    if not hits:
        return None
    values = json.loads(searcher.doc(hits[0][1])[NOTE][0])
    if not isinstance(values["seen"], dict):
        return None
    return Mark(values["mark"], values["origin"], values["seen"], values["at"])


def build(store: Store, progress: Progress | None = None) -> Path:
    """Builds a generation beside the one in use and swaps them. Only by whoever holds `building`.

    Others bring changes into the one in use meanwhile. So those made since are taken in before the swap: what was
    found once stays found.
    """
    generation = store.new()
    _fill(generation, progress)
    with Updater(generation) as updater:
        updater.run()
    with store.lock(wait=3600):
        with Updater(generation) as updater:
            updater.run()
        store.use(generation)
    return generation


def _fill(generation: Path, progress: Progress | None) -> None:
    """Puts every document there is into an empty generation."""
    mark = Mark(changes.mark(), changes.origin())
    every = {corpus.kind: list(corpus.ids()) for corpus in corpora()}
    total, done = sum(map(len, every.values())), 0
    index = open_index(generation)
    with writing(generation):
        writer = index.writer(*_size(total))
        for corpus in corpora():
            for batch in batches(every[corpus.kind], BATCH):
                for document in corpus.load(batch):
                    writer.add_document(schema.to_engine(corpus.kind, document))
                done += len(batch)
                if progress:
                    progress(done, total)
        writer.add_document(mark.document())
        writer.commit()
        writer.wait_merging_threads()


def _size(documents: int) -> tuple[int, int]:
    """The heap and the threads that so many documents are worth."""
    return (_BUILD_HEAP, 2) if documents > _MANY else (_HEAP, 1)


@dataclass(frozen=True)
class Work:
    """What a stretch of the log asks for: documents by kind."""

    documents: dict[str, set[int]]

    @property
    def size(self) -> int:
        """How many documents that are."""
        return sum(map(len, self.documents.values()))

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((kind, id) for kind, ids in self.documents.items() for id in sorted(ids))


def work_of(values: dict[str, set[int]]) -> Work:
    """The documents that changed values of feeds affect."""
    found: dict[str, set[int]] = {}
    for corpus in corpora():
        ids: set[int] = set()
        for feed in corpus.feeds:
            changed = {value for value in values.get(feed.name, ()) if value is not None}
            for some in batches(sorted(changed), _MOST_ASKED):
                ids.update(feed.affected(some) if feed.affected else some)
        if ids:
            found[corpus.kind] = ids
    return Work(found)


class Updater:
    """Brings one generation up to the log: entered, run, left. Only under the lock.

    On leaving it waits until the engine has joined what it joins.
    """

    def __init__(self, generation: Path, progress: Progress | None = None):
        self.generation, self.progress = generation, progress
        self._index = open_index(generation)
        self.mark = mark_of(self._index.searcher(), self._index.schema)
        self._open = ExitStack()
        self._writer: tantivy.IndexWriter | None = None

    def __enter__(self) -> Updater:
        return self

    def __exit__(self, kind, error, trace) -> None:
        writer, self._writer = self._writer, None
        if error is None and writer is not None:
            writer.wait_merging_threads()
        del writer  # what it has not committed is gone with it
        self._open.__exit__(kind, error, trace)

    def run(self) -> bool:
        """Takes in everything logged by now; False where only a new build can.

        Small changes come first, also those made while a long update runs; the mark moves when all is in.
        """
        if self.mark is None or self.mark.is_too_old or not self.mark.is_ours:
            return False
        while True:
            news = changes.since(self.mark.mark, self.mark.seen)
            if not _can_follow(news):
                return False
            if not news.values:
                return True
            work = work_of(news.values)
            self._apply(work, self.mark.after(news))
            if work.size <= SMALL:
                return True

    @property
    def is_merging(self) -> bool:
        """Whether leaving may take longer than a reader should wait."""
        return self._writer is not None and is_merging(self.generation)

    def follow(self) -> None:
        """Takes in small changes for as long as the engine joins segments."""
        until = time.monotonic() + _LONGEST_MERGE
        while self.is_merging and time.monotonic() < until:
            news = _news(self.mark)
            if news and (work := small_work(news)):
                self._apply(work, self.mark.after(news))
            time.sleep(_PAUSE)

    def _apply(self, work: Work, after: Mark) -> None:
        todo = list(work)
        looked, done, waiting = after, 0, 0
        self._begin(len(todo))
        for batch in batches(todo, BATCH):
            self._replace(batch)
            done, waiting = done + len(batch), waiting + len(batch)
            if self.progress:
                self.progress(done, len(todo))
            if done == len(todo):
                break
            # The mark stays: all that was logged meanwhile is read once more at the end, which changes nothing.
            news = _news(looked)
            if news and (work_meanwhile := small_work(news)):
                self._replace(list(work_meanwhile))
            looked = looked.after(news) if news else looked
            if waiting >= COMMIT or news:
                self._writer.commit()
                waiting = 0
        self._writer.delete_documents_by_term("key", NOTE)
        self._writer.add_document(after.document())
        self._writer.commit()
        self.mark = after

    def _begin(self, documents: int) -> None:
        if self._writer is None:
            self._open.enter_context(writing(self.generation))
            self._writer = self._index.writer(*_size(documents))

    def _replace(self, keys: Sequence[tuple[str, int]]) -> None:
        """Takes documents out and puts in those of them that readers may see."""
        by_kind: dict[str, Corpus] = {corpus.kind: corpus for corpus in corpora()}
        for kind, ids in _grouped(keys).items():
            for id in ids:
                self._writer.delete_documents_by_term("key", schema.key_of(kind, id))
            for document in by_kind[kind].load(ids):
                self._writer.add_document(schema.to_engine(kind, document))


def _can_follow(news: changes.News) -> bool:
    """Whether it is known what these changes affect."""
    return not news.is_everything and news.values.keys() <= feeds().keys()


def small_work(news: changes.News) -> Work | None:
    """What the news ask for, if that is little."""
    if news.is_cut or not _can_follow(news):
        return None
    work = work_of(news.values)
    return work if work.size <= SMALL else None


def _news(mark: Mark) -> changes.News | None:
    """What was logged after a mark, if anything; cut where it is no small change."""
    if changes.is_behind(mark.mark, mark.seen):
        return changes.since(mark.mark, mark.seen, MOST_VALUES)
    return None


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
