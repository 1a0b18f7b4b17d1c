"""Line checksums: what the repository keeps of a text it does not carry.

sources/data/lines/<slug>.json has for each non-blank line its number, the first 16 hex digits of the
SHA-256 of the stripped line, what it was used for, and its digit tokens with their kinds. A clone without
the texts can so still check headings, locators and figures, and a text that differs is compared line by
line with the one that was read.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .data import DATA, load_lines
from .lines import strip
from .records import Reading

_BULLETS = ("", "- ")


def line_hash(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the line, stripped of blanks at both ends."""
    return hashlib.sha256(strip(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def line_hashes(text: str) -> dict[int, str]:
    """The checksum of each non-blank line, by line number."""
    return {number: line_hash(line) for number, line in enumerate(text.split("\n"), 1) if strip(line)}


def holds(recorded: str, printed: str) -> bool:
    """Whether a printed heading or title is, but for a bullet, the whole line with this checksum."""
    return any(line_hash(bullet + printed) == recorded for bullet in _BULLETS)


def summary(reading: Reading) -> dict[str, Any]:
    """What the file of a source says, as JSON values."""
    tokens: dict[int, list[list[str | None]]] = {}
    for token in reading.numbers:
        tokens.setdefault(token.line, []).append([token.printed, token.kind])
    lines = []
    for use in reading.lines:
        entry: dict[str, Any] = {"line": use.line, "hash": line_hash(reading.text[use.line - 1])}
        entry |= {"record": use.record} if use.record else {"noise": str(use.noise)}
        if use.line in tokens:
            entry["tokens"] = tokens[use.line]
        lines.append(entry)
    return {
        "source": reading.source.slug,
        "sha256": reading.source.sha256,
        "line_count": len(reading.text),
        "lines": lines,
    }


def render(reading: Reading) -> str:
    """The file of a source, one line for each line of the source, so that a change shows as what it is."""
    content = summary(reading)
    lines = ",\n".join("    " + json.dumps(entry, ensure_ascii=True) for entry in content.pop("lines"))
    head = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in content.items())
    return f'{{\n{head}  "lines": [\n{lines}\n  ]\n}}\n'


def write(reading: Reading, data: Path = DATA) -> Path:
    """Writes the file of a source and gives its path."""
    path = data / "lines" / f"{reading.source.slug}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(reading), encoding="utf-8")
    return path


def verify(reading: Reading, data: Path = DATA) -> list[str]:
    """How the reading differs from the committed file, one sentence each; an empty list where it does not."""
    recorded = load_lines(reading.source.slug, data)
    if recorded is None:
        return [f"{reading.source.slug}: there is no file of line checksums"]
    now = summary(reading)
    heads = [
        f"{now['source']}: {key} is {now[key]}, recorded {recorded.get(key)}"
        for key in ("sha256", "line_count")
        if now[key] != recorded.get(key)
    ]
    old, new = _by_line(recorded), _by_line(now)
    differing = [number for number in sorted(old.keys() | new.keys()) if old.get(number) != new.get(number)]
    return heads + [
        f"{now['source']}, line {number}: {_shown(new.get(number))}, recorded {_shown(old.get(number))}"
        for number in differing
    ]


def totals(reading: Reading) -> dict[str, Counter[str]]:
    """How many lines went to records and to each kind of noise, and how many tokens are of each kind."""
    lines = Counter(f"noise: {use.noise}" if use.noise else "records" for use in reading.lines)
    return {
        "lines": lines,
        "numbers": Counter(str(token.kind or "unclassified") for token in reading.numbers),
    }


def first_difference(recorded: Mapping[str, Any], text: str) -> int:
    """The first line where a text differs from the recorded one, 0 where only blanks do."""
    old, new = {number: entry["hash"] for number, entry in _by_line(recorded).items()}, line_hashes(text)
    return next(
        (number for number in sorted(old.keys() | new.keys()) if old.get(number) != new.get(number)), 0
    )


def shared_lines(recorded: Mapping[str, Any], text: str) -> int:
    """How many of the text's lines stand in the recorded one too, wherever."""
    known = Counter(entry["hash"] for entry in recorded["lines"])
    return (known & Counter(line_hashes(text).values())).total()


def _by_line(content: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    entries: Sequence[dict[str, Any]] = content["lines"]
    return {entry["line"]: entry for entry in entries}


def _shown(entry: Mapping[str, Any] | None) -> str:
    if entry is None:
        return "nothing"
    return ", ".join(str(entry[key]) for key in ("record", "noise", "hash", "tokens") if key in entry)
