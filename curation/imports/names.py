"""When two names are the same: blanks, case and the width of letters do not count."""

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_OTHER = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """A name as it is compared."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def bare(heading: str) -> str:
    """A heading as it is compared: letters and digits alone."""
    return _OTHER.sub("", folded(heading))
