"""Tables and columns of the package, from the models themselves: a new kind of record is in it without being listed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db import models as db
from django.utils.text import slugify
from django.utils.translation import override

from records.loading.files import OWN_FIELDS
from records.models import Record

# Readers know it as a case.
_PLAIN_WORDS = {"initiative": "case"}


@dataclass(frozen=True)
class Column:
    """One column: a field of the model, or one part of the natural key of the record that a field refers to.

    `leaf` is the field that holds the values, `lookup` the way to it from the model; `key` the name of the column it
    refers to, in the table of that record.
    """

    name: str
    field: db.Field
    leaf: db.Field
    lookup: str
    may_be_empty: bool
    key: str = ""

    @property
    def is_reference(self) -> bool:
        return self.field.is_relation


def fields(model: type[Record]) -> dict[str, db.Field]:
    """The fields of a model that the package holds, by their names; those of the natural key first."""
    left_out = {*OWN_FIELDS, *model.private_fields}
    known = {
        field.name: field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out
    }
    return {
        name: known[name]
        for name in (*model.natural_fields, *(n for n in known if n not in model.natural_fields))
    }


@lru_cache(maxsize=200)
def columns(model: type[Record]) -> tuple[Column, ...]:
    """The columns of a model's table, those of its natural key first."""
    return tuple(column for field in fields(model).values() for column in _of_field(field))


def columns_of(model: type[Record], name: str) -> list[Column]:
    """The columns of one field: as many as the natural key of the record it refers to has parts."""
    return [column for column in columns(model) if column.field.name == name]


def key_columns(model: type[Record]) -> list[Column]:
    """The columns that make up the natural key."""
    return [column for column in columns(model) if column.field.name in model.natural_fields]


def plain_name(name: str) -> str:
    """What a field is called in the table; the columns of a reference of several parts begin with it."""
    return _PLAIN_WORDS.get(name, name)


def _of_field(field: db.Field) -> list[Column]:
    name = plain_name(field.name)
    if not field.is_relation:
        return [Column(name, field, field, field.name, field.null or field.blank)]
    keys = _key(field.related_model)
    names = [name] if len(keys) == 1 else [f"{name}_{key.name}" for key in keys]
    return [
        Column(
            each,
            field,
            key.leaf,
            f"{field.name}__{key.lookup}",
            field.null or key.leaf.null or key.may_be_empty,
            key.name,
        )
        for each, key in zip(names, keys, strict=True)
    ]


def _key(model: type[Record]) -> list[Column]:
    """The columns of a natural key; asks for no others, for one of these may refer to its own table."""
    return [column for name in model.natural_fields for column in _of_field(model._meta.get_field(name))]


@lru_cache(maxsize=1)
def models() -> tuple[type[Record], ...]:
    """Every kind of record of the catalogue, in the order of the rooms."""
    return tuple(model for model in apps.get_models() if issubclass(model, Record))


@lru_cache(maxsize=200)
def table_name(model: type[Record]) -> str:
    """What the table is called in plain words: cases, outcomes, sets-of-city-figures."""
    with override(settings.LANGUAGE_CODE):
        return slugify(str(model._meta.verbose_name_plural))


def models_by_table() -> dict[str, type[Record]]:
    """Every kind of record by the name of its table."""
    return {table_name(model): model for model in models()}
