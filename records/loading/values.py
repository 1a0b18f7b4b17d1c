"""When two records are equal: their values in one canonical form, and the digest of it.

Values that are the default of their field are left out, so that a field added to a model later does not
make every loaded record look edited. Line ends and outer blanks do not count: a form in the admin rewrites
both without anybody having edited anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from records.loading.files import Entry, Key, loaded_fields
from records.models import Record

Plain = dict[str, Any]

# SQLite keeps decimals as floating point numbers: more digits than these would not come back as they went in.
MOST_DIGITS = 15


def canonical(field: models.Field, value: Any) -> Any:
    """A value as JSON can hold it, the same for every way of writing it; references are given as keys."""
    if field.is_relation:
        return None if value is None else list(value)
    value = field.get_prep_value(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")  # + 0 makes -0 plain zero
    return value if value is None or isinstance(value, bool | int) else str(value)


def default(field: models.Field) -> Any:
    """What the field holds where nothing is given; for a reference nothing."""
    return None if field.is_relation else field.get_default()


def plain(model: type[Record], values: dict[str, Any]) -> Plain:
    """All values of a record in canonical form, defaults left out. References are given as natural keys."""
    result = {}
    for name, field in loaded_fields(model).items():
        value = canonical(field, values[name])
        if value != canonical(field, default(field)):
            result[name] = value
    return result


def plain_row(row: Record, key_of: Callable[[type[Record], int], Key]) -> Plain:
    """The same of a row of the database; `key_of` names the record a reference points to."""
    values = {}
    for name, field in loaded_fields(type(row)).items():
        value = field.value_from_object(row)
        if field.is_relation and value is not None:
            value = key_of(field.related_model, value)
        values[name] = value
    return plain(type(row), values)


def digest(values: Plain) -> str:
    """SHA-256 of the canonical form."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differing(one: Plain, other: Plain) -> list[str]:
    """The names of the fields in which two records differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def validate(row: Record, entry: Entry) -> None:
    """Holds a record, filled from an entry, to the rules of its fields and its model's `clean`.

    References are left out (the loader has resolved them), and so are constraints, which the database holds.
    Raises FixtureError naming the field.
    """
    references = {field.name for field in entry.model._meta.concrete_fields if field.is_relation}
    try:
        row.full_clean(exclude=references, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise entry.error(" ".join(messages), "" if field == NON_FIELD_ERRORS else field) from error
    for name, value in vars(row).items():
        if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > MOST_DIGITS:
            raise entry.error(f"more than {MOST_DIGITS} digits cannot be kept on every database", name)
