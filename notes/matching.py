"""Whether two say the same: a check and an editor, a note and a figure. By lines and printed values, never by words."""

from __future__ import annotations

from notes.checks.registry import Finding
from notes.models import Note
from sources import lines
from sources.remarks import same_form

_NO_LINES: frozenset[int] = frozenset()


def lines_of(text: str) -> frozenset[int]:
    """The numbers of the lines of "75-79; 83"; none where it is no such list."""
    try:
        return frozenset(line for first, last in lines.parse(text) for line in range(first, last + 1))
    except ValueError:
        return _NO_LINES


def say_the_same(note: Note, check: str, finding: Finding) -> bool:
    """Whether an editor's note is about what a check found.

    The editor may have said so (`same_as`): then one line in common is enough. Otherwise they are of one kind, the
    lines of one lie within those of the other, and they have a printed piece in common; where one prints nothing (a
    label without its value), the lines are the same.
    """
    own, found = lines_of(note.lines), lines_of(finding.lines)
    if note.same_as:
        return note.same_as == check and bool(own & found)
    if note.kind != finding.kind or not (own <= found or found <= own):
        return False
    if not (finding.printed and note.pieces):
        return own == found
    return any(same_form(piece, printed) for piece in note.pieces for printed in finding.printed)
