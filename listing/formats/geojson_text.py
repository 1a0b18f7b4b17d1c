"""GeoJSON (RFC 7946): each row as a feature where its city lies, its columns as properties; streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from listing.formats.base import Export, Format
from listing.formats.json_text import text


def write(export: Export) -> Iterator[bytes]:
    """Every row; one whose city has no coordinates has no geometry."""
    table = export.table
    keys = (json.dumps(name, ensure_ascii=False).replace("%", "%%") for name in table.names)
    properties = "{" + ", ".join(f"{key}: %s" for key in keys) + "}"
    feature = f'{{"type": "Feature", "properties": {properties}, "geometry": %s}}'
    yield b'{"type": "FeatureCollection", "features": ['
    has_begun = False
    placed = replace(export, table=replace(table, columns=[*table.columns, table.point]))
    for rows in placed.batches(text):
        lines = ",\n".join(feature % (*cells, _geometry(point)) for *cells, point in rows)
        yield f"{',' if has_begun else ''}\n{lines}".encode()
        has_begun = True
    yield b"\n]}\n"


def _geometry(point: str) -> str:
    """A geometry for coordinates that are JSON already."""
    return "null" if point == "null" else f'{{"type": "Point", "coordinates": {point}}}'


FORMAT = Format(
    name="geojson",
    label="GeoJSON",
    content_type="application/geo+json; charset=utf-8",
    write=write,
    needs="point",
)
