"""What a load did, as data; the command prints it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import NamedTuple

from records.loading.files import Key, key_text


class Item(NamedTuple):
    """One record of a report: its model ("cases.section"), its natural key as the fixtures name it, and
    what was seen.
    """

    model: str
    key: Key
    detail: str = ""

    def __str__(self):
        text = f"{self.model} {key_text(self.key)}"
        return f"{text}: {self.detail}" if self.detail else text


@dataclass
class LoadReport:
    """What became of each record, those of the fixtures in exactly one of the lists but for `shown_again`.

    added, changed, unchanged: as the fixtures have them now. kept: differs from the fixtures, or is gone
    from them, and stays as it is. deleted_by_curator: not made. hidden: gone from the fixtures, hidden by
    this load. shown_again: had been hidden for that, and is back.
    """

    added: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    unchanged: list[Item] = field(default_factory=list)
    kept: list[Item] = field(default_factory=list)
    hidden: list[Item] = field(default_factory=list)
    shown_again: list[Item] = field(default_factory=list)
    deleted_by_curator: list[Item] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many stand in each list, by its name."""
        return {each.name: len(getattr(self, each.name)) for each in fields(self)}
