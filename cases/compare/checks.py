"""Source checks of what is compared: a row for each severity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.compare.rows import Item, Part, Row, Said, cell


def checks_part(notes: Sequence[Sequence[Any]]) -> Part:
    """The notes of each thing compared: what does not fit, by how much it would mislead, the worst first."""
    said = _("What does not fit in the source, or is not there. The printed values stay as they are.")
    return Part("checks", _("Source checks"), said, _rows(notes))


def _rows(notes: Sequence[Sequence[Any]]) -> list[Row]:
    found = {note.severity: note.get_severity_display() for each in notes for note in each}
    if not found:
        return [Row(_("Source checks"), [cell([]) for _each in notes], empty=_("none"))]
    rank = ("high", "medium", "low")
    return [
        Row(
            _("Severity: %(severity)s") % {"severity": capfirst(found[severity])},
            [cell(_item(note) for note in each if note.severity == severity) for each in notes],
            empty=_("none"),
            is_folded=True,
        )
        for severity in sorted(found, key=rank.index)
    ]


def _item(note: Any) -> Item:
    return Item(
        note.slug,
        note.note,
        "en",
        url=note.get_absolute_url(),
        said=[Said(note.get_kind_display())],
        place=note,
        brief=True,
    )
