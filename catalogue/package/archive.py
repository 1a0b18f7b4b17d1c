"""A package that somebody hands over, a folder or a zip: its files opened by name, and refused where they are no good.

Nothing is ever unpacked. What lies outside, is absurdly large or would swell absurdly is refused before it is read.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

MOST_FILES = 1_000
LARGEST = 2_000_000_000  # bytes of one file
MOST = 8_000_000_000  # bytes of all
# How many times its packed size a file may have: tables of texts have some ten, a bomb has a thousand.
MOST_SWELLING, _SMALL = 200, 1_000_000
_PATH = re.compile(r"(?:data/[a-z0-9_-]+\.csv|texts/[A-Za-z0-9_-]+\.txt|[A-Za-z]+\.(?:json|txt))")


class PackageError(Exception):
    """A package that cannot be loaded; the message names the file, and row and column where it is about one."""


def is_safe(name: str) -> bool:
    """Whether a path is one that files of a package have."""
    return _PATH.fullmatch(name) is not None


class Archive:
    """The files of a package. `sizes` has the size of each by its path."""

    def __init__(self, path: Path):
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        self._opened: list[IO[bytes]] = []
        try:
            self._zip = zipfile.ZipFile(path) if path.is_file() else None
            if self._zip is None and not path.is_dir():
                raise PackageError(f"{path} is neither a folder nor a file.")
            self.sizes = self._sizes_in_zip() if self._zip else self._sizes_in_folder()
            self._refuse_absurd()
        except zipfile.BadZipFile as error:
            raise PackageError(f"{path.name} is no zip file, or it was cut off: {error}.") from error
        except OSError as error:
            raise PackageError(f"{path} cannot be read: {error.strerror}.") from error
        except PackageError:
            self.close()
            raise

    def _sizes_in_zip(self) -> dict[str, int]:
        found: dict[str, int] = {}
        if len(self._zip.infolist()) > MOST_FILES:
            raise PackageError(f"{self.path.name} holds more than {MOST_FILES} files.")
        for info in self._zip.infolist():
            name = info.filename
            if info.is_dir():
                continue
            if not is_safe(name) or stat.S_ISLNK(info.external_attr >> 16):
                raise PackageError(
                    f"{self.path.name}: “{name}” is no file of a data package of the catalogue."
                )
            if name in found:
                raise PackageError(f"{self.path.name}: {name} stands in it twice.")
            if info.flag_bits & 1:
                raise PackageError(f"{self.path.name}: {name} is encrypted.")
            if info.file_size > max(_SMALL, MOST_SWELLING * info.compress_size):
                raise PackageError(
                    f"{self.path.name}: {name} would swell to {info.file_size:,} bytes; not read."
                )
            found[name] = info.file_size
        return found

    def _sizes_in_folder(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for path in [*self.path.glob("*"), *self.path.glob("data/*"), *self.path.glob("texts/*")]:
            name = path.relative_to(self.path).as_posix()
            if path.is_symlink():
                raise PackageError(f"{self.path}: {name} leads elsewhere (a link); it is not followed.")
            if path.is_file() and is_safe(name):
                found[name] = path.stat().st_size
        return found

    def _refuse_absurd(self) -> None:
        for name, size in self.sizes.items():
            if size > LARGEST:
                raise PackageError(f"{name} has {size:,} bytes; more than {LARGEST:,} are not read.")
        if sum(self.sizes.values()) > MOST:
            raise PackageError(f"{self.path.name} has more than {MOST:,} bytes in all; it is not read.")

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file of the package; PackageError where it is not there, or turns out to be broken."""
        if name not in self.sizes:
            raise PackageError(f"{name} is missing.")
        try:
            with self._zip.open(name) if self._zip else (self.path / name).open("rb") as file:
                self._opened.append(file)
                yield file
                self._opened.remove(file)
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise PackageError(f"{name} is broken: {error}.") from error
        except OSError as error:
            raise PackageError(f"{name} cannot be read: {error.strerror}.") from error

    def close(self) -> None:
        """Closes it, with the files that somebody stopped reading."""
        for file in self._opened:
            file.close()
        if self._zip:
            self._zip.close()
