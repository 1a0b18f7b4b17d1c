"""History of before there were two languages: it kept the catalogue's words in one, and they are read in any.

Rooms say what those words were (`know`); what is none of them is somebody's own words, or a name, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override

# What stood there, and what it is called now.
Words = Callable[[], Iterable[tuple[str, Any]]]
_PLACE = re.compile(r"%\\\((\w+)\\\)s")  # as it is escaped

_NUMBERS = ("count", "number")


@dataclass(eq=False)
class Former:
    """A message with places, "%(table)s: %(file)s", that reads otherwise in each language, and what stands after it.

    The places named in `words` held words of the catalogue too.
    """

    message: Any
    words: Mapping[str, Words] = field(default_factory=dict)
    after: str = ""

    @cached_property
    def _patterns(self) -> list[re.Pattern]:
        """The message in each language, as what finds its places."""
        found = []
        for code, _name in settings.LANGUAGES:
            with override(code):
                found.append(re.escape(f"{self.message}{self.after}"))
        return [re.compile(_PLACE.sub(_place, each), re.DOTALL) for each in found]

    def read(self, text: str) -> str:
        """The text in the language of whoever reads it; "" where it is no such message."""
        for pattern in self._patterns:
            if (found := pattern.fullmatch(text)) is None:
                continue
            said: dict[str, Any] = found.groupdict()
            for name, words in self.words.items():
                said[name] = _now(said[name], words) if name in said else ""
                if said[name] and found.start(name) == 0:
                    said[name] = capfirst(said[name])
            if None not in said.values():
                return f"{self.message}{self.after}" % said
        return ""


def _place(found: re.Match) -> str:
    name = found[1]
    return rf"(?P<{name}>\d+)" if name in _NUMBERS else f"(?P<{name}>.+?)"


_known: dict[tuple[str, str], list[Former]] = {}


def know(kinds: Iterable[str], name: str, *messages: Former) -> None:
    """Says what the catalogue wrote itself as `name` ("subject", "reason") of operations of these kinds."""
    for kind in kinds:
        _known.setdefault((kind, name), []).extend(messages)


def read(kind: str, name: str, text: str) -> str:
    """What was kept in one language, in that of whoever reads it; as it is where it is not the catalogue's words."""
    found = (former.read(text) for former in _known.get((kind, name), ()))
    return next(filter(None, found), text) if text else ""


def _now(stored: str, words: Words) -> str | None:
    """What a word of the catalogue is called in the language of the page; None where it is none."""
    for former, word in words():
        if stored.casefold() in _in_each_language(former, word):
            return str(word)
    return None


def _in_each_language(former: str, word: Any) -> set[str]:
    found = {former.casefold()}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(word).casefold())
    return found
