"""Attaching full texts: an operator's own copies, recognised by checksum and kept beside the sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from sources.models import Source, SourceText
from sources.reading.accounting import line_hashes, shared_lines
from sources.reading.data import DATA, load_lines, load_sources
from sources.reading.folder import describe

# Far larger than any text: what is larger is not read at all.
LARGEST = 20_000_000


class AttachError(Exception):
    """Texts that cannot be attached; the message says which files and why, and nothing was attached."""


@dataclass
class AttachReport:
    """What became of each file of the folder: the slugs of sources by file name, remarks on the others.

    `replaced`: another text had been attached to the source before its checksum changed. `missing`: sources
    that no file of the folder is a text of, and that have none attached.
    """

    attached: dict[str, str] = field(default_factory=dict)
    already_attached: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def attach(folder: Path, data: Path = DATA) -> AttachReport:
    """Attaches each file of a folder that is the text of a source, whatever its name.

    Raises AttachError, with nothing attached, where the folder cannot be read, where none of its files is a
    text of a source, where a file is empty, and where one is a changed or cut copy of a source that no other file
    holds whole.
    """
    sources = {source.sha256: source for source in Source.objects.exclude(sha256="")}
    if not sources:
        raise AttachError("The catalogue has no sources yet: run load_catalogue first.")
    report, found = AttachReport(), set()
    resembled: dict[str, str] = {}
    for path in _files(folder):
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
        if content == b"":
            raise AttachError(f"{path.name} is empty: a copy that was cut off. Nothing was attached.")
        source = sources.get(hashlib.sha256(content).hexdigest()) if content is not None else None
        if source is None:
            report.unknown[path.name] = describe(content, load_sources(data), data)
            resembled[path.name] = _resembled(content or b"", data)
        elif source.slug in found:
            report.unknown[path.name] = f"is {source.slug} once more"
        else:
            found.add(source.slug)
            _attach_one(report, path.name, source, content.decode("utf-8"))
    _refuse_changed_copies(resembled, found, report)
    if not found:
        what = "".join(f"\n  {name}: {remark}" for name, remark in report.unknown.items())
        raise AttachError(f"No file of {folder} is the text of a source. Nothing was attached.{what}")
    without = Source.objects.exclude(sha256="").filter(attached_text=None)
    report.missing = sorted(without.values_list("slug", flat=True))
    return report


def _refuse_changed_copies(resembled: dict[str, str], found: set[str], report: AttachReport) -> None:
    """Raises AttachError for a file that resembles a source of which no other file is the whole text."""
    for name, slug in resembled.items():
        # Somebody who hands over a changed copy meant that source: going on would look like success.
        if slug and slug not in found:
            raise AttachError(
                f"{name} is not {slug} as it was read: {report.unknown[name]}. Nothing was attached."
            )


def detach() -> int:
    """Removes every attached text and says how many there were."""
    return SourceText.objects.all().delete()[0]


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise AttachError(f"{folder} cannot be read: {error.strerror}") from error


def _attach_one(report: AttachReport, name: str, source: Source, text: str) -> None:
    before = SourceText.objects.filter(source=source).first()
    if before is None:
        SourceText.objects.create(source=source, text=text)
        report.attached[name] = source.slug
    elif before.text == text:
        report.already_attached[name] = source.slug
    else:
        before.delete()
        SourceText.objects.create(source=source, text=text)
        report.replaced[name] = source.slug


def _resembled(content: bytes, data: Path) -> str:
    """The source that most lines of a file stand in, "" where it shares less than half of them with any."""
    text = content.decode("utf-8", "replace")
    recorded = {slug: load_lines(slug, data) for slug in load_sources(data)}
    shared = {slug: shared_lines(lines, text) for slug, lines in recorded.items() if lines}
    slug = max(shared, key=shared.__getitem__, default="")
    return slug if slug and 2 * shared[slug] > len(line_hashes(text)) else ""
