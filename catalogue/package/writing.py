"""Making the package: tables and texts into a folder, what describes them beside, all of it into one zip.

The same data give the same bytes: rows are ordered by natural key, and files of a zip carry one fixed time.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from catalogue.package import former, numbered, public, tables
from catalogue.package.descriptor import File, descriptor, readme, version_of
from catalogue.package.schema import schema
from records.models import Record

DESCRIPTOR, README = "datapackage.json", "README.txt"
_CHUNK = 1 << 20
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
# When a version of the data was first made, as datapackage.json has it.
Created = Callable[[str], str]


@dataclass(frozen=True)
class Made:
    """A package that was made: its description as in datapackage.json, and its files."""

    document: dict[str, Any]
    files: Sequence[File]

    @property
    def version(self) -> str:
        return self.document["version"]


def now(version: str = "") -> str:
    """This moment, as datapackage.json has it."""
    return timezone.now().astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_folder(folder: Path, created: Created = now) -> Made:
    """Writes the package into a folder that is there and empty."""
    with override(settings.LANGUAGE_CODE), public.one_moment():
        (folder / "data").mkdir()
        files = [_table(folder, model) for model in tables.models()]
        files.append(_csv(folder / former.PATH, former.schema(), former.rows(), **former.WORDS))
        files += _texts(folder)
        version = version_of(files)
        document = descriptor(files, created(version))
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_bytes(text.encode())
    (folder / README).write_bytes(readme(files, version).encode())
    return Made(document, files)


def write_zip(path: Path, created: Created = now) -> Made:
    """Writes the package into one file, which takes its name only when it is whole."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".package-") as beside:
        folder = Path(beside) / "package"
        folder.mkdir()
        made = write_folder(folder, created)
        packed = Path(beside) / "package.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for name in (DESCRIPTOR, README, *(file.path for file in made.files)):
                _pack(archive, folder, name)
        packed.replace(path)
    return made


def _pack(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    info = zipfile.ZipInfo(name, _FIXED_TIME)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    info.file_size = (folder / name).stat().st_size
    with (folder / name).open("rb") as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target, _CHUNK)


def _table(folder: Path, model: type[Record]) -> File:
    names = model._meta
    keys = ", ".join(column.name for column in tables.key_columns(model))
    return _csv(
        folder / f"data/{tables.table_name(model)}.csv",
        schema(model),
        _rows(model),
        title=str(names.verbose_name_plural),
        about=f"One row for each {names.verbose_name}, known by {keys}.",
    )


def _rows(model: type[Record]) -> Iterator[list[str]]:
    """The public rows; numbers of this database that stand in texts are natural keys in the package."""
    places = {column.field.name: place for place, column in enumerate(tables.columns(model))}
    found = [(places[names.field], names) for names in numbered.names_of(model)]
    for cells in public.rows(model):
        for place, names in found:
            cells[place] = names.packed(cells[place])
        if None not in cells:
            yield cells


def _csv(path: Path, described: dict[str, Any], rows: Iterable[Sequence[str]], **words: str) -> File:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(field["name"] for field in described["fields"])
        for count, cells in enumerate(rows, 1):  # noqa: B007 - the last one is the count
            writer.writerow(cells)
    return File(f"data/{path.name}", *_measured(path), rows=count, schema=described, **words)


def _texts(folder: Path) -> Iterator[File]:
    for slug, title, rights, text in public.texts():
        path = f"texts/{slug}.txt"
        (folder / "texts").mkdir(exist_ok=True)
        (folder / path).write_bytes(text.encode())
        about = f"Full text of a source; it belongs to its publisher. {rights}".strip()
        yield File(path, *_measured(folder / path), title=title, about=about)


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, digest(iter(lambda: file.read(_CHUNK), b""))


def digest(chunks: Iterable[bytes]) -> str:
    """SHA-256 of what comes in pieces."""
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()
