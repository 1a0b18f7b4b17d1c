"""Building the index, and bringing it up to the log of changes.

Small changes are brought into the generation in use. Many at once are brought into a copy of it, which takes its place
at the end: small ones made meanwhile need not wait for them. The mark then says how far those have come ahead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import tantivy

from search import changes, schema
from search.corpus import MAIN, Corpus, corpora, feeds
from search.marks import NOTE, Mark, mark_of
from search.store import Store, merging, open_index, was_interrupted, writing

BATCH = 500  # documents loaded from the database at a time
SMALL = 100  # affected documents that are brought in at once
MOST_VALUES = 1_000  # values of the log that are looked at to see whether they are a small change
_HEAP = 15_000_000  # bytes; the least the engine takes
_BUILD_HEAP = 300_000_000
_MANY = 5_000  # documents for which two threads and the larger heap are worth their start
_MOST_ASKED = 10_000  # values in one query of the database
# For how long at most small changes are looked for while segments are joined: seconds, and documents a second.
_MERGE_SECONDS, _MERGE_RATE = 3, 500
_PAUSE = 0.02  # seconds between two looks

Progress = Callable[[int, int], None]  # documents done, documents in all


def build(store: Store, progress: Progress | None = None) -> None:
    """Builds a generation beside the one in use and swaps them. Only by whoever holds `building`."""
    generation = store.new()
    _fill(generation, progress, store.index)
    _swap(store, generation)


def bring_up(store: Store, progress: Progress | None = None) -> bool:
    """A long update, in a copy of the generation in use; False where only a new build will do.

    Only by whoever holds `building`.
    """
    with store.lock(wait=3600):
        before = store.current()
        generation = before and store.copy(before)
    if generation is None:
        return False
    with Updater(generation, progress, store.index) as updater:
        if not updater.run():
            return False
    _swap(store, generation)
    return True


def _swap(store: Store, generation: Path) -> None:
    """Puts a generation in use that has all the one before has: what was found once stays found."""
    with Updater(generation, index=store.index) as updater:
        updater.run()
    with store.lock(wait=3600):
        with Updater(generation, index=store.index) as updater:  # what little came since
            updater.run()
        store.use(generation)


def _fill(generation: Path, progress: Progress | None, name: str) -> None:
    """Puts every document there is into an empty generation."""
    mark = Mark(changes.now(), changes.origin())
    every = {corpus.kind: list(corpus.ids()) for corpus in corpora(name)}
    total, done = sum(map(len, every.values())), 0
    index = open_index(generation, name)
    with writing(generation):
        writer = index.writer(*_size(total))
        for corpus in corpora(name):
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


def work_of(values: dict[str, set[int]], index: str = MAIN) -> Work:
    """The documents of an index that changed values of feeds affect."""
    found: dict[str, set[int]] = {}
    for corpus in corpora(index):
        ids: set[int] = set()
        for feed in corpus.feeds:
            changed = {value for value in values.get(feed.name, ()) if value is not None}
            for some in batches(sorted(changed), _MOST_ASKED):
                ids.update(feed.affected(some) if feed.affected else some)
        if ids:
            found[corpus.kind] = ids
    return Work(found)


class Updater:
    """Brings a generation up to the log, in place: entered, run, left.

    Only under the lock, or where nobody else sees the generation. Leaving waits until the engine has joined segments.
    """

    def __init__(self, generation: Path, progress: Progress | None = None, index: str = MAIN):
        self.generation, self.progress = generation, progress
        self._name, self._index = index, open_index(generation, index)
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

    @property
    def _is_of_use(self) -> bool:
        return self.mark is not None and not self.mark.is_too_old and self.mark.is_ours

    def run(self) -> bool:
        """Takes in everything logged by now; False where only a new build can."""
        if not self._is_of_use:
            return False
        while True:
            news = changes.since(self.mark.place)
            if not _can_follow(news):
                return False
            if not news.values and not self.mark.is_ageing:
                return True
            work = work_of(news.values, self._name)
            self._take_in(work, Mark(news.place, self.mark.origin))
            if work.size <= SMALL:
                return True

    def take_in(self) -> bool:
        """Takes in what little was logged since; where it is more only says so in the mark.

        Gives whether nothing is left for a long update.
        """
        if not self._is_of_use:
            return False
        news = changes.since(self.mark.reached, MOST_VALUES)
        work = _small_work(news, self._name)
        if work is None:
            self._take_in(Work({}), replace(self.mark, ahead=news.place))
        elif news.values or self.mark.is_ageing:
            self._take_in(work, self.mark.after(news.place))
        return self.mark.ahead is None

    @property
    def merging(self) -> int:
        """How many documents the engine may be joining by now: leaving may take longer than a reader should wait."""
        return merging(self.generation) if self._writer is not None else 0

    def follow(self) -> None:
        """Takes in small changes for as long as the engine joins segments."""
        until = time.monotonic() + _MERGE_SECONDS + self.merging / _MERGE_RATE
        while self.merging and time.monotonic() < until:
            if changes.is_behind(self.mark.reached):
                self.take_in()
            time.sleep(_PAUSE)

    def _take_in(self, work: Work, after: Mark) -> None:
        todo, done = list(work), 0
        self._begin(len(todo))
        for batch in batches(todo, BATCH):
            self._replace(batch)
            done += len(batch)
            if self.progress:
                self.progress(done, len(todo))
        self._writer.delete_documents_by_term("key", NOTE)
        self._writer.add_document(after.document())
        self._writer.commit()
        self.mark = after

    def _begin(self, documents: int) -> None:
        if self._writer is None:
            is_left_behind = was_interrupted(self.generation)
            self._open.enter_context(writing(self.generation))
            self._writer = self._index.writer(*_size(documents))
            if is_left_behind:
                # The engine numbers its files by its operations, and would write one again that is still there.
                self._writer.garbage_collect_files()

    def _replace(self, keys: Sequence[tuple[str, int]]) -> None:
        """Takes documents out and puts in those of them that readers may see."""
        by_kind: dict[str, Corpus] = {corpus.kind: corpus for corpus in corpora(self._name)}
        for kind, ids in _grouped(keys).items():
            for id in ids:
                self._writer.delete_documents_by_term("key", schema.key_of(kind, id))
            for document in by_kind[kind].load(ids):
                self._writer.add_document(schema.to_engine(kind, document))


def _can_follow(news: changes.News) -> bool:
    """Whether it is known what these changes affect."""
    return not news.is_everything and news.values.keys() <= feeds().keys()


def _small_work(news: changes.News, index: str) -> Work | None:
    """What the news ask for, if that is little."""
    if news.is_cut or not _can_follow(news):
        return None
    work = work_of(news.values, index)
    return work if work.size <= SMALL else None


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
