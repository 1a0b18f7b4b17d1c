"""Reading fixture files: JSON with natural keys, checked against the models before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from records.models import Record

Key = tuple[Any, ...]
# Which fields of a model are filled, by their names.
FieldsOf = Callable[[type[Record]], dict[str, models.Field]]

# Set by the catalogue itself, never by a fixture.
OWN_FIELDS = frozenset({"hidden", "created_at", "updated_at"})


class FixtureError(Exception):
    """A fixture that cannot be loaded; the message names file, record and field in plain words."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a record stands, as messages name it: a record of a fixture, or the row of a table.

    `columns`, of a table alone: what a field is called there, where that is not its own name.
    """

    file: str
    number: int
    columns: Mapping[str, str] | None = None

    def __str__(self):
        return f"{self.file}: {'record' if self.columns is None else 'row'} {self.number}"

    def field(self, name: str) -> str:
        """A field in the words of a message."""
        return f"field “{name}”" if self.columns is None else f"column “{self.columns.get(name, name)}”"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record to be loaded. `fields` holds values as their fields read them, references as keys."""

    where: Where
    model: type[Record]
    key: Key
    fields: dict[str, Any]

    @property
    def file(self) -> str:
        return self.where.file

    def error(self, problem: str, field: str = "") -> FixtureError:
        """The error to raise about this record, or about one field of it."""
        place = self.file if self.where.columns is None else f"{self.where}"
        separator = ": " if self.where.columns is None else ", "
        place += f"{separator}{self.model._meta.label_lower} {key_text(self.key)}"
        return FixtureError(
            f"{place}, {self.where.field(field)}: {problem}" if field else f"{place}: {problem}"
        )


def key_text(key: Key) -> str:
    """A natural key as LoadedRecord keeps it."""
    return json.dumps(list(key), ensure_ascii=False)


def loaded_fields(model: type[Record]) -> dict[str, models.Field]:
    """The fields that fixtures fill, by name."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in OWN_FIELDS and field.name not in model.own_fields
    }


def key_fields(model: type[Record]) -> list[models.Field]:
    """The fields whose values make up a natural key of the model, those of the records it refers to
    included.
    """
    found = []
    for name in model.natural_fields:
        field = model._meta.get_field(name)
        found += key_fields(field.related_model) if field.is_relation else [field]
    return found


def read_folder(folder: Path) -> list[Entry]:
    """Every record of the *.json files of a folder.

    Raises FixtureError for the first thing that cannot be loaded, and for a folder without any record: an
    empty folder would otherwise hide the whole catalogue.
    """
    entries = once(
        _entry(record, Where(path.name, position))
        for path in sorted(folder.glob("*.json"))
        for position, record in enumerate(_parsed(path), 1)
    )
    if not entries:
        raise FixtureError(f"{folder} holds no fixtures (*.json with at least one record).")
    return entries


def once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, in a list; FixtureError where two are the same record."""
    known: dict[tuple[type[Record], Key], Entry] = {}
    for entry in entries:
        earlier = known.setdefault((entry.model, entry.key), entry)
        if earlier is not entry:
            place = earlier.file if entry.where.columns is None else f"row {earlier.where.number}"
            raise entry.error(f"the same record stands in {place} already")
    return list(known.values())


def _parsed(path: Path) -> list[Any]:
    try:
        # Decimals are read as printed: a float would change their last digits.
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise FixtureError(f"{path.name} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FixtureError(f"{path.name} is not valid JSON: {error}") from error
    if not isinstance(content, list):
        raise FixtureError(f"{path.name} is not a list of records")
    return content


def _entry(record: Any, where: Where) -> Entry:
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        raise FixtureError(f'{where} is not of the form {{"model": ..., "fields": {{...}}}}')
    if surplus := record.keys() - {"model", "fields"}:
        raise FixtureError(f"{where} has “{min(surplus)}”; records are known by their natural keys alone")
    model = _model(record.get("model"), str(where))
    known = loaded_fields(model)
    if unknown := record["fields"].keys() - known.keys():
        raise FixtureError(
            f"{where} ({model._meta.label_lower}): there is no field “{min(unknown)}”. "
            f"Known are: {', '.join(sorted(known))}"
        )
    return entry_of(model, record["fields"], where)


def entry_of(model: type[Record], raw: Mapping[str, Any], where: Where) -> Entry:
    """The record that these raw values make, each as its field reads it. Their names are those of fields.

    FixtureError where a field cannot read its value.
    """
    place = f"{where} ({model._meta.label_lower})"
    values = {
        name: _value(model._meta.get_field(name), value, f"{place}, {where.field(name)}")
        for name, value in raw.items()
    }
    return Entry(where, model, _key(model, values, place, where), values)


def _model(label: Any, place: str) -> type[Record]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError, AttributeError, TypeError):
        model = None
    if model is None or not issubclass(model, Record):
        raise FixtureError(f"{place}: “{label}” is no kind of record of the catalogue")
    return model


def _key(model: type[Record], values: dict[str, Any], place: str, where: Where) -> Key:
    key: list[Any] = []
    for name in model.natural_fields:
        field = model._meta.get_field(name)
        if name not in values or (values[name] is None and not field.null):
            raise FixtureError(
                f"{place}, {where.field(name)}: it is part of the natural key and must be given"
            )
        key += values[name] if field.is_relation and values[name] is not None else [values[name]]
    return tuple(key)


def _value(field: models.Field, raw: Any, place: str) -> Any:
    """The value as its field reads it; a reference as the natural key of the record it points to."""
    if not field.is_relation or raw is None:
        return _plain(field, raw, place)
    leaves = key_fields(field.related_model)
    if not isinstance(raw, list) or len(raw) != len(leaves):
        wanted = ", ".join(leaf.name for leaf in leaves)
        raise FixtureError(f"{place}: a reference is written as natural key, a list of {wanted}")
    return tuple(_plain(leaf, part, place) for leaf, part in zip(leaves, raw, strict=True))


def _plain(field: models.Field, raw: Any, place: str) -> Any:
    if isinstance(raw, list | dict):
        raise FixtureError(f"{place}: a single value was expected, not a list or an object")
    # PostgreSQL refuses NUL, and neither database can store half a character.
    if isinstance(raw, str) and ("\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw)):
        raise FixtureError(f"{place}: the text holds a character that cannot be stored")
    try:
        return field.to_python(raw)
    except (ValidationError, ValueError, TypeError, ArithmeticError) as error:
        shown = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise FixtureError(f"{place}: {shown}") from error
