"""What may stand in a query, and how a refused value is shown."""

import re

_SHOWN = 60
# Control characters, halves of pairs, and U+FFFD, which stands where the bytes of an address were no UTF-8.
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


def is_plain(text: str) -> bool:
    """Whether a database and a page can take the text: no control characters, nothing broken in decoding.

    PostgreSQL refuses NUL.
    """
    return not _BROKEN.search(text)


def plain(text: str) -> str:
    """The text without what is not plain."""
    return _BROKEN.sub("", text)


def shown(text: str) -> str:
    """A refused value as a message may repeat it: at most 60 characters, what cannot be printed as U+FFFD."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return _BROKEN.sub("\ufffd", cut)
