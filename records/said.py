"""What the catalogue itself says and keeps is kept in every language: who reads it later need not be who was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, override

ByLanguage = dict[str, str]


class Said:
    """A message and its words, put together in the language in which it is read. Used as `_`, as gettext is."""

    def __init__(self, text: str, words: Mapping[str, Any] | None = None):
        self._text, self._words = text, words

    def __mod__(self, words: Mapping[str, Any]) -> Said:
        return Said(self._text, words)

    def __str__(self) -> str:
        text = gettext(self._text)
        return text if self._words is None else text % self._words


class Anew:
    """What a function says, asked anew in each language."""

    def __init__(self, ask: Callable[[], str]):
        self._ask = ask

    def __str__(self) -> str:
        return self._ask()


# What may be kept: words of a person, the same in each language, or words of the catalogue.
Text = str | ByLanguage | Said | Anew


def in_each_language(text: Any) -> ByLanguage:
    """A text that reads otherwise in each language, as it is kept."""
    if isinstance(text, dict):
        return text
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(text)
    return found


def told_apart(text: Text) -> tuple[str, ByLanguage]:
    """A text in the first language, and in each where they differ; a person's own words do not."""
    if isinstance(text, str):
        return text, {}
    found = in_each_language(text)
    first = found[settings.LANGUAGE_CODE]
    return first, found if len(set(found.values())) > 1 else {}


def for_reader(kept: str | ByLanguage) -> str:
    """What was kept, in the language of whoever reads it; a plain text is the same in all."""
    if isinstance(kept, str):
        return kept
    return kept.get(get_language() or "") or next(iter(kept.values()), "")
