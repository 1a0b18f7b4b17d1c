"""What each column holds, in a sentence: from the data dictionary, from the help of its field, from what is common to
many tables, and at the least from the field's own name."""

from __future__ import annotations

from django.db import models as db

from catalogue import dictionary
from catalogue.package import tables
from catalogue.package.tables import Column
from records.dates import validate_edtf
from records.models import Record
from sources import lines

EDTF = "Extended Date/Time Format (EDTF): 2014, 2014-11, 2014-11-17, 198X, 2020/2021"
LINES = "lines of the text of the source, counted from 1: 75-79; 83"
# Names that mean the same in every table that has them.
_COMMON = {
    "slug": "short name that identifies the record, as its address has it",
    "key": "short name, ours, that tells the records of one whole apart",
    "state": "published: the package holds nothing else",
    "printed": "exactly as printed in the source",
    "first_line": "first line of its place in the text of the source, counted from 1",
    "last_line": "last line of its place in the text of the source",
    "digest": "what that part of the source says, in our own words",
    "reason": "why an editor decided so",
    "check_key": "by what the computed check knows again what it found",
    "check_values": "the values the computed check worked with",
    "answered_about": "what was printed and computed when it was answered",
    "position": "its place in the order of the whole",
}


def described(model: type[Record], column: Column) -> str:
    """A description of a column, in the default language."""
    field = column.field
    name, help_text = str(field.verbose_name), str(field.help_text)
    said = help_text or _in_dictionary(model, column) or _COMMON.get(field.name, "")
    # Where nothing more is known the name of the field, in words, says it.
    parts = [said or name, _reference(column), _values(field), _form(field, said)]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return text[:1].upper() + text[1:] + "."


def is_described(field: db.Field) -> bool:
    """Whether somebody described the field or gave it a name in words; else its name in the code is all there is."""
    return not isinstance(field.verbose_name, str) or bool(field.help_text) or field.name in _COMMON


def _in_dictionary(model: type[Record], column: Column) -> str:
    """What the data dictionary says of the column of the same name in the export of the same name."""
    if column.is_reference:
        return ""
    for table in dictionary.TABLES:
        if table.name == tables.table_name(model):
            return next((str(each.doc) for each in table.columns if each.name == column.name), "")
    return ""


def _reference(column: Column) -> str:
    """Which record a column names, and by what."""
    if not column.is_reference:
        return ""
    table = tables.table_name(column.field.related_model)
    *first, last = [key.name for key in tables.key_columns(column.field.related_model)]
    if not first:
        return f"A row of {table}, by its {last}"
    return f"A row of {table}, by its {', '.join(first)} and {last}: this is its {column.key}"


def _values(field: db.Field) -> str:
    """What the values of a closed list mean, where they do not say it themselves."""
    choices = [(str(value), str(label)) for value, label in field.flatchoices if value != ""]
    if len(choices) > 30:
        return "ISO 3166-1 code of two letters"
    if all(value == label for value, label in choices):
        return ""
    return "Values: " + "; ".join(
        f"{value} ({label})" if value != label else value for value, label in choices
    )


def _form(field: db.Field, said: str) -> str:
    """How dates and lines are written."""
    if validate_edtf in field.validators:
        return EDTF
    return LINES if lines.validate in field.validators and "75-79" not in said else ""
