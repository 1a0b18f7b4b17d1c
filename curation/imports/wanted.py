"""What a plan holds: the rows of a list, and the records that they ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from curation.imports.declared import Part
from curation.imports.models import ImportRow
from records import history

Status = ImportRow.Status


@dataclass
class Wanted:
    """One record that rows speak of. `pk` is None for one to be made; `changes` are its fields that would change."""

    part: Part
    key: tuple
    pk: int | None
    values: dict[str, Any]
    rows: list[Row]
    cells: dict[str, str]
    record: models.Model | None = None
    before: history.Plain | None = None
    changes: list[str] = field(default_factory=list)
    shown: list[list[Any]] = field(default_factory=list)
    is_broken: bool = False

    @property
    def owner(self) -> Row | None:
        """The first of its rows that is not refused: what is done to it is that one's doing."""
        return next((row for row in self.rows if not row.problems), None)

    @property
    def is_wanted(self) -> bool:
        """Whether any row that is not refused asks for something to be done to it."""
        return bool(self.pk is None or self.changes) and self.owner is not None


@dataclass
class Row:
    line: int
    cells: dict[str, str]
    problems: list[list[Any]] = field(default_factory=list)
    wanted: list[tuple[str, Wanted]] = field(default_factory=list)
    name: str = ""

    @property
    def status(self) -> str:
        if self.problems:
            return Status.REFUSED
        own = [(name, each) for name, each in self.wanted if each.owner is self]
        if any(name == "" and each.pk is None for name, each in own):
            return Status.NEW
        is_changed = any(each.pk is None or each.changes for _name, each in own)
        return Status.CHANGED if is_changed else Status.UNCHANGED

    @property
    def changes(self) -> list[list[Any]]:
        mine = (each for _name, each in self.wanted if each.owner in (self, None))
        return [change for each in mine for change in each.shown]
