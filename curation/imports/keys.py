"""What tells the records of a row apart, and which record of the catalogue they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.text import slugify

from curation.imports.declared import Wrong
from curation.imports.finding import Finder
from curation.imports.names import folded
from records.said import Said as _

Found = tuple[tuple, int | None]


def ident(value: Any) -> Any:
    """What stands for a value in a key: the number of a record, the key of one that is being made, a folded text."""
    if isinstance(value, models.Model):
        return value.pk
    if hasattr(value, "key") and hasattr(value, "pk"):  # another record of the plan
        return value.pk or value.key
    return folded(value) if isinstance(value, str) else value


def by(model: type[models.Model], *fields: str) -> Callable[[dict, Finder], Found]:
    """Finds by these fields together, those that are references named without "_id"."""

    def find(values: dict, finder: Finder) -> Found:
        missing = [name for name in fields if values.get(name) in (None, "")]
        if missing:
            raise needed(model, missing[0])
        key = tuple(ident(values[name]) for name in fields)
        if any(isinstance(each, tuple) for each in key):
            return key, None  # hangs on what is not there yet
        columns = {model._meta.get_field(name).attname: each for name, each in zip(fields, key, strict=True)}
        return key, finder.one(model, **columns)

    return find


def needed(model: type[models.Model], field: str) -> Wrong:
    """That a field has to be given."""
    label = model._meta.get_field(field).verbose_name
    return Wrong(_("Give “%(field)s”.") % {"field": label}, field)


def slug_of(text: str, otherwise: str) -> str:
    """A slug for a text; one that has no Latin letters gets a mark of its own, the same each time."""
    made = slugify(text)
    return made or f"{otherwise}-{hashlib.sha256(folded(text).encode()).hexdigest()[:8]}"


def cut(slug: str, model: type[models.Model], field: str = "slug") -> str:
    """As much of a slug as its field holds."""
    return slug[: model._meta.get_field(field).max_length].rstrip("-")


def free(slug: str, kind: str, whose: tuple, finder: Finder, ending: str = "") -> str:
    """The slug where neither the catalogue nor another row of the list has it, else with an ending."""
    made = finder.kept.setdefault(("made", kind), {})
    own, _named = finder.index(kind)
    number, wanted = 1, slug
    while wanted in own or made.get(wanted, whose) != whose:
        number += 1
        wanted = f"{slug}-{ending}" if ending and number == 2 else f"{slug}-{number}"
    made[wanted] = whose
    return wanted
