"""The package that is served: on disk, made anew beside it when the log of changes tells of any.

    <folder>/versions.json   when each version of the data was first made
    <folder>/state.json      the package in use: its file, what it holds, up to where the log was read before
    <folder>/lock            held by whoever makes one

Nobody makes one twice at once, and readers are given the one there is meanwhile, if it is no older than GRACE: what
was taken back long ago must not be given out again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from catalogue.package import descriptor, former, tables, writing
from catalogue.package.schema import schema
from search import changes

log = logging.getLogger(__name__)
GRACE = 3600  # seconds
_PATIENCE = 3.0  # seconds a reader waits for one that is being made, rather than be told to come again
_OLD = changes.KEPT.total_seconds() / 2


@dataclass(frozen=True)
class Package:
    """The package on disk. `is_current`: nothing changed since; `made_at` in seconds since 1970."""

    path: Path
    etag: str
    made_at: float
    document: dict[str, Any]
    is_current: bool

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def descriptor_path(self) -> Path:
        return self.path.with_suffix(".json")


def package() -> Package | None:
    """The package to give to a reader, made or being made where that is due; None while there is none yet."""
    found = _found()
    if found is None or not found.is_current:
        _make_beside()
        found = _found()
    if found is None or not (found.is_current or time.time() - found.made_at < GRACE):
        return None
    return found


def make() -> None:
    """Makes the package of this moment and puts it in the place of the one before. Nothing where somebody is at it."""
    with _lock() as is_ours:
        if not is_ours or ((found := _found()) and found.is_current):
            return
        place, origin = changes.now(), changes.origin()
        beside = _folder() / "new.zip"
        made = writing.write_zip(beside, created)
        with beside.open("rb") as file:
            digest = writing.digest(iter(lambda: file.read(1 << 20), b""))
        path = _folder() / f"{descriptor.NAME}-{made.version}-{digest[:12]}.zip"
        text = json.dumps(made.document, ensure_ascii=False, indent=2) + "\n"
        path.with_suffix(".json").write_bytes(text.encode())
        beside.replace(path)
        state = {
            "file": path.name,
            "digest": digest,
            "made_at": time.time(),
            "origin": origin,
            "code": _code(),
        }
        _write("state.json", state | {"mark": place.mark, "seen": dict(place.seen)})
        _remove_others(path)


def created(version: str) -> str:
    """When a version of the data was first made here, or where it was loaded from; now for a new one."""
    known = _read("versions.json")
    if not isinstance(known.get(version), str):
        known[version] = writing.now()
        _write("versions.json", known)
    return known[version]


def remember(document: dict[str, Any]) -> None:
    """Keeps when the version of a package that was loaded was first made."""
    if isinstance(document.get("created"), str) and isinstance(document.get("version"), str):
        _write("versions.json", _read("versions.json") | {document["version"]: document["created"]})


def _found() -> Package | None:
    state = _read("state.json")
    try:
        path = _folder() / state["file"]
        document = json.loads(path.with_suffix(".json").read_bytes())
        is_there = path.is_file() and state["code"] == _code() and state["origin"] == changes.origin()
        place = changes.Place(state["mark"], state["seen"])
        is_current = time.time() - state["made_at"] < _OLD and not changes.is_behind(place)
        return Package(path, state["digest"], state["made_at"], document, is_current) if is_there else None
    except (KeyError, TypeError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def _code() -> str:
    """What the package is made of besides the data: another description makes another package."""
    with override(settings.LANGUAGE_CODE):
        parts = [[tables.table_name(model), schema(model)] for model in tables.models()]
    words = [
        descriptor.DESCRIPTION,
        descriptor.README,
        descriptor.LICENCE,
        descriptor.DIALECT,
        former.schema(),
    ]
    text = json.dumps([parts, words, settings.SITE_URL], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


_thread: threading.Thread | None = None


def _make_beside() -> None:
    """Makes the package in a thread of its own, and waits for it a moment; at once where threads are switched off."""
    global _thread
    if not settings.SEARCH_IN_BACKGROUND:
        make()
        return
    if _thread is None or not _thread.is_alive():
        _thread = threading.Thread(target=_with_own_connection, daemon=True, name="package")
        _thread.start()
    _thread.join(_PATIENCE)


def _with_own_connection() -> None:
    try:
        make()
    except Exception:
        log.exception("The data package could not be made.")
    finally:
        connection.close()


def _folder() -> Path:
    folder = Path(settings.PACKAGE_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _lock() -> Iterator[bool]:
    """Whether nobody else makes one; the system lets go of it when its holder dies."""
    with (_folder() / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def _read(name: str) -> dict[str, Any]:
    try:
        found = json.loads((_folder() / name).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(name: str, content: dict[str, Any]) -> None:
    beside = _folder() / f"{name}.new"
    beside.write_text(json.dumps(content), encoding="ascii")
    beside.replace(_folder() / name)


def _remove_others(path: Path) -> None:
    """Whoever is just reading one of these reads on: its file goes when it is closed."""
    for other in _folder().glob(f"{descriptor.NAME}-*"):
        if other.stem != path.stem:
            with suppress(OSError):
                other.unlink()
