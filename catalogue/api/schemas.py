"""The shape of answers, for their description: rows from the columns of the exports, and what stands around them.

Serializers describe here and never write: rows are written by the exporters, which take a fraction of the time.
"""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from listing.columns import Column, Holds, Table

_LINE = {"type": ["integer", "string", "null"], "examples": [83, "75-79"]}


@extend_schema_field(_LINE)
class LineField(serializers.Field):
    """One line as a number, several as text."""


def text(said: str, **more) -> serializers.CharField:
    """A text that may be missing."""
    return serializers.CharField(help_text=said, allow_null=True, **more)


def known(said: str, **more) -> serializers.CharField:
    """A text that is always there."""
    return serializers.CharField(help_text=said, **more)


def number(said: str, **more) -> serializers.FloatField:
    """A number that may be missing."""
    return serializers.FloatField(help_text=said, allow_null=True, **more)


def whole(said: str, **more) -> serializers.IntegerField:
    """A whole number that may be missing."""
    return serializers.IntegerField(help_text=said, allow_null=True, **more)


def counted(said: str, **more) -> serializers.IntegerField:
    """A whole number that is always there."""
    return serializers.IntegerField(help_text=said, **more)


def yes(said: str, **more) -> serializers.BooleanField:
    """True or false."""
    return serializers.BooleanField(help_text=said, **more)


def texts(said: str, **more) -> serializers.ListField:
    """A list of texts."""
    return serializers.ListField(child=serializers.CharField(), help_text=said, **more)


def address(said: str, **more) -> serializers.URLField:
    """An address that is always there."""
    return serializers.URLField(help_text=said, **more)


def field_of(column: Column) -> serializers.Field:
    """A column as a part of a row."""
    said = f"{column.doc} ({column.unit})" if column.unit else str(column.doc)
    if column.holds is Holds.INTEGERS:
        return serializers.ListField(child=serializers.IntegerField(), help_text=said)
    if column.holds is Holds.TEXTS:
        return texts(said)
    if column.holds is Holds.LINE:
        return LineField(help_text=said)
    kinds = {
        Holds.TEXT: serializers.CharField,
        Holds.ADDRESS: serializers.URLField,
        Holds.INTEGER: serializers.IntegerField,
        Holds.NUMBER: serializers.FloatField,
    }
    return kinds[column.holds](help_text=said, allow_null=not column.always)


def component(name: str) -> str:
    """What a table is called among the components: "like-mine" is LikeMine."""
    return "".join(part.capitalize() for part in name.replace("_", "-").split("-"))


# Each shape is described once, under its name.
_made: dict[str, type[serializers.Serializer]] = {}


def row_of(table: Table) -> type[serializers.Serializer]:
    """A row of a table."""
    name = f"{component(table.name)}Row"
    if name not in _made:
        _made[name] = make(name, {str(each.name): field_of(each) for each in table.columns})
    return _made[name]


def make(name: str, fields: dict[str, serializers.Field], *bases: type) -> type[serializers.Serializer]:
    """A serializer of that name with these fields behind those of `bases`."""
    return type(f"{name}Serializer", (*bases, serializers.Serializer), fields)


class Problem(serializers.Serializer):
    """Why there is no answer."""

    error = known("what is wrong, in a sentence")


class Withdrawn(Problem):
    """A record that was withdrawn: when and why, and nothing else of it."""

    state = known("withdrawn")
    withdrawn = serializers.DateField(help_text="the day it was withdrawn")
    reason = known("why")
    withdrawn_with = known("the kind of record it hangs on, where that was withdrawn", required=False)


class Paged(serializers.Serializer):
    """One page of a list."""

    count = counted("rows on all pages")
    page = counted("number of this page")
    pages = counted("number of the last page")
    page_size = counted("rows on a page")
    next = serializers.URLField(help_text="the next page; null on the last one", allow_null=True)
    previous = serializers.URLField(help_text="the page before; null on the first one", allow_null=True)


def list_of(table: Table, is_searched: bool) -> type[serializers.Serializer]:
    """A page of rows of a table, with those that hold only some of the words where words can be searched for."""
    name = f"{component(table.name)}List"
    if name in _made:
        return _made[name]
    row = row_of(table)
    fields: dict[str, serializers.Field] = {
        "results": row(many=True, help_text="the rows of this page, in order")
    }
    if is_searched:
        said = "rows that hold only some of the words of q, best first and not counted; only where q is given"
        fields["near"] = row(many=True, required=False, help_text=said)
    _made[name] = make(name, fields, Paged)
    return _made[name]
