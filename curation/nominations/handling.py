"""What staff do with what was sent, written down in the history without a word of the person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from curation.nominations import drafts, mail
from curation.nominations.models import ErrorReport, Nomination
from records.operations import Operation

Sent = Nomination | ErrorReport


def write_down(sent: Sent, user: AbstractUser, what: str, reason: str = "") -> None:
    """One entry of the history: nothing of the catalogue is changed by it."""
    kind = "Error report" if isinstance(sent, ErrorReport) else "Nomination"
    Operation.objects.create(
        kind=Operation.Kind.NOMINATION if kind == "Nomination" else Operation.Kind.EDIT,
        user=user,
        by=user.get_username(),
        reason=reason,
        subject=f"{kind} {sent.pk}: {what}"[:300],
    )


def set_state(sent: Sent, state: str, reason: str, user: AbstractUser) -> None:
    """Takes it up, closes it, or opens it again."""
    sent.state, sent.reason = state, reason
    sent.handled_by, sent.handled_at = user.get_username(), timezone.now()
    sent.save(update_fields=["state", "reason", "handled_by", "handled_at"])
    write_down(sent, user, type(sent).State(state).value, reason)


def send_answer(sent: Sent, text: str, user: AbstractUser) -> bool:
    """Writes to the person; False where the mail could not be sent."""
    if not sent.email or not mail.answer(sent, text):
        return False
    sent.answer, sent.answered_at = text, timezone.now()
    sent.save(update_fields=["answer", "answered_at"])
    write_down(sent, user, "answered")
    return True


def forget(sent: Sent, user: AbstractUser) -> None:
    drafts.forget_person(sent)
    write_down(sent, user, "personal data deleted")
