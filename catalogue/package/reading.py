"""Loading a package into an empty catalogue: every record back by its natural key, or nothing."""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import override

from catalogue.package import former, numbered, tables
from catalogue.package.archive import Archive, PackageError, is_safe
from catalogue.package.descriptor import NAME, PROFILE
from catalogue.package.writing import DESCRIPTOR, digest
from records.loading import FixtureError, LoadReport, load_into_empty
from records.loading.files import Entry, Where, entry_of, once
from records.models import Record
from sources.models import Source, SourceText

LARGEST_DESCRIPTOR = 20_000_000
LARGEST_TEXT = 20_000_000
LONGEST_CELL = 10_000_000
_CHUNK = 1 << 20


def load_package(path: Path) -> tuple[LoadReport, dict[str, Any]]:
    """Loads a package, a folder or a zip, into an empty catalogue; gives what was made and datapackage.json.

    PackageError where it does not fit; nothing is saved then.
    """
    with override("en"), closing(Archive(path)) as archive:
        document = _document(archive)
        resources = _resources(document)
        for resource in resources:
            _hold_to_description(archive, resource)
        try:
            paths = [each["path"] for each in resources]
            entries = once(_entries(archive, paths))
            with transaction.atomic():
                report = load_into_empty(entries, tables.fields)
                numbered.unpack_all()
                _load_the_rest(archive, paths)
        except FixtureError as error:
            raise PackageError(str(error)) from error
    return report, document


def _document(archive: Archive) -> dict[str, Any]:
    if archive.sizes.get(DESCRIPTOR, 0) > LARGEST_DESCRIPTOR:
        raise PackageError(f"{DESCRIPTOR} is larger than any description of a package.")
    with archive.open(DESCRIPTOR) as file:
        try:
            document = json.loads(file.read())
        except (ValueError, RecursionError, zlib.error) as error:
            raise PackageError(f"{DESCRIPTOR} is not valid JSON: {error}") from error
    if not isinstance(document, dict) or document.get("profile") != PROFILE or document.get("name") != NAME:
        raise PackageError(f"{DESCRIPTOR} does not describe a data package “{NAME}” (profile “{PROFILE}”).")
    return document


