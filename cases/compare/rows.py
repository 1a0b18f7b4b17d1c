"""A comparison as rows: what each thing says about one matter, and whether they say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_ITEMS = 60  # in one cell; what is beyond stands in a list of its own


@dataclass(frozen=True)
class Said:
    """A few words that follow a value: its date, its role, who says so. `lang` where they are not the page's."""

    text: str
    lang: str = ""


@dataclass(frozen=True)
class Item:
    """One value. Values with the same `key` are the same; None is no value: a label printed without one.

    `html` stands for the text where it holds markup. `place` is the record that was read, `lines` stand in for its own;
    `brief` where its source need not be named again. `shared_by` says how many of the things compared have it too.
    """

    key: Hashable
    text: str = ""
    lang: str = ""
    html: SafeString | None = None
    url: str = ""
    said: Sequence[Said] = ()
    place: Any = None
    lines: str = ""
    brief: bool = False
    number: Decimal | None = None
    remarks: Sequence[Any] = ()
    shared_by: str = ""

    @property
    def plain(self) -> str:
        """The value as text."""
        return unescape(strip_tags(self.html)) if self.html is not None else self.text

    @property
    def words(self) -> str:
        """What follows it, as text."""
        return "; ".join(each.text for each in self.said)

    @property
    def where(self) -> str:
        """The slug of its source and the lines, with a colon between; "" where it was read nowhere."""
        lines = self.lines or getattr(self.place, "lines", "")
        source = getattr(self.place, "source", None)
        return f"{source.slug}:{lines}" if source and lines else ""


@dataclass
class Cell:
    """What one thing, called `name`, says about the matter of a row. `more_url` leads to what is beyond the items."""

    items: Sequence[Item] = ()
    more: int = 0
    more_url: str = ""
    name: str = ""

    @property
    def has_value(self) -> bool:
        """Whether any value is printed."""
        return any(item.key is not None for item in self.items)

    @property
    def keys(self) -> Counter:
        """The values, for telling whether another cell says the same."""
        return Counter(item.key for item in self.items if item.key is not None)


@dataclass
class Row:
    """One matter, with a cell for each thing compared. `empty` is said where a cell has nothing.

    `tells_shared` asks for words at each item that another thing has too; `is_folded` folds long cells away. `caution`
    says what makes values hard to compare, `is_judged` that the values are an editor's judgement.
    """

    label: str
    cells: list[Cell]
    empty: str = ""
    label_lang: str = ""
    tells_shared: bool = False
    is_folded: bool = False
    caution: str = ""
    is_judged: bool = False

    def __post_init__(self):
        if self.tells_shared:
            self._tell_shared()

    @cached_property
    def differs(self) -> bool:
        """Whether the things compared do not all say the same. That none of them says anything is the same."""
        first = self.cells[0]
        return any((cell.keys, cell.more) != (first.keys, first.more) for cell in self.cells[1:])

    @property
    def has_value(self) -> bool:
        """Whether any of them says anything."""
        return any(cell.has_value for cell in self.cells)

    def _tell_shared(self) -> None:
        count, every = Counter(key for cell in self.cells for key in set(cell.keys)), len(self.cells)
        for cell in self.cells:
            cell.items = [_with(item, _shared(count[item.key], every)) for item in cell.items]


def _with(item: Item, words: str) -> Item:
    return replace(item, shared_by=words) if words else item


def _shared(count: int, every: int) -> str:
    if count < 2:
        return ""
    if count == every:
        return ngettext("in both", "in all %(count)d", every - 1) % {"count": every}
    return _("in %(count)d of %(every)d") % {"count": count, "every": every}


def cell(items: Iterable[Item], more_url: str = "") -> Cell:
    """A cell of these items, the first of them where they are too many."""
    every = list(items)
    return Cell(every[:MOST_ITEMS], len(every[MOST_ITEMS:]), more_url)


@dataclass(frozen=True)
class Part:
    """Rows under one heading."""

    key: str
    label: str
    note: str
    rows: Sequence[Row]


def shown(parts: Iterable[Part], only_differing: bool) -> list[Part]:
    """The parts as they are asked for: with every row, or with those alone that differ; empty ones left out."""
    kept = []
    for part in parts:
        rows = [row for row in part.rows if row.differs or not only_differing]
        if rows:
            kept.append(Part(part.key, part.label, part.note, rows))
    return kept
