"""The headings of a case: a dozen wordings for eight kinds, in any capitals, with or without a bullet.

The vocabulary is written as patterns over words, so that a new wording is one more alternative here; a
heading that fits none can be ruled on instead (kind "heading"). A line that looks like a heading and is
neither stops the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...lines import plain, unbulleted

KINDS = (
    "abstract",
    "background",
    "measures",
    "innovation",
    "outcomes",
    "lessons",
    "implementation",
    "schedule",
)

_AND = r"(?: ?& ?| and | or )"
_RESULT = r"(?:desired|expected|achieved|acheived|actual)"
_RESULTS = rf"{_RESULT}(?:{_AND}{_RESULT})*"
_PATTERNS = {
    "abstract": r"abstract|executive summary|summary",
    "background": rf"background(?: information)?(?:{_AND}origins?)?|origins?",
    "measures": r"(?:key |main )?measures",
    "innovation": r"(?:key |main )?innovati(?:ve|on) aspects?|(?:key |main )?innovations?",
    "outcomes": rf"(?:{_RESULTS} )?(?:outcomes?|results?|changes?)(?:{_AND}outcomes?)?",
    "lessons": r"lessons(?: learned| learnt)?",
    "implementation": r"(?:project )?implementation",
    "schedule": r"(?:project )?(?:schedule|timeline)",
}
_KIND_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_SUB_HEADING = re.compile(r"(?:\d{1,2}[.)] ?)?(?:(?:[a-z-]+ ){1,3}benefits|main features):?")
_CITY_DATA = re.compile(r"(?:basic )?city data ?(?:\((?P<qualifier>.+)\))?:?", re.IGNORECASE)
_MARKER = re.compile(r"^(?:\(?(?:\d{1,2}|[ivx]+|[a-z])[.)]\)? ?)")
_HEADER = re.compile(r"[A-Z][A-Z'. -]*,[A-Z'. -]*[A-Z]")
_LONGEST_HEADER = 6
_MOST_WORDS = 8  # of a line that looks like a heading
_LONGEST = 12  # words of a heading that is known


@dataclass(frozen=True)
class Heading:
    """A line recognised as a heading: level 1 with its kinds, or level 2, whose kinds are its parent's."""

    level: int
    kinds: tuple[str, ...]


def recognise(line: str) -> Heading | None:
    """What heading this line is; None where it is none that the vocabulary knows."""
    text = plain(unbulleted(line)).casefold()
    if kinds := _kinds(text.removesuffix(":").rstrip()):
        return Heading(1, kinds)
    return Heading(2, ()) if _SUB_HEADING.fullmatch(text) else None


def _kinds(text: str) -> tuple[str, ...]:
    """The kinds a heading names: one, or several joined by "and", each by a wording of its own."""
    if len(text.split()) > _LONGEST:  # prose: not worth trying every "and" in it
        return ()
    if kind := _kind(text):
        return (kind,)
    for joint in re.finditer(_AND, text):
        before, after = _kind(text[: joint.start()]), _kinds(text[joint.end() :])
        if before and after:
            return tuple(dict.fromkeys((before, *after)))
    return ()


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _KIND_PATTERNS.items() if pattern.fullmatch(text)), "")


def city_data_qualifier(line: str) -> str | None:
    """The qualifier of a city data heading, "" where it has none; None where the line is no such heading."""
    match = _CITY_DATA.fullmatch(plain(unbulleted(line)))
    return (match["qualifier"] or "").strip() if match else None


def is_running_header(line: str) -> bool:
    """Whether the line is "CITY, COUNTRY", of whatever case."""
    return bool(_HEADER.fullmatch(plain(line))) and len(plain(line).split()) <= _LONGEST_HEADER


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands alone is short, capitalised and ends like no sentence."""
    text = plain(unbulleted(line))
    words = _MARKER.sub("", text)
    if not words or len(words.split()) > _MOST_WORDS or words[-1] in ".,;:!?\"'”’)":
        return False
    return words[0].isupper()
