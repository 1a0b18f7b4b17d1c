"""The index on disk.

    <folder>/current             names the generation in use
    <folder>/lock                held by whoever writes into the generation in use, or swaps it
    <folder>/building            held by whoever builds another beside it, or brings a copy of it up to date
    <folder>/<version>-<number>/ one generation: the engine's files, and `seal`

Every file of the engine but one ends with a checksum of itself, and is never changed once written; the list of
files (meta.json) has none, so its checksum is kept in `seal`. A generation opens only after all of them held, for
which nobody needs a lock: where a file is gone or the list is another, and somebody has written meanwhile, one looks
again.
While somebody writes, the seal says so: who is killed then leaves files that are whole, because the engine
replaces its list of files in one step, so the list need only fit them. That holds as well while the engine joins
segments, which is part of writing: the joined one enters the list in one step, in the place of the others.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import shutil
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import tantivy

from search import analysis, schema
from search.corpus import MAIN

META = "meta.json"
_FOOTER = struct.Struct("<II")
_MAGIC = 1337
_CHUNK = 1 << 20
# When the engine joins segments: eight whose sizes differ by less than this power of two, small ones being all alike.
_MERGED_AT_ONCE, _LEVEL, _SMALL_SEGMENT = 8, 0.75, 10_000


class Damaged(Exception):
    """A generation that must not be used; the message says what is wrong with it."""


class Busy(Exception):
    """Somebody else is writing."""


class Store:
    """The generations of one index in one folder."""

    def __init__(self, folder: Path, index: str = MAIN):
        self.folder, self.index = Path(folder), index

    # --- which generation is in use

    def current(self) -> Path | None:
        """The generation in use; None where there is none of this version."""
        try:
            name = (self.folder / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self.folder / name
        is_ours = name.startswith(f"{schema.version(self.index)}-") and "/" not in name
        return path if is_ours and (path / META).is_file() else None

    def new(self) -> Path:
        """An empty folder for a generation, beside the one in use. Only by whoever builds."""
        numbers = [int(path.name.rpartition("-")[2]) for path in self._generations()]
        path = self.folder / f"{schema.version(self.index)}-{max(numbers, default=0) + 1}"
        path.mkdir(parents=True)
        return path

    def copy(self, generation: Path) -> Path:
        """A generation with the same files, to be written into. Only under both locks.

        The engine's files are never changed once written, so they need not lie on the disk twice.
        """
        copied = self.new()
        for path in generation.iterdir():
            if path.name in (META, "seal", ".managed.json"):
                shutil.copy2(path, copied)
            elif not path.name.endswith(".lock"):
                try:
                    (copied / path.name).hardlink_to(path)
                except OSError:  # not every file system can
                    shutil.copy2(path, copied)
        return copied

    def use(self, generation: Path) -> None:
        """Makes a generation the one in use, in one step, and removes all others. Only under the lock."""
        beside = self.folder / "current.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / "current")
        for path in self._generations():
            if path != generation:
                remove(path)

    def _generations(self) -> list[Path]:
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return [path for path in found if path.is_dir() and path.name.rpartition("-")[2].isdigit()]

    # --- who writes

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Held by one process and thread at a time; Busy where somebody holds it for longer than `wait` seconds.

        The system lets go of it when its holder dies, however it dies. Another thread may let go of it.
        """
        return self._held("lock", wait)

    def building(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Like `lock`, but others may write into the generation in use meanwhile. Taken before `lock`, never after."""
        return self._held("building", wait)

    @contextmanager
    def _held(self, name: str, wait: float) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("a") as file:
            until = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise Busy from None
                    time.sleep(0.01)
            try:
                yield
            finally:
                # Closing would not do where a process was split off meanwhile: it has the file open too.
                fcntl.flock(file, fcntl.LOCK_UN)


def remove(folder: Path) -> None:
    """Removes a folder in which the engine may just be putting its own files in order; what resists is left."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.01)


# --- one generation


def open_index(generation: Path, index: str = MAIN) -> tantivy.Index:
    """The index of a generation, ready to be searched as it is now: what comes later is seen after `reload()` alone."""
    opened = tantivy.Index(schema.build(index), path=str(generation), reuse=True)
    # Left to itself the engine reads every new state in a thread, under a lock on a file. A process that is split off
    # meanwhile has the file open too and that thread not: the lock would be held for ever, and all others wait for it.
    opened.config_reader("manual")
    for name, analyzer in analysis.analyzers().items():
        opened.register_tokenizer(name, analyzer)
    return opened


def was_interrupted(generation: Path) -> bool:
    """Whether somebody died while writing here. What they had not listed yet may still lie about."""
    try:
        return json.loads((generation / "seal").read_text(encoding="ascii"))["meta"] is None
    except (OSError, ValueError, KeyError, TypeError):
        return True


@contextmanager
def writing(generation: Path) -> Iterator[None]:
    """While this lasts the seal says that somebody writes; afterwards it holds the list of files again."""
    _write_seal(generation, None)
    yield
    _write_seal(generation, _checksum(generation / META))


def _write_seal(generation: Path, checksum: int | None) -> None:
    beside = generation / "seal.new"
    beside.write_text(json.dumps({"meta": checksum}), encoding="ascii")
    beside.replace(generation / "seal")


def merging(generation: Path) -> int:
    """How many documents are in segments that the engine is joining by now, or is about to join.

    It does so as soon as there are eight of about one size (its LogMergePolicy, as it comes), but may give up until the
    next commit. For no other purpose is this asked than to choose who waits how long.
    """
    found = json.loads((generation / META).read_bytes())["segments"]
    held = [each["max_doc"] - (each["deletes"] or {}).get("num_deleted_docs", 0) for each in found]
    top, alike, joined = math.inf, [], 0
    for count in [*sorted(held, reverse=True), None]:
        size = -math.inf if count is None else math.log2(max(count, _SMALL_SEGMENT))
        if size < top - _LEVEL:  # another level begins
            joined += sum(alike) if len(alike) >= _MERGED_AT_ONCE else 0
            top, alike = size, []
        alike.append(count)
    return joined


def verify(generation: Path) -> None:
    """Raises Damaged unless every file of the generation is as it was written. Others may write meanwhile."""
    whole: set[str] = set()
    while True:
        seal, meta = _lists(generation)
        try:
            _verify_lists(generation, seal, meta, whole)
        except Damaged:
            if _lists(generation) == (seal, meta):
                raise
        else:
            return


def _lists(generation: Path) -> tuple[bytes, bytes]:
    """The seal and the list of files as they are at one moment."""
    try:
        while True:
            seal = (generation / "seal").read_bytes()
            meta = (generation / META).read_bytes()
            if (generation / "seal").read_bytes() == seal:
                return seal, meta
    except OSError as error:
        raise Damaged(f"its list of files cannot be read: {error}") from error


def _verify_lists(generation: Path, seal: bytes, meta: bytes, whole: set[str]) -> None:
    """Raises Damaged unless the list is the one that was sealed and its files are whole; adds them to `whole`."""
    try:
        sealed, segments = json.loads(seal)["meta"], json.loads(meta)["segments"]
        segments = [(each["segment_id"].replace("-", ""), each["deletes"]) for each in segments]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"its list of files cannot be read: {error}") from error
    if sealed is not None and sealed != zlib.crc32(meta):
        raise Damaged("its list of files is not the one that was written")
    for segment, deletes in segments:
        names = [f"{segment}.{part}" for part in ("fast", "fieldnorm", "idx", "pos", "store", "term")]
        names += [f"{segment}.{deletes['opstamp']}.del"] if deletes else []
        for name in names:
            if name not in whole:
                _verify_file(generation / name)
                whole.add(name)


def _verify_file(path: Path) -> None:
    """Raises Damaged unless the checksum at the end of an engine's file is that of what stands before it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(size - _FOOTER.size)
            length, magic = _FOOTER.unpack(file.read(_FOOTER.size))
            file.seek(size - _FOOTER.size - length)
            stated = json.loads(file.read(length))["crc"]
        if magic != _MAGIC or stated != _checksum(path, size - _FOOTER.size - length):
            raise Damaged(f"{path.name} is not as it was written")
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        raise Damaged(f"{path.name} cannot be read: {error}") from error


def _checksum(path: Path, length: int | None = None) -> int:
    """CRC-32 of a file, or of its first `length` bytes."""
    found, left = 0, path.stat().st_size if length is None else length
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(left, _CHUNK))):
            found = zlib.crc32(chunk, found)
            left -= len(chunk)
    return found
