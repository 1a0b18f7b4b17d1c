"""The attached full text of a source, as readers may see it: the very lines of a section or a figure."""

import json
from functools import lru_cache
from pathlib import Path

from sources.models import Source

# A long text is shown so many lines at a time; one as long as a collection of awards fits in one page.
LINES_A_PAGE = 2_000
LINES_DIR = Path(__file__).resolve().parent / "data" / "lines"


@lru_cache(maxsize=64)
def noise_lines(slug: str) -> frozenset[int]:
    """The lines of a source that belong to no record: running headers, navigation, stray symbols."""
    path = LINES_DIR / f"{slug}.json"
    if not path.exists():
        return frozenset()
    entries = json.loads(path.read_text(encoding="utf-8"))["lines"]
    return frozenset(entry["line"] for entry in entries if entry.get("noise"))


class PrintedTexts:
    """Full texts, each read from the database once; one of these lives as long as a request or an export."""

    def __init__(self):
        self._lines: dict[int, list[str] | None] = {}

    def lines_of(self, source: Source | None) -> list[str] | None:
        """Every line of a source, None where no text is attached or readers may not see it."""
        if source is None:
            return None
        if source.pk not in self._lines:
            self._lines[source.pk] = source.public_lines()
        return self._lines[source.pk]

    def passage(self, source: Source | None, first: int | None, last: int | None) -> list[str]:
        """The non-blank lines from `first` to `last` (1-based, both included), noise left out; [] where not public."""
        lines = self.lines_of(source)
        if lines is None or first is None or last is None:
            return []
        noise = noise_lines(source.slug)
        numbers = range(first, min(last, len(lines)) + 1)
        return [lines[n - 1].strip() for n in numbers if n not in noise and lines[n - 1].strip()]
