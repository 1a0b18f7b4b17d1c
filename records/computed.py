"""How the rows that the catalogue makes by itself, and finds again, are told from those that a person made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from records.plain import Plain


@dataclass(frozen=True)
class Computed:
    """How rows of a kind that were made by themselves are told from those that a person made.

    `where`: the values that mark them; `unique`: the columns of which no two rows have the same value; `said`: the
    columns of what a person says to one; `unsaid`: values of those columns where nobody has said anything.
    """

    where: dict[str, Any]
    unique: tuple[str, ...]
    said: tuple[str, ...]
    unsaid: dict[str, Any]

    def marks(self, values: Plain) -> bool:
        """Whether a row with these values was made by itself."""
        return all(values.get(name) == value for name, value in self.where.items())

    def is_unsaid(self, values: Plain) -> bool:
        """Whether nobody has said anything to a row with these values."""
        return all(values.get(name) == value for name, value in self.unsaid.items())
