"""What curators say to a source check, and when what they said no longer holds."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from notes.models import Note
from notes.vocabularies import Answer
from sources.models import Ruling


def fill(note: Note, verdict: str, reason: str, by: str, ruling: Ruling | None = None) -> None:
    """Puts an answer into a note without saving it; OPEN takes neither reason nor ruling."""
    is_open = verdict == Answer.OPEN
    note.answer = verdict
    note.answer_reason = "" if is_open else reason
    note.ruling = ruling if verdict == Answer.CORRECTED else None
    note.answered_by = "" if is_open else by
    note.answered_at = None if is_open else timezone.now()
    note.answered_about = "" if is_open else note.about
    note.former_answer = ""


def answer(note: Note, verdict: str, reason: str, by: str, ruling: Ruling | None = None) -> None:
    """Answers a note, or opens it again, and saves it."""
    fill(note, verdict, reason, by, ruling)
    note.save()


def reopen_where_changed(notes: QuerySet) -> int:
    """Opens those whose printed or computed values are no longer what the answer was about, and counts them."""
    count = 0
    for note in notes.exclude(answer=Answer.OPEN).iterator():
        if note.answered_about == note.about:
            continue
        former = f"{note.get_answer_display()}: {note.answer_reason} ({note.answered_by}, {note.answered_at:%Y-%m-%d})"
        answer(note, Answer.OPEN, "", "")
        note.former_answer = former
        note.save(update_fields=["former_answer"])
        count += 1
    return count
