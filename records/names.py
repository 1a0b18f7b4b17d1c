"""What readers call a record: its name in their language first, and in which language each name is."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from django.utils.translation import get_language

ENGLISH, CHINESE = "en", "zh-Hans"
# Of several languages, or of one that nobody has said.
OTHER = "mul"
# A run of Chinese characters, with the punctuation and the numerals that stand within one.
_SIGN = "[\u3007\u3400-\u9fff]"
HAN = re.compile(f"{_SIGN}(?:[\u3007\u3400-\u9fff\u3001-\u301f\uff01-\uff5e·0-9A-Za-z-]*{_SIGN})?")
_WHOLLY_HAN = re.compile("[\u3007\u3400-\u9fff·]+")


class Name(NamedTuple):
    """A name as it is written, and the tag of its language."""

    text: str
    language: str


class Named(Protocol):
    """What has names: every record."""

    def names(self) -> tuple[Name, ...]: ...


def reads_chinese() -> bool:
    """Whether the active language is Chinese."""
    return (get_language() or "").startswith("zh")


def is_chinese(text: str) -> bool:
    """Whether a name is written in Chinese characters and nothing else."""
    return bool(_WHOLLY_HAN.fullmatch(text))


def language_of(name: str) -> str:
    """The tag of a name that is not English: what is not written in Chinese characters is in a language unsaid."""
    return CHINESE if is_chinese(name) else OTHER


def called(record: Named) -> str:
    """What readers of the active language call a record, where one name has to do."""
    return record.names()[0].text


def every_name(record: Named) -> str:
    """The same with its name in English behind, where that is another: "海口 Haikou"; "Haikou"."""
    first, *others = record.names()
    return " ".join([first.text, *(each.text for each in others if each.language == ENGLISH)])
