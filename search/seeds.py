"""The synonyms that come with the catalogue: a data file, loaded in the spirit of all its data.

What is missing is added, what nobody touched is brought up to the file, what a curator edited or removed is left alone.
Groups have no source and are no records, so this room keeps the few lines that needs itself (see Synonym.loaded).
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from search.models import Synonym, problems

_FIELDS = ("words", "only_typed", "reason")


class SeedError(Exception):
    """A file that cannot be loaded; the message names the group, and says what to do."""


@dataclass(frozen=True)
class Seed:
    """A group as the file has it."""

    key: str
    words: str
    only_typed: str
    reason: str


@dataclass
class SeedReport:
    """Keys of groups by what became of them. `kept`: edited by a curator; `removed`: by a curator, or from the file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __str__(self):
        counts = ((name, len(keys)) for name, keys in vars(self).items())
        return ", ".join(f"{count} {name}" for name, count in counts if count) or "unchanged"


def read(path: Path) -> list[Seed]:
    """The groups of a file; SeedError where it is not as it should be."""
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8"))["synonyms"]
    except (OSError, ValueError, KeyError) as error:
        raise SeedError(f"{path.name} cannot be read: {error}") from error
    seeds = [_seed(path.name, number, group) for number, group in enumerate(groups, 1)]
    keys = [seed.key for seed in seeds]
    for key in keys:
        if keys.count(key) > 1:
            raise SeedError(f"{path.name}, {key}: the key is given twice. Give one of them another.")
    return seeds


def _seed(file: str, number: int, group: dict) -> Seed:
    key = str(group.get("key", "")) or f"group {number}"
    words, only_typed = group.get("words", []), group.get("only_typed", [])
    reason = " ".join(str(group.get("reason", "")).split())
    unknown = set(group) - {"key", *_FIELDS}
    if unknown or not reason or not group.get("key"):
        what = f"“{min(unknown)}” is not known" if unknown else "key and reason must be given"
        raise SeedError(f"{file}, {key}: {what}.")
    if wrong := problems(words, only_typed):
        raise SeedError(f"{file}, {key}: {' '.join(map(str, wrong.values()))}")
    return Seed(key, "\n".join(words), "\n".join(only_typed), reason)


@transaction.atomic
def load(seeds: list[Seed], dry_run: bool = False) -> SeedReport:
    """Brings the table up to the groups, and says what became of each that is not as it was before."""
    report = SeedReport()
    rows = {row.key: row for row in Synonym.with_gone.exclude(key=None)}
    for seed in seeds:
        _bring_up(rows.get(seed.key), seed, report)
    wanted = {seed.key for seed in seeds}
    for key, row in rows.items():
        if key not in wanted and not row.is_gone and _digest(row) == row.loaded:
            Synonym.with_gone.filter(pk=row.pk).delete()
            report.removed.append(key)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _bring_up(row: Synonym | None, seed: Seed, report: SeedReport) -> None:
    values = {name: getattr(seed, name) for name in _FIELDS}
    if row is None:
        Synonym.with_gone.create(key=seed.key, loaded=_digest(seed), **values)
        report.added.append(seed.key)
    elif row.is_gone:
        report.removed.append(seed.key)
    elif _digest(row) == _digest(seed):
        # A curator and the file agree: from now on the file may change it again.
        Synonym.with_gone.filter(pk=row.pk).exclude(loaded=_digest(seed)).update(loaded=_digest(seed))
    elif _digest(row) == row.loaded:
        Synonym.with_gone.filter(pk=row.pk).update(loaded=_digest(seed), **values)
        report.changed.append(seed.key)
    else:
        report.kept.append(seed.key)


def _digest(group: Seed | Synonym) -> str:
    # Browsers send line breaks as two characters.
    texts = ("\n".join(getattr(group, name).splitlines()) for name in _FIELDS)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
