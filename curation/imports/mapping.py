"""Which column of a list fills which of ours: by its heading, as it was chosen last, or as the curator says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils.translation import override

from curation.imports.cells import LANGUAGES
from curation.imports.declared import Column, Importer
from curation.imports.models import SavedColumns
from curation.imports.names import bare

Chosen = dict[str, dict[str, str]]


def headings_of(column: Column) -> list[str]:
    """Every heading a column is known by, the surest first."""
    labels = []
    for language in LANGUAGES:
        with override(language):
            labels.append(str(column.label))
    return [*column.names, column.name, *labels]


def by_name(importer: Importer, heading: Iterable[str]) -> Chosen:
    """The columns whose heading says which of ours they are."""
    theirs = {bare(name): name for name in reversed(list(heading)) if name}
    chosen: Chosen = {}
    taken: set[str] = set()
    for column in importer.columns:
        for known in headings_of(column):
            name = theirs.get(bare(known))
            if name and name not in taken:
                chosen[column.name] = {"column": name}
                taken.add(name)
                break
    return chosen


def remembered(importer: Importer, heading: list[str]) -> Chosen | None:
    """How a list with these headings was read the last time."""
    saved = SavedColumns.objects.filter(table=importer.name, headings=_sum(heading)).first()
    return saved and saved.columns


def remember(importer: Importer, heading: list[str], chosen: Chosen) -> None:
    """Keeps the choice for the next list with these headings."""
    SavedColumns.objects.update_or_create(
        table=importer.name, headings=_sum(heading), defaults={"columns": chosen}
    )


def _sum(heading: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(map(bare, heading))).encode()).hexdigest()


def problems(importer: Importer, heading: list[str], chosen: Chosen) -> list[str]:
    """Names of ours or theirs in a choice that are not there."""
    unknown = [name for name in chosen if name not in importer.by_name]
    theirs = {said["column"] for said in chosen.values() if said.get("column")}
    return [*unknown, *sorted(theirs - set(heading))]
