"""What may stand in a query, and how a refused value is shown."""

import unicodedata

_SHOWN = 60


def is_plain(text: str) -> bool:
    """Whether a database and a page can take the text: no control characters, nothing broken in decoding.

    PostgreSQL refuses NUL; U+FFFD stands where the bytes of an address were no UTF-8.
    """
    return not any(unicodedata.category(char) in ("Cc", "Cs") or char == "\ufffd" for char in text)


def shown(text: str) -> str:
    """A refused value as a message may repeat it: at most 60 characters, what cannot be printed as U+FFFD."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(char if is_plain(char) else "\ufffd" for char in cut)
