"""What a check yields, and the list of all checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from notes.vocabularies import Kind, Severity


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit. `key` tells it from others that the same check finds about the same thing.

    `note` is our explanation in English, as all content; `settles` what would settle it, where something is not there.
    """

    key: str
    kind: Kind
    severity: Severity
    lines: str
    note: str
    printed: tuple[str, ...] = ()
    computed: str = ""
    difference_pct: Decimal | None = None
    settles: str = ""

    @property
    def values(self) -> str:
        """What an answer to it is about."""
        return "\n=\n".join(("\n".join(self.printed), self.computed))


@dataclass(frozen=True)
class Check:
    """A check by its name; `of` is the class of the records it looks at."""

    name: str
    of: type
    find: Callable[..., Iterable[Finding]]


CHECKS: dict[str, Check] = {}


def check(name: str, of: type) -> Callable[[Callable], Callable]:
    """Makes a function known as the check of this name."""

    def known(find: Callable) -> Callable:
        if name in CHECKS:
            raise ValueError(f"There are two checks called {name}.")
        CHECKS[name] = Check(name, of, find)
        return find

    return known


def places(*records) -> str:
    """The lines of located records, in order, each place once: "372; 374"."""
    found = {(each.first_line, each.last_line): each.lines for each in records if each.first_line}
    return "; ".join(found[place] for place in sorted(found))
