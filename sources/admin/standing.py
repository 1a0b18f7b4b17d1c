"""Whether a printed form stands where a record says it does: the one check behind every form that has one."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources import lines
from sources.admin.preview import StaffTexts
from sources.models import Source

# A message names so many other places, and quotes so much of what stands on the lines given.
NAMED_PLACES = 3
QUOTED = 200
# What a converter leaves between letters without anybody seeing it.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))


@dataclass(frozen=True)
class Place:
    """Where a form says a thing is printed; without lines, anywhere in the source."""

    source: Source
    first: int | None = None
    last: int | None = None


def even(text: str) -> str:
    """The text with every run of blanks, no-break ones and line ends included, as one blank."""
    return " ".join(text.translate(_INVISIBLE).split())


def objection(printed: str, place: Place, texts: StaffTexts) -> str | None:
    """What a curator is told where `printed` does not stand at `place`; "" where it does.

    None where nobody can say, the text of the source not being attached.
    """
    text = texts.lines_of(place.source)
    if text is None:
        return None
    wanted = even(printed)
    if not wanted:
        return ""
    if place.first is None:
        if wanted in even("\n".join(text)):
            return ""
        return _("“%(printed)s” does not stand anywhere in this source: copy it from there.") % {
            "printed": Truncator(printed).chars(QUOTED)
        }
    there = even("\n".join(text[place.first - 1 : place.last]))
    return "" if wanted in there else _says_otherwise(printed, place, there, elsewhere(wanted, text))


def elsewhere(wanted: str, text: list[str]) -> list[int]:
    """The first few lines that hold the whole printed form."""
    found = (number for number, line in enumerate(text, 1) if wanted in even(line))
    return [number for number, _place in zip(found, range(NAMED_PLACES), strict=False)]


def _says_otherwise(printed: str, place: Place, there: str, other: list[int]) -> str:
    words = {
        "printed": Truncator(printed).chars(QUOTED),
        "lines": lines.write(place.first, place.last),
        "there": Truncator(there).chars(QUOTED),
        "other": ", ".join(map(str, other)),
    }
    if there:
        said = ngettext(
            "“%(printed)s” does not stand on line %(lines)s of this source. It says: “%(there)s”.",
            "“%(printed)s” does not stand on lines %(lines)s of this source. They say: “%(there)s”.",
            (place.last or place.first) - place.first + 1,
        )
    else:
        said = _("“%(printed)s” does not stand at %(lines)s in this source, where there is no text.")
    advice = (
        _("It stands on line %(other)s: correct the lines, or copy what stands on yours.")
        if other
        else _("Copy it from there, or correct the lines.")
    )
    return f"{said % words} {advice % words}"
