"""JSON: `{"count": n, "results": [...]}`, streamed, with `near` for a search by words; the text of any document."""

import json
from collections.abc import Iterator
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from listing.columns import number_text
from listing.formats.base import Export, Format


class ListChanged(RuntimeError):
    """Records entered or left the list while it was written: the count at its head is no longer true."""


def text(value: Any) -> str:
    """Any document as JSON. Decimals are numbers with all their digits, as the standard encoder cannot."""
    if type(value) is str:
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key), ensure_ascii=False)}: {text(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(text(item) for item in value) + "]"
    return json.dumps(
        str(value) if isinstance(value, Promise) else value, ensure_ascii=False, allow_nan=False
    )


def _row(names: list[str]) -> str:
    """One row with a mark in the place of each value."""
    keys = (json.dumps(name, ensure_ascii=False).replace("%", "%%") for name in names)
    return "{" + ", ".join(f"{key}: %s" for key in keys) + "}"


def _batches(export: Export) -> Iterator[list[str]]:
    """Every row as an object, some thousand at a time."""
    row = _row(export.table.names)
    for rows in export.batches(text):
        yield [row % tuple(cells) for cells in rows]


def rows_text(export: Export) -> str:
    """All rows as one JSON array; for some rows, not for a whole list."""
    return "[" + ",\n".join(row for rows in _batches(export) for row in rows) + "]"


def write(export: Export) -> Iterator[bytes]:
    """The count, then every row; ListChanged (before the closing bracket) where they came to differ."""
    count, written = export.queryset.count(), 0
    yield f'{{"count": {count}, "results": ['.encode()
    for rows in _batches(export):
        lines = ",\n".join(rows)
        yield f"{',' if written else ''}\n{lines}".encode()
        written += len(rows)
    if written != count:
        raise ListChanged(f"{written} rows written, {count} counted")
    yield b"\n]"
    if export.near is not None:
        with override(settings.LANGUAGE_CODE):
            near = [export.table.document(record, export.site) for record in export.near]
        yield f', "near": {text(near)}'.encode()
    yield b"}\n"


FORMAT = Format(
    name="json",
    label="JSON",
    content_type="application/json; charset=utf-8",
    write=write,
    is_attachment=False,
)
