"""A row as plain values, as the history and the forms of staff hold it, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from records.said import Anew, ByLanguage, in_each_language

Plain = dict[str, Any]
# Set by the catalogue itself with every change.
_BY_ITSELF = ("updated_at",)


def columns(model: type[models.Model]) -> dict[str, models.Field]:
    """The fields that are written down, by the name of their column."""
    return {field.attname: field for field in model._meta.concrete_fields if field.name not in _BY_ITSELF}


def plain(row: models.Model) -> Plain:
    """The values of a row as they are written down, alike for every way to write the same value."""
    return {name: plain_value(field, getattr(row, name)) for name, field in columns(type(row)).items()}


def plain_value(field: models.Field, value: Any) -> Any:
    """One value of a row as it is written down."""
    value = field.target_field.get_prep_value(value) if field.is_relation else field.get_prep_value(value)
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def fill(row: models.Model, values: Plain) -> None:
    """Sets what was written down on a row, as Python has it."""
    known = columns(type(row))
    for name, value in values.items():
        if field := known.get(name):  # a column may have gone since
            setattr(
                row,
                name,
                field.target_field.to_python(value) if field.is_relation else field.to_python(value),
            )


def name_of(row: models.Model) -> str:
    """What a row is called, also where what it is named after has gone."""
    try:
        return str(row)[:300]
    except ObjectDoesNotExist:
        return f"{row._meta.verbose_name} {row.pk}"


def names_of(row: models.Model) -> ByLanguage:
    """The same in each language: part of a name may be words of the catalogue, and a name of its own is read with it.

    {"en": "Xiamen", "zh-hans": "Xiamen 厦门"}
    """
    found = in_each_language(Anew(lambda: name_of(row)))
    if local := getattr(row, "name_local", ""):
        others = {code: name for code, name in found.items() if code != settings.LANGUAGE_CODE}
        found |= {code: f"{name} {local}"[:300] for code, name in others.items() if local not in name}
    return found


def labels(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """What some columns are called, as staff read it."""
    known = columns(model)
    return [str(known[name].verbose_name) if name in known else name for name in names]
