"""What a table that can be imported is declared by: its columns, and the records that a row of it makes or changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

Reader = Callable[[str, Any], Any]


class Wrong(Exception):
    """A cell or a row cannot be taken; its text says why (said.py). `column` names ours, where it is of one."""

    def __init__(self, text: Any, column: str = ""):
        super().__init__(text)
        self.text, self.column = text, column


@dataclass(frozen=True)
class Column:
    """One column. `read` makes a value of a cell that is not empty (cells.py); `field` is what it fills in its part.

    `names` are further headings it is known by. `same` tells whether a value says nothing new of a record: a year of
    a date that is kept to the day, another of the names a city is known by.
    """

    name: str
    label: Any
    help: Any
    read: Reader
    field: str = ""
    part: str = ""
    required: bool = False
    names: tuple[str, ...] = ()
    same: Callable[[models.Model, Any], bool] | None = None

    @property
    def fills(self) -> str:
        return self.field or self.name


@dataclass(frozen=True)
class Part:
    """A record that a row makes or changes.

    `find` gives the key that tells it apart within the file, and the number of the record that has it or None; it
    raises Wrong where it could be two. `refers` names the fields that hold another part of the row; `each` the column
    whose list makes one record for each entry, in the field of that name. `needs` names columns of which one must be
    filled in, or the row does not speak of it. `complete` gives what follows from the values of one that is new
    (None) or changed. `shared`: several rows may speak of the same one, in the same words. A record whose `moves` is
    set takes its place in the source from the row that changed it, and from the column `prints` what is printed there.
    """

    model: type[models.Model]
    find: Callable[[dict, Any], tuple[tuple, int | None]]
    refers: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    complete: Callable[[dict, models.Model | None, Any], dict] | None = None
    each: tuple[str, str] | None = None
    needs: tuple[str, ...] = ()
    shared: bool = False
    moves: bool = True
    prints: str = ""


@dataclass(frozen=True)
class Importer:
    """A table. `parts` by their names, "" being the one the row is about, each after those it refers to."""

    name: str
    label: Any
    help: Any
    parts: Mapping[str, Part]
    columns: tuple[Column, ...]

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def rights(self) -> list[str]:
        """What somebody must be allowed to do who imports it."""
        labels = [(part.model._meta.app_label, part.model._meta.model_name) for part in self.parts.values()]
        return sorted({f"{app}.{act}_{name}" for app, name in labels for act in ("add", "change")})
