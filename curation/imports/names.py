"""When two names are the same: blanks, case and the width of letters do not count."""

import re
import unicodedata

from django.utils.text import slugify

_BLANKS = re.compile(r"\s+")
_OTHER = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """A name as it is compared."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def alike(one: str, other: str) -> bool:
    """Whether two spellings differ in nothing but case, accents, blanks and hyphens."""
    return folded(one) == folded(other) or slugify(one) == slugify(other) != ""


def bare(heading: str) -> str:
    """A heading as it is compared: letters and digits alone."""
    return _OTHER.sub("", folded(heading))


def called(cells: dict[str, str]) -> str:
    """What a row that was not understood is called: its first cell that says something."""
    for name in ("title", "name", "indicator", "words", *cells):
        if name in cells:
            return cells[name].replace("\n", ", ")[:300]
    return ""
