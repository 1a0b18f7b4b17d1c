"""What is remarked beside a printed value: source checks of a room above, found by line and printed form.

A page of a lower room asks for the notes of its thing through Django's reverse relations, and shows them beside the
records they speak of: no import runs upward.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

# Of one thing so many are looked at for marks: a page shows no more figures than a reader takes in.
MOST = 500
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0 ]*\d)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLANKS = re.compile(r"\s+")
# A note without a printed piece speaks of a field left blank, or of so many lines that it speaks of no value on them.
_A_FIELD = 4


def _even(text: str) -> str:
    return _BLANKS.sub("", text).casefold()


def _numbers(text: str) -> set[str]:
    """Those that tell a value: a single digit and a year stand in many sentences of one line."""
    found = {re.sub(r"[,\s]", "", each) for each in _NUMBER.findall(text)}
    return {each for each in found if len(each) > 1 and not _YEAR.fullmatch(each)}


def holds(one: str, other: str) -> bool:
    """Whether one piece holds the other, blanks and capitals aside."""
    a, b = _even(one), _even(other)
    return bool(a and b) and (a in b or b in a)


def same_form(one: str, other: str) -> bool:
    """Whether two pieces printed on one line speak of the same value: one holds the other, or a number is in both."""
    return holds(one, other) or bool(_numbers(one) & _numbers(other))


def add_remarks(records: Iterable[Any], notes: Iterable[Any]) -> None:
    """Gives each located record its `remarks`: the notes that speak of its lines and of what is printed there.

    A note speaks of the claims it names. One that names none speaks of a record when it has one of its lines and a
    printed piece in common; where either prints nothing (a label without its value), the line alone decides.
    """
    by_line: dict[tuple[int, int], list] = defaultdict(list)
    for note in notes:
        for first, last in note.place:
            if last - first >= _A_FIELD and not note.pieces:
                continue
            for line in range(first, last + 1):
                by_line[note.source_id, line].append(note)
    for record in records:
        source = record.source.pk if record.source else None
        found = {}
        for line in _lines(record) if source else ():
            found |= {note.pk: note for note in by_line.get((source, line), ()) if _speaks_of(note, record)}
        record.remarks = list(found.values())


def _lines(record: Any) -> Iterable[int]:
    first, last = record.first_line, record.last_line
    return range(first, (last or first) + 1) if first else ()


def _speaks_of(note: Any, record: Any) -> bool:
    if note.claims:
        return getattr(record, "key", "") in note.claims
    if not record.printed:
        # A field left blank is spoken of by what speaks of blanks, not by all that is said of the line.
        return note.kind == "blank"
    # How a word is spelt says nothing of another value on the line that has a number in common with it.
    same = holds if note.kind == "spelling" else same_form
    return not note.pieces or any(same(piece, record.printed) for piece in note.pieces)


def notes_of(model: type[Model], numbers: Iterable[int], most: int = MOST) -> QuerySet:
    """The public notes of the records of a model with these numbers, in the order of their severity."""
    field = model._meta.get_field("notes")
    notes = field.related_model.objects.public().filter(**{f"{field.field.name}__in": list(numbers)})
    return notes[:most]
