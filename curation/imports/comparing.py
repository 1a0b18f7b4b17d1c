"""One record of a plan: what would change in it, whether its rules allow that, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import override

from curation.imports.declared import Column
from curation.imports.finding import Finder
from curation.imports.wanted import Wanted
from records.plain import fill, plain, plain_value
from records.said import Anew, ByLanguage, told_apart
from sources.models import Located


def compare(wanted: Wanted, columns: list[Column], finder: Finder) -> None:
    """Finds the fields that differ, and puts the values into the record, which is made where there is none."""
    part, values = wanted.part, wanted.values
    stored = wanted.record
    if stored is not None:
        differing = _differing(stored, values, columns)
        if not differing:
            return
        wanted.before = plain(stored)
    else:
        differing = dict(values)
        wanted.record = part.model()
    differing |= _place(wanted, finder) if issubclass(part.model, Located) else {}
    if part.complete:
        differing |= part.complete({**values, **differing}, stored, finder)
    for name, value in differing.items():
        setattr(wanted.record, name, value if not hasattr(value, "record") else value.record)
    wanted.changes = sorted(differing)


def _differing(stored: models.Model, values: dict[str, Any], columns: list[Column]) -> dict[str, Any]:
    rules = {column.fills: column.same for column in columns if column.same}
    found = {}
    for name, value in values.items():
        field = stored._meta.get_field(name)
        if name in rules and rules[name](stored, value):
            continue
        if plain_of(field, getattr(stored, field.attname)) != plain_of(field, value):
            found[name] = value
    return found


def plain_of(field: models.Field, value: Any) -> Any:
    """A value as it is compared: references by number, texts without blanks around them."""
    if hasattr(value, "record") or isinstance(value, models.Model):
        value = value.pk
    if field.is_relation:
        return value
    value = plain_value(field, value)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _place(wanted: Wanted, finder: Finder) -> dict[str, Any]:
    """Where it was read: the row. A record that is there keeps its place, unless its value is now the list's."""
    line = wanted.rows[0].line
    place = {"source": finder.source, "first_line": line, "last_line": line}
    if wanted.pk is not None and not wanted.part.moves:
        return {}
    if finder.source is None:
        return {}
    prints = wanted.part.prints
    if prints and "printed" not in wanted.values and prints in wanted.cells:
        place["printed"] = wanted.cells[prints].strip()
    return place


def hold_to_rules(wanted: Wanted, is_suspect: bool) -> list[tuple[str, ByLanguage]]:
    """What the model says against the record, by field ("" for the whole of it). Asked only of what would change.

    `is_suspect` says whether it breaks a check of its table (checks.py).
    """
    if not wanted.changes or not (found := _broken(wanted.record, is_suspect)):
        return []
    told: list[ByLanguage] = [{} for _each in found]
    # The rules put their words together themselves: in each language they are asked anew.
    for code, _name in settings.LANGUAGES:
        with override(code):
            for each, (_field, text) in zip(told, _broken(wanted.record, is_suspect), strict=True):
                each[code] = text
    once = {pair: (pair[0], each) for pair, each in zip(found, told, strict=True)}
    return list(once.values())


def _broken(record: models.Model, is_suspect: bool) -> list[tuple[str, str]]:
    """(field, what is wrong) in the language of now."""
    references = {field.name for field in record._meta.concrete_fields if field.is_relation}
    asked = (
        lambda: record.clean_fields(exclude=references),
        record.clean,
        record.validate_unique,
        lambda: _constraints(record, is_suspect),
    )
    found: dict[str, list[str]] = {}
    for ask in asked:
        try:
            ask()
        except ValidationError as error:
            for name, texts in (
                error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            ).items():
                found.setdefault("" if name == NON_FIELD_ERRORS else name, []).extend(texts)
    return [(name, _about(record, name, text)) for name, texts in found.items() for text in texts]


def _constraints(record: models.Model, is_suspect: bool) -> None:
    """Raises ValidationError as `validate_constraints` does; checks are asked one by one only where one is broken."""
    if is_suspect:
        record.validate_constraints()
    for each in record._meta.constraints:
        if not isinstance(each, models.CheckConstraint):
            each.validate(type(record), record)


def _about(record: models.Model, name: str, text: str) -> str:
    return f"{record._meta.get_field(name).verbose_name}: {text}" if name else text


def shown_values(wanted: Wanted, columns: Iterable[Column]) -> list[list[str | ByLanguage]]:
    """[our column, before, after] of each that would change, by language where a value reads otherwise in each."""
    if not wanted.changes:
        return []
    if wanted.part.each:
        column, into = wanted.part.each
        return [[column, "", _said(wanted.record, into)]] if wanted.pk is None else []
    old = wanted.part.model()
    if wanted.before:
        fill(old, wanted.before)
    return [
        [each.name, _said(old, each.fills) if wanted.before else "", _said(wanted.record, each.fills)]
        for each in columns
        if each.fills in wanted.changes
    ]


def _said(record: models.Model, name: str) -> str | ByLanguage:
    """A value as a person reads it."""
    field = record._meta.get_field(name)
    if not (field.is_relation or field.choices):
        value = plain_value(field, getattr(record, name))
        return "" if value is None else str(value)

    def said() -> str:
        return str(getattr(record, name) or "") if field.is_relation else str(display())

    display = getattr(record, f"get_{name}_display", None)
    text, by_language = told_apart(Anew(said))
    return by_language or text
