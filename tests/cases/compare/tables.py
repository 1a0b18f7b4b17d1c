"""Reading the tables of a comparison from its page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Shown:
    """One row as a reader sees it: its label, its sign in words, the text of each cell and the name above it."""

    label: str = ""
    differs: bool | None = None
    cells: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Comparison(HTMLParser):
    """The rows of the page, part by part."""

    def __init__(self, html: str):
        super().__init__()
        self.rows: list[Shown] = []
        self._within: list[str] = []
        self._row: Shown | None = None
        self.feed(html)
        for row in self.rows:
            row.label, row.cells = _even(row.label), [_even(text) for text in row.cells]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "tr" and attrs.get("class") in ("is-different", "is-same"):
            self._row = Shown(differs=attrs["class"] == "is-different")
            self.rows.append(self._row)
        elif tag == "table":
            self._row = None
        if self._row is None:
            return
        if tag == "td":
            self._row.cells.append("")
            self._row.names.append(attrs["data-label"])
        if tag in ("th", "td"):
            self._within = [tag]

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self._within = []

    def handle_data(self, data):
        if self._row is None or not self._within:
            return
        if self._within == ["td"]:
            self._row.cells[-1] += data
        else:
            self._row.label += data


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