def _resources(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The files the package says it has, each once; only such as a package of the catalogue can have."""
    found = document.get("resources")
    if not isinstance(found, list) or not found:
        raise PackageError(f"{DESCRIPTOR} names no files (resources).")
    known = {former.PATH, *(f"data/{name}.csv" for name in tables.models_by_table())}
    seen: set[str] = set()
    for resource in found:
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str) or not is_safe(path) or not path.startswith(("data/", "texts/")):
            raise PackageError(f"{DESCRIPTOR}: “{path}” is no path of a file of such a package.")
        if path.startswith("data/") and path not in known:
            raise PackageError(f"{DESCRIPTOR}: {path} is no table this catalogue knows.")
        if path in seen:
            raise PackageError(f"{DESCRIPTOR} names {path} twice.")
        seen.add(path)
    return found


def _hold_to_description(archive: Archive, resource: dict[str, Any]) -> None:
    """Refuses a file that is not the one datapackage.json describes: cut off, or changed."""
    path, size, wanted = resource["path"], resource.get("bytes"), resource.get("hash")
    if not isinstance(size, int) or not isinstance(wanted, str):
        raise PackageError(f"{DESCRIPTOR}: {path} has no size or checksum (bytes, hash).")
    with archive.open(path) as file:
        if archive.sizes[path] != size:
            raise PackageError(f"{path} has {archive.sizes[path]:,} bytes; {DESCRIPTOR} says {size:,}.")
        try:
            found = digest(iter(lambda: file.read(_CHUNK), b""))
        except zlib.error as error:
            raise PackageError(f"{path} is broken: {error}.") from error
    if f"sha256:{found}" != wanted:
        raise PackageError(
            f"{path} is not the file {DESCRIPTOR} describes (its checksum differs): it was changed."
        )


def _entries(archive: Archive, paths: list[str]) -> Iterator[Entry]:
    for name, model in tables.models_by_table().items():
        if (path := f"data/{name}.csv") in paths:
            yield from _table(archive, path, model)


def _load_the_rest(archive: Archive, paths: list[str]) -> None:
    """What is no record: former addresses, texts."""
    if former.PATH in paths:
        rows = _rows(archive, former.PATH)
        if next(rows, (1, []))[1] != list(former.COLUMNS):
            raise PackageError(f"{former.PATH}: row 1 must name the columns {', '.join(former.COLUMNS)}.")
        former.load(rows)
    for path in paths:
        if path.startswith("texts/"):
            _attach(archive, path)


def _rows(archive: Archive, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their numbers, the header being row 1."""
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    with archive.open(path) as file:
        reader = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, cells
        except (csv.Error, UnicodeDecodeError) as error:
            raise PackageError(f"{path}: what follows row {number} cannot be read: {error}.") from error


def _table(archive: Archive, path: str, model: type[Record]) -> Iterator[Entry]:
    names = {name: tables.plain_name(name) for name in tables.fields(model)}
    rows = _rows(archive, path)
    header = next(rows, (1, []))[1]
    _check_header(header, path, model)
    for number, cells in rows:
        if len(cells) != len(header):
            raise PackageError(f"{path}: row {number} has {len(cells)} cells, the header {len(header)}.")
        where = Where(path, number, names)
        yield entry_of(model, _raw(model, dict(zip(header, cells, strict=True)), where), where)


def _check_header(header: list[str], path: str, model: type[Record]) -> None:
    if not header:
        raise PackageError(f"{path} is empty: its first row must name the columns.")
    known = [column.name for column in tables.columns(model)]
    if unknown := [name for name in header if name not in known]:
        raise PackageError(
            f"{path}: row 1: there is no column “{unknown[0]}”. Known are: {', '.join(known)}."
        )
    if len(set(header)) != len(header):
        raise PackageError(f"{path}: row 1 names a column twice.")
    for column in tables.columns(model):
        others = tables.columns_of(model, column.field.name)
        if column.name not in header and any(other.name in header for other in others):
            raise PackageError(
                f"{path}: row 1: the column “{column.name}” is missing, others of its key are there."
            )


def _raw(model: type[Record], cells: dict[str, str], where: Where) -> dict[str, Any]:
    """The cells as raw values of fields; what has no column is left out."""
    found: dict[str, Any] = {}
    for name, field in tables.fields(model).items():
        columns = [column for column in tables.columns_of(model, name) if column.name in cells]
        texts = [cells[column.name] for column in columns]
        if not columns:
            continue
        if not field.is_relation:
            found[name] = _value(field, texts[0], where)
        elif not any(texts):
            found[name] = None
        else:
            found[name] = [
                text if text or not column.may_be_empty else None
                for text, column in zip(texts, columns, strict=True)
            ]
    return found


def _value(field: models.Field, text: str, where: Where) -> Any:
    if isinstance(field, models.BooleanField):
        if text not in ("true", "false"):
            raise PackageError(f"{where}, {where.field(field.name)}: write true or false, not “{text}”.")
        return text == "true"
    if text or (isinstance(field, models.CharField | models.TextField) and not field.null):
        return text
    if not field.null:
        raise PackageError(f"{where}, {where.field(field.name)}: it must be given.")
    return None


def _attach(archive: Archive, path: str) -> None:
    """Attaches a text to its source, as far as the source's rights let readers see it."""
    slug = path.removeprefix("texts/").removesuffix(".txt")
    source = Source.objects.filter(slug=slug).first()
    if source is None or not source.full_text_public:
        raise PackageError(
            f"{path}: data/sources.csv has no source “{slug}” whose full text readers may see."
        )
    if archive.sizes[path] > LARGEST_TEXT:
        raise PackageError(f"{path} is larger than any text of a source.")
    with archive.open(path) as file:
        try:
            text = file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise PackageError(f"{path} is not UTF-8: {error}.") from error
    if "\0" in text:
        raise PackageError(f"{path} holds a character that cannot be stored.")
    SourceText.objects.create(source=source, text=text)
