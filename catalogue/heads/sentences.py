"""Sentences put together to a description of a fit length."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from records.names import reads_chinese

# Shorter says too little; of longer ones search engines and messages show the beginning.
LEAST, MOST = 50, 160


def fitted(*sentences: str) -> str:
    """The sentences in their order, those left out for which there is no room; one that alone is too long is cut."""
    between = "" if reads_chinese() else " "
    said = ""
    for sentence in filter(None, (" ".join(each.split()) for each in sentences)):
        longer = f"{said}{between}{sentence}" if said else sentence
        if len(longer) <= MOST:
            said = longer
        elif len(said) < LEAST:
            said = cut(longer, MOST)
    return said


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at = head.rfind(" ")
    return f"{head[:at] if at > most // 2 else head}…".replace(",…", "…")


def sentence(parts: Iterable[str]) -> str:
    """What is counted, as one sentence: "14 cases, 3 plans."."""
    parts = [each for each in parts if each]
    return f"{_(', ').join(parts)}{_('. ').strip()}" if parts else ""
