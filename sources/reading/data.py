"""The data files beside this package, read and checked: sources.toml, rulings/, number tables, lines/.

Every function takes the folder, so that tests and other catalogues may use their own.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import ReadingError
from .numbers import LineNumbers, parse_table
from .records import Ruling, RulingKind, SourceDescription

DATA = Path(__file__).resolve().parent.parent / "data"

_RULING_FIELDS = {
    "key": str,
    "kind": str,
    "first_line": int,
    "last_line": int,
    "printed": str,
    "read_as": str,
    "reason": str,
}
_SOURCE_TEXTS = (
    "slug",
    "kind",
    "title",
    "short_title",
    "publisher",
    "date",
    "language",
    "url",
    "rights",
    "sha256",
)
_SOURCE_FIELDS = {
    **dict.fromkeys(_SOURCE_TEXTS, str),
    "full_text_public": bool,
    "line_count": int,
    "numbers": list,
}


def load_toml(path: Path) -> dict[str, Any]:
    """The TOML file. Raises ReadingError where it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadingError(f"cannot be read: {error}", source=str(path)) from None


def load_sources(data: Path = DATA) -> dict[str, SourceDescription]:
    """The sources of sources.toml by slug, in its order."""
    sources: dict[str, SourceDescription] = {}
    for entry in load_toml(data / "sources.toml").get("source", []):
        values = _checked(entry, _SOURCE_FIELDS, "sources.toml")
        source = SourceDescription(**{**values, "numbers": tuple(values["numbers"])})
        if source.slug in sources:
            raise ReadingError(f"the slug {source.slug!r} stands twice", source="sources.toml")
        sources[source.slug] = source
    return sources


def load_rulings(slug: str, data: Path = DATA) -> list[Ruling]:
    """The rulings of a source; none where it has no file."""
    path = data / "rulings" / f"{slug}.toml"
    if not path.exists():
        return []
    rulings = []
    for entry in load_toml(path).get("ruling", []):
        values = _checked(entry, _RULING_FIELDS, path.name)
        if values["kind"] not in list(RulingKind):
            known = ", ".join(RulingKind)
            raise ReadingError(
                f"ruling {values['key']!r} is of no known kind ({values['kind']!r})",
                source=path.name,
                fix=f"Known kinds: {known}.",
            )
        if not values["reason"].strip():
            raise ReadingError(f"ruling {values['key']!r} gives no reason", source=path.name)
        rulings.append(Ruling(**{**values, "kind": RulingKind(values["kind"])}))
    return rulings


def load_numbers(source: SourceDescription, data: Path = DATA) -> dict[int, LineNumbers]:
    """The number tables of a source in one. Raises ReadingError where two files speak of a line."""
    table: dict[int, LineNumbers] = {}
    for pattern in source.numbers:
        for path in sorted(data.glob(pattern)):
            name = f"sources/data/{path.relative_to(data).as_posix()}"
            entries = parse_table(load_toml(path).get("numbers", {}), name)
            for line in sorted(table.keys() & entries.keys()):
                raise ReadingError(f"[numbers]: line {line} stands in {table[line].file} too", source=name)
            table.update(entries)
    return table


def load_lines(slug: str, data: Path = DATA) -> dict[str, Any] | None:
    """The committed line checksums of a source (see accounting), None where there are none yet."""
    path = data / "lines" / f"{slug}.json"
    if not path.exists():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadingError(f"cannot be read: {error}", source=str(path)) from None


def _checked(entry: Mapping[str, Any], fields: Mapping[str, type], file: str) -> dict[str, Any]:
    """The entry, if it has exactly these fields, each of its type."""
    name = entry.get("key") or entry.get("slug") or "an entry"
    for field, kind in fields.items():
        if not isinstance(entry.get(field), kind):
            raise ReadingError(f"{name}: {field!r} is missing or no {kind.__name__}", source=file)
    if surplus := sorted(entry.keys() - fields.keys()):
        raise ReadingError(f"{name}: unknown field {surplus[0]!r}", source=file)
    return dict(entry)
