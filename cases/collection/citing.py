"""The cases of a collection as a list of references, in one of the styles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from listing.addresses import Address
from listing.citations import STYLES, shown_item, written
from listing.columns import Table
from listing.formats.base import Export
from listing.formats.cited import cited
from listing.text import shown

# Ten milliseconds for each the first time: half a second.
MOST = 50


@dataclass(frozen=True)
class References:
    """What the page shows: the styles to choose from, the one chosen, its references, or why there are none."""

    styles: list[dict]
    name: str = ""
    references: tuple[SafeString, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class Citing:
    """What is asked: `style` as the address has it, the rows, how many they are, and the address without it."""

    style: str
    rows: Any
    count: int
    address: Address

    def read(self, site: str, table: Table) -> References:
        """The references; every row, or a message where they are too many or the style is not known."""
        styles = [
            {"name": name, "url": f"{self.address.having('cite', key)}#cite", "current": key == self.style}
            for key, (name, _file) in STYLES.items()
        ]
        if not self.style:
            return References(styles)
        if self.style not in STYLES:
            message = _("“%(value)s” is not a known value of “%(name)s”.")
            return References(styles, message=message % {"value": shown(self.style), "name": "cite"})
        if self.count > MOST:
            message = _(
                "Up to %(most)d cases are written out here. Take BibTeX or RIS, and let a reference manager write them."
            )
            return References(styles, message=message % {"most": MOST})
        name, file = STYLES[self.style]
        today = timezone.localdate()
        records = (shown_item(what, today) for what in cited(Export(table, self.rows, site)))
        made = [written(json.dumps(record, sort_keys=True, ensure_ascii=False), file) for record in records]
        return References(styles, name, tuple(made))
