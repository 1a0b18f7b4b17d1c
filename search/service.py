"""Search as a process has it: the index found, checked, kept true to the database, built where there is none.

Before every search one short query asks the log for news. Few changes are brought in at once; many, or a whole
build, by a thread of its own, while readers are served what there is, or are told that it is being built.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from search import changes, indexing, triggers
from search.corpus import MAIN
from search.engine import Snapshot
from search.indexing import SMALL, Mark, Updater, mark_of, work_of
from search.models import Synonym, lines
from search.store import META, Busy, Damaged, Store, open_index, verify
from search.synonyms import Synonyms

log = logging.getLogger(__name__)
_PATIENCE = 0.5  # seconds a reader waits for somebody else's small update


class Building(Exception):
    """There is no index to search yet; one is being built."""


class Service:
    """Search in one index. One for each process and index, used by all its threads."""

    def __init__(self, folder: Path, index: str = MAIN):
        self.store = Store(folder, index)
        self._lock = threading.RLock()
        self._work: threading.Thread | None = None
        self._generation: Path | None = None
        self._index: tantivy.Index | None = None
        self._stamp: tuple[int, int] = (0, 0)
        self._snapshot: Snapshot | None = None
        self._checked: set[Path] = set()

    def snapshot(self) -> Snapshot:
        """The index as it is now, true to all that is committed; Building where there is none yet."""
        with self._lock:
            while True:
                try:
                    return self._now()
                except (ValueError, OSError):
                    if self._generation is None or self.store.current() == self._generation:
                        raise
                    # Somebody has swapped it for another meanwhile, and removed its files.

    def _now(self) -> Snapshot:
        is_there = self._open()
        if self._index is None:
            if not is_there:
                self._start(self.ensure)
            if self._index is None:
                raise Building
        self._follow()
        return self._fresh()

    def ensure(self) -> None:
        """Builds an index unless somebody else has done so meanwhile."""
        with self.store.lock(wait=3600):
            if self.store.current() is None:
                indexing.build(self.store)

    def rebuild(self, progress: indexing.Progress | None = None) -> None:
        """Builds the index anew, waiting for whoever writes."""
        with self.store.lock(wait=3600):
            indexing.build(self.store, progress)

    def update(self, progress: indexing.Progress | None = None) -> None:
        """Brings the index up to the log, or builds it where that cannot be."""
        with self.store.lock(wait=3600):
            generation = self.store.current()
            mark = self._mark_in(generation) if generation else None
            if mark is None or not Updater(generation, mark, progress, self.store.index).run():
                indexing.build(self.store, progress)

    # --- the index this process has open

    def _open(self) -> bool:
        """Opens the generation in use, checked the first time this process sees it.

        False where there is none, or was one that is damaged; True also where it cannot be checked yet, because
        somebody is writing.
        """
        generation = self.store.current()
        if generation is None:
            self._generation = self._index = self._snapshot = None
            return False
        if generation == self._generation:
            return True
        try:
            if self._generation is None and generation not in self._checked:
                self._check(generation)
            index = open_index(generation, self.store.index)
        except Busy:
            return True
        except (Damaged, ValueError, OSError) as error:
            if self.store.current() != generation:
                return self._open()  # somebody has swapped it for another meanwhile
            log.warning("The search index is damaged and is built anew: %s", error)
            (self.store.folder / "current").unlink(missing_ok=True)
            return False
        self._generation, self._index, self._stamp = generation, index, (0, 0)
        return True

    def _check(self, generation: Path) -> None:
        """Raises Damaged unless the files are whole and changes of this very database have been written down."""
        with self.store.lock(wait=_PATIENCE):
            verify(generation)
            mark = self._mark_in(generation)
        if lost := triggers.missing(connection):
            triggers.install(connection)
            raise Damaged(f"changes of {', '.join(lost)} have not been written down")
        if mark is None or not mark.is_ours:
            raise Damaged("it was made from another database, or from a later state of this one")
        self._checked.add(generation)

    def _fresh(self) -> Snapshot:
        """The snapshot of what the folder holds by now."""
        stat = (self._generation / META).stat()
        stamp = (stat.st_mtime_ns, stat.st_ino)
        synonyms = _synonyms()
        if self._snapshot is None or stamp != self._stamp:
            self._index.reload()
            self._snapshot, self._stamp = Snapshot(self._index, synonyms), stamp
        elif self._snapshot.synonyms is not synonyms:
            self._snapshot = Snapshot(self._index, synonyms)
        return self._snapshot

    def _mark_in(self, generation: Path) -> Mark | None:
        index = open_index(generation, self.store.index)
        return mark_of(index.searcher(), index.schema)

    # --- keeping it true

    def _follow(self) -> None:
        if connection.in_atomic_block and not settings.SEARCH_IN_TRANSACTIONS:
            return  # what is not committed is nobody's yet, not even this reader's
        mark = self._fresh().mark
        if mark is None or mark.is_too_old:
            self._start(self.update)
        elif changes.is_behind(mark.mark, mark.seen):
            news = changes.since(mark.mark, mark.seen)
            if news.is_everything or work_of(news.values, self.store.index).size > SMALL:
                self._start(self.update)
            else:
                self._update_now()

    def _update_now(self) -> None:
        """A small update by this very request, unless somebody else is at it."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                with self.store.lock():
                    is_done = self.store.current() != self._generation or self._updated()
                if not is_done:
                    self._start(self.update)  # it takes the lock itself
                return
            except Busy:
                if time.monotonic() > until:
                    return
                time.sleep(0.01)
            mark = self._fresh().mark
            if mark and not changes.is_behind(mark.mark, mark.seen):
                return

    def _updated(self) -> bool:
        """Whether a small update could bring in everything. Only under the lock."""
        mark = self._mark_in(self._generation)
        return mark is not None and Updater(self._generation, mark, index=self.store.index).run()

    def _start(self, job: Callable[[], None]) -> None:
        """Runs a long job beside the readers; at once where threads are switched off, as in tests."""
        if not settings.SEARCH_IN_BACKGROUND:
            job()
            self._open()
            return
        if self._work is None or not self._work.is_alive():
            self._work = threading.Thread(
                target=_with_own_connection, args=(job,), daemon=True, name="search"
            )
            self._work.start()


def _with_own_connection(job: Callable[[], None]) -> None:
    try:
        job()
    except Busy:
        log.info("Somebody else is building the search index.")
    except Exception:
        log.exception("The search index could not be brought up to date.")
    finally:
        connection.close()


_KNOWN_SYNONYMS: dict[tuple, Synonyms] = {}


def _synonyms() -> Synonyms:
    """The groups of the table, made ready once for each state of it."""
    rows = tuple(Synonym.objects.order_by("pk").values_list("words", "only_typed"))
    if rows not in _KNOWN_SYNONYMS:
        _KNOWN_SYNONYMS.clear()
        _KNOWN_SYNONYMS[rows] = Synonyms(
            [lines(words) for words, _only in rows], [lines(only) for _words, only in rows]
        )
    return _KNOWN_SYNONYMS[rows]


@lru_cache(maxsize=8)
def _service(folder: Path, index: str, process: int) -> Service:
    return Service(folder / index, index)


def service(index: str = MAIN) -> Service:
    """The service of this process for an index in the folder that is set. Not shared with a process split off."""
    return _service(Path(settings.SEARCH_INDEX), index, os.getpid())


def snapshot(index: str = MAIN) -> Snapshot:
    """An index as it is now; Building where there is none yet."""
    return service(index).snapshot()
