"""What staff do with what was sent, written down in the history without a word of the person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from curation.nominations import drafts, mail
from curation.nominations.models import ErrorReport, Nomination
from records.operations import Change, Operation
from records.said import Anew

Sent = Nomination | ErrorReport


def write_down(
    sent: Sent, user: AbstractUser, what: Promise, reason: str = "", **changed: tuple[str | None, str]
) -> None:
    """One entry of the history: `what` was done, and the fields that `changed` from what to what.

    Nothing of what the person wrote.
    """
    label = sent._meta.label_lower
    done = Operation(kind=Operation.Kind.INBOX, user=user, by=user.get_username(), reason=reason)
    done.say("subject", Anew(lambda: f"{capfirst(sent._meta.verbose_name)} {sent.pk}: {what}"))
    with transaction.atomic():
        done.save()
        done.changes.create(
            action=Change.Action.CHANGED,
            model=label,
            object_id=sent.pk,
            # Beside the kind of record, wherever it is shown.
            name=str(sent.pk),
            root_model=label,
            root_id=sent.pk,
            before={name: before for name, (before, _after) in changed.items()},
            after={name: after for name, (_before, after) in changed.items()},
        )


def set_state(sent: Sent, state: str, reason: str, user: AbstractUser) -> None:
    """Takes it up, closes it, or opens it again."""
    before, sent.state, sent.reason = sent.state, state, reason
    sent.handled_by, sent.handled_at = user.get_username(), timezone.now()
    sent.save(update_fields=["state", "reason", "handled_by", "handled_at"])
    write_down(sent, user, type(sent).State(state).label, reason, state=(before, state))


def send_answer(sent: Sent, text: str, request: HttpRequest) -> bool:
    """Writes to the person for whoever is signed in; False where the mail could not be sent."""
    if not sent.email or not mail.answer(sent, text, request):
        return False
    sent.answer, sent.answered_at = text, timezone.now()
    sent.save(update_fields=["answer", "answered_at"])
    write_down(
        sent,
        request.user,
        pgettext_lazy("done with a letter", "answered"),
        answered_at=(None, sent.answered_at.isoformat()),
    )
    return True


def forget(sent: Sent, user: AbstractUser) -> None:
    """Deletes what is known of the person."""
    drafts.forget_person(sent)
    write_down(
        sent,
        user,
        pgettext_lazy("done with a letter", "personal data deleted"),
        forgotten_at=(None, timezone.now().isoformat()),
    )
