"""A folder of source texts: each recognised by its checksum, whatever its name, and read.

A file that is no source is only reported, unless a source is missing; then the report says which file may
have been meant for it and where it first differs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .accounting import first_difference, line_hashes, shared_lines
from .data import DATA, load_lines, load_numbers, load_rulings, load_sources
from .errors import ReadingError
from .lines import strip
from .records import FolderReading, SourceDescription
from .texts import decode, read

_CLOSE = 0.2  # of a file's lines stand in a source too: it is a copy of that source, changed or cut
_LARGEST = 20_000_000


@dataclass(frozen=True)
class _Found:
    """The files of a folder: those of the sources by slug, remarks on the others."""

    files: dict[str, Path]
    remarks: tuple[str, ...]


def read_folder(folder: str | Path, data: Path = DATA) -> FolderReading:
    """Every source of sources.toml, found in the folder and read with its rulings and number tables.

    Raises ReadingError where a source is missing, naming each, and saying of every other file what it seems
    to be; and where a source cannot be read. Files that are no source are named in `foreign`.
    """
    sources = load_sources(data)
    found = _recognise(Path(folder), sources, data)
    if missing := [source for slug, source in sources.items() if slug not in found.files]:
        raise ReadingError(_missing(missing, found.remarks, len(sources)), source=str(folder))
    readings = {}
    for slug, source in sources.items():
        text = found.files[slug].read_bytes()
        readings[slug] = read(text, source, load_rulings(slug, data), load_numbers(source, data))
    return FolderReading(readings, {slug: path.name for slug, path in found.files.items()}, found.remarks)


def _missing(missing: list[SourceDescription], remarks: tuple[str, ...], count: int) -> str:
    lines = [f"{len(missing)} of {count} sources are missing:"]
    lines += [f"  {source.slug}: {source.title} (sha256 {source.sha256[:16]}...)" for source in missing]
    return "\n".join(
        lines + ["What the other files are:"] + [f"  {remark}" for remark in remarks] if remarks else lines
    )


def _recognise(folder: Path, sources: Mapping[str, SourceDescription], data: Path) -> _Found:
    by_checksum = {source.sha256: slug for slug, source in sources.items()}
    files: dict[str, Path] = {}
    remarks = []
    for path, content in _contents(folder):
        slug = by_checksum.get(hashlib.sha256(content).hexdigest()) if content is not None else None
        if slug and slug not in files:
            files[slug] = path
        else:
            remarks.append(
                f"{path.name}: " + (f"{slug} once more" if slug else describe(content, sources, data))
            )
    return _Found(files, tuple(remarks))


def _contents(folder: Path) -> Iterator[tuple[Path, bytes | None]]:
    """The files of the folder with their bytes, None for one unreadable or too large for a source."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise ReadingError(f"the folder cannot be read: {error.strerror}", source=str(folder)) from None
    for path in paths:
        try:
            yield path, path.read_bytes() if path.stat().st_size <= _LARGEST else None
        except OSError:
            yield path, None


def describe(content: bytes | None, sources: Mapping[str, SourceDescription], data: Path = DATA) -> str:
    """What a file is that is no source: empty, not UTF-8, another kind, or a source that was changed."""
    if content is None:
        return "cannot be read, or is far too large for a source"
    text = content.decode("utf-8", "replace")
    if not strip(text):
        return "is empty"
    remarks = []
    try:
        decode(content, "")
    except ReadingError as error:
        remarks.append(error.problem)
    remarks.append(_closest(text, sources, data) or "is no source: too few of its lines stand in any")
    return "; ".join(remarks)


def _closest(text: str, sources: Mapping[str, SourceDescription], data: Path) -> str:
    """Which source the text is a changed copy of and where it first differs, "" where it is none."""
    recorded = {slug: lines for slug in sources if (lines := load_lines(slug, data))}
    shared = {slug: shared_lines(lines, text) for slug, lines in recorded.items()}
    slug = max(shared, key=shared.__getitem__, default="")
    if not slug or shared[slug] < max(1, _CLOSE * len(line_hashes(text))):
        return ""
    share = f"{shared[slug]} of its {len(recorded[slug]['lines'])} lines are the same"
    return f"closest to {slug} ({share}); {_difference(recorded[slug], text)}"


def _difference(recorded: Mapping, text: str) -> str:
    number, lines = first_difference(recorded, text), text.split("\n")
    if not number:
        return "differs only in blanks or line ends"
    if number > len(lines):
        return f"cut off: line {number} and what follows are missing"
    return f"first differs on line {number}: {strip(lines[number - 1])[:80]!r}"
