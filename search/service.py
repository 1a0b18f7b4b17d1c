"""Search as a process has it: the index found, checked, kept true to the database, built where there is none.

Before every search one short query asks the log for news. Few changes are brought in at once; many, or a whole
build, by a thread of its own, while readers are served what there is with the few changes made meanwhile, or are told
that it is being built. Where the engine goes on to join segments after a small change, that is left to a thread too.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connection

from search import changes, divisions, indexing, triggers
from search.corpus import MAIN
from search.divisions import Divisions
from search.engine import Snapshot
from search.indexing import Updater, mark_of
from search.models import Synonym, lines
from search.store import META, Busy, Damaged, Store, open_index, verify
from search.synonyms import Synonyms

log = logging.getLogger(__name__)
_PATIENCE = 1.0  # seconds a reader waits for somebody else's small update


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
                except (ValueError, OSError) as error:
                    generation = self._generation
                    if generation is None or (
                        self.store.current() == generation and not self._drops_if_damaged(generation, error)
                    ):
                        raise
                    # It was damaged; or somebody has swapped it for another meanwhile, and removed its files.

    def _now(self) -> Snapshot:
        if not self._open():
            self._start(self.ensure)
            if not self._open():
                raise Building
        return self._follow()

    def ensure(self) -> None:
        """Builds an index unless somebody else has done so meanwhile."""
        with self.store.building(wait=3600):
            if self.store.current() is None:
                indexing.build(self.store)

    def rebuild(self, progress: indexing.Progress | None = None) -> None:
        """Builds the index anew, waiting for whoever builds."""
        with self.store.building(wait=3600):
            indexing.build(self.store, progress)

    def update(self, progress: indexing.Progress | None = None) -> None:
        """Brings the index up to the log, or builds it where that cannot be."""
        if self._is_up(progress):
            return
        with self.store.building(wait=3600):
            # Somebody else may have done it while this one waited.
            if not self._is_up(progress) and not indexing.bring_up(self.store, progress):
                indexing.build(self.store, progress)

    def _is_up(self, progress: indexing.Progress | None) -> bool:
        """Whether the index is up to the log but for a small update, which is made."""
        with self.store.lock(wait=3600):
            generation = self.store.current()
            if generation is None:
                return False
            with Updater(generation, progress, self.store.index) as updater:
                is_up = updater.take_in()
                updater.follow()
                return is_up

    # --- the index this process has open

    def _open(self) -> bool:
        """Opens the generation in use, checked the first time this process sees it; whether there is one."""
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
        except (Damaged, ValueError, OSError) as error:
            if self.store.current() != generation:
                return self._open()  # somebody has swapped it for another meanwhile
            self._drop(error)
            return False
        self._generation, self._index, self._stamp = generation, index, (0, 0)
        return True

    def _drops_if_damaged(self, generation: Path, error: BaseException) -> bool:
        """Gives up a generation that this process has open where it was damaged since, and says whether it was."""
        try:
            verify(generation)
            open_index(generation, self.store.index)
        except (Damaged, ValueError, OSError):
            if self.store.current() == generation:
                self._drop(error)
            return True
        return False

    def drops_if_damaged(self, error: BaseException) -> bool:
        """Whether what this process has open was damaged since, as an error in a search lets suspect: it is then given
        up, and built anew; or somebody has swapped it for another meanwhile.
        """
        with self._lock:
            generation = self._generation
            if generation is None:
                return False
            return self.store.current() != generation or self._drops_if_damaged(generation, error)

    def _drop(self, error: BaseException) -> None:
        # The engine repeats a whole list of files.
        log.warning("The search index is damaged and is built anew: %s", str(error)[:300])
        (self.store.folder / "current").unlink(missing_ok=True)

    def _check(self, generation: Path) -> None:
        """Raises Damaged unless the files are whole and changes of this very database have been written down."""
        verify(generation)
        index = open_index(generation, self.store.index)
        mark = mark_of(index.searcher(), index.schema)
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
        if self._snapshot is None or stamp != self._stamp:
            self._index.reload()
            # A change of the synonyms, or of a city, moves the mark, and with it the stamp.
            self._snapshot = Snapshot(self._index, _synonyms(), _divisions(divisions.every()))
            self._stamp = stamp
        return self._snapshot

    # --- keeping it true

    def _follow(self) -> Snapshot:
        """The snapshot after what has been logged meanwhile was taken in, or begun to be."""
        state = self._fresh()
        if connection.in_atomic_block and not settings.SEARCH_IN_TRANSACTIONS:
            return state  # what is not committed is nobody's yet, not even this reader's
        mark, state.is_true = state.mark, False
        if mark is None or mark.is_too_old:
            self._start(self.update)
        elif mark.is_ageing or changes.is_behind(mark.reached):
            if not self._update_now():
                self._start(self.update)
        elif mark.ahead:  # whoever was at it may have been killed
            self._start(self.update)
        else:
            state.is_true = True
            return state
        return self._fresh()

    def _update_now(self) -> bool:
        """A small update by this very request, unless somebody else is at it. False where a long one is left."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._take_in()
            except Busy:
                if time.monotonic() > until:
                    return True
                time.sleep(0.01)
            mark = self._fresh().mark
            if mark and not changes.is_behind(mark.reached):
                return not mark.ahead

    def _take_in(self) -> bool:
        """The same under the lock. Joining segments is left to a thread that goes on with it."""
        with ExitStack() as held:
            held.enter_context(self.store.lock())
            if self.store.current() != self._generation:
                return True
            updater = held.enter_context(Updater(self._generation, index=self.store.index))
            is_up = updater.take_in()
            if updater.merging:
                rest = held.pop_all()
                _beside(lambda: _finish(updater, rest))
            return is_up

    def _start(self, job: Callable[[], None]) -> None:
        """Runs a long job beside the readers, one at a time."""
        if self._work is None or not self._work.is_alive():
            self._work = _beside(job)
        if self._work is None:
            self._open()  # it is done, and may have built another


def _beside(job: Callable[[], None]) -> threading.Thread | None:
    """Runs a job in a thread of its own; at once where threads are switched off, as in tests."""
    if not settings.SEARCH_IN_BACKGROUND:
        job()
        return None
    thread = threading.Thread(target=_with_own_connection, args=(job,), daemon=True, name="search")
    thread.start()
    return thread


def _finish(updater: Updater, held: ExitStack) -> None:
    """What is left of a small update once its changes can be found."""
    with held:
        updater.follow()


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


@lru_cache(maxsize=1)
def _divisions(every: tuple[divisions.Division, ...]) -> Divisions:
    """The divisions, made ready once for each state of them."""
    return Divisions(every)


@lru_cache(maxsize=8)
def _service(folder: Path, index: str, process: int) -> Service:
    return Service(folder / index, index)


def service(index: str = MAIN) -> Service:
    """The service of this process for an index in the folder that is set. Not shared with a process split off."""
    return _service(Path(settings.SEARCH_INDEX), index, os.getpid())


def snapshot(index: str = MAIN) -> Snapshot:
    """An index as it is now; Building where there is none yet."""
    return service(index).snapshot()
