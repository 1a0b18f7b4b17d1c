"""Packages in tests: made, taken apart, put together again with something else in them; a catalogue emptied."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from catalogue.package import tables, writing
from records.loading.ordering import in_order
from records.models import FormerSlug, LoadedRecord
from sources.models import SourceText

CREATED = "2026-01-02T03:04:05Z"


def make(path: Path) -> Path:
    writing.write_zip(path, lambda version: CREATED)
    return path


def empty() -> None:
    """Removes every record, and every trace of one."""
    SourceText.objects.all()._raw_delete("default")
    for model in reversed(in_order(tables.models(), tables.fields)):
        model._base_manager.all()._raw_delete("default")
    LoadedRecord.objects.all().delete()
    FormerSlug.objects.all().delete()


def files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(path: Path) -> dict:
    return json.loads(files(path)["datapackage.json"])


def rows(path: Path, table: str) -> list[dict]:
    text = files(path)[f"data/{table}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy with one file changed, and described as it then is."""
    content = files(path)
    content[name] = change(content[name])
    described = json.loads(content["datapackage.json"])
    for resource in described["resources"]:
        if resource["path"] == name:
            resource["bytes"] = len(content[name])
            resource["hash"] = "sha256:" + hashlib.sha256(content[name]).hexdigest()
    content["datapackage.json"] = json.dumps(described).encode()
    return write(path.with_name("changed.zip"), content)


def with_cell(path: Path, table: str, row: int, column: str, value: str) -> Path:
    """A copy with another value in one cell; `row` as messages count them, the header being row 1."""

    def change(data: bytes) -> bytes:
        read = list(csv.reader(io.StringIO(data.decode(), newline="")))
        read[row - 1][read[0].index(column)] = value
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(read)
        return text.getvalue().encode()

    return changed(path, f"data/{table}.csv", change)
