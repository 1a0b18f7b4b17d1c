"""Reading fixture files: JSON with natural keys, checked against the models before anything is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from records.models import Record

Key = tuple[Any, ...]

# Set by the catalogue itself, never by a fixture.
OWN_FIELDS = frozenset({"hidden", "created_at", "updated_at"})


class FixtureError(Exception):
    """A fixture that cannot be loaded; the message names file, record and field in plain words."""


@dataclass(frozen=True)
class Entry:
    """One record of a fixture. `fields` holds values as their fields read them, references as keys."""

    file: str
    model: type[Record]
    key: Key
    fields: dict[str, Any]

    def error(self, problem: str, field: str = "") -> FixtureError:
        """The error to raise about this record, or about one field of it."""
        place = f"{self.file}: {self.model._meta.label_lower} {key_text(self.key)}"
        return FixtureError(f"{place}, field “{field}”: {problem}" if field else f"{place}: {problem}")


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
    entries: dict[tuple[type[Record], Key], Entry] = {}
    for path in sorted(folder.glob("*.json")):
        for position, record in enumerate(_parsed(path), 1):
            entry = _entry(record, path.name, position)
            earlier = entries.setdefault((entry.model, entry.key), entry)
            if earlier is not entry:
                raise entry.error(f"the same record stands in {earlier.file} already")
    if not entries:
        raise FixtureError(f"{folder} holds no fixtures (*.json with at least one record).")
    return list(entries.values())


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


def _entry(record: Any, file: str, position: int) -> Entry:
    place = f"{file}: record {position}"
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        raise FixtureError(f'{place} is not of the form {{"model": ..., "fields": {{...}}}}')
    if surplus := record.keys() - {"model", "fields"}:
        raise FixtureError(f"{place} has “{min(surplus)}”; records are known by their natural keys alone")
    model = _model(record.get("model"), place)
    place = f"{place} ({model._meta.label_lower})"
    known = loaded_fields(model)
    if unknown := record["fields"].keys() - known.keys():
        raise FixtureError(
            f"{place}: there is no field “{min(unknown)}”. Known are: {', '.join(sorted(known))}"
        )
    values = {name: _value(known[name], raw, place) for name, raw in record["fields"].items()}
    return Entry(file, model, _key(model, values, place), values)


def _model(label: Any, place: str) -> type[Record]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError, AttributeError, TypeError):
        model = None
    if model is None or not issubclass(model, Record):
        raise FixtureError(f"{place}: “{label}” is no kind of record of the catalogue")
    return model


def _key(model: type[Record], values: dict[str, Any], place: str) -> Key:
    key: list[Any] = []
    for name in model.natural_fields:
        field = model._meta.get_field(name)
        if name not in values or (values[name] is None and not field.null):
            raise FixtureError(f"{place}, field “{name}”: it is part of the natural key and must be given")
        key += values[name] if field.is_relation and values[name] is not None else [values[name]]
    return tuple(key)


def _value(field: models.Field, raw: Any, place: str) -> Any:
    """The value as its field reads it; a reference as the natural key of the record it points to."""
    if not field.is_relation or raw is None:
        return _plain(field, raw, f"{place}, field “{field.name}”")
    leaves = key_fields(field.related_model)
    if not isinstance(raw, list) or len(raw) != len(leaves):
        wanted = ", ".join(leaf.name for leaf in leaves)
        raise FixtureError(
            f"{place}, field “{field.name}”: a reference is written as natural key, a list of {wanted}"
        )
    return tuple(
        _plain(leaf, part, f"{place}, field “{field.name}”") for leaf, part in zip(leaves, raw, strict=True)
    )


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
