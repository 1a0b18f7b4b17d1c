"""The life of a nomination until it is in the inbox, and when what is known of its author is deleted."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language

from curation.nominations.models import ErrorReport, Nomination

FIELDS = (
    *("title", "city", "country", "who", "began", "tried", "outcomes", "sources"),
    *("themes", "partners", "name", "email", "licensed"),
)


class Closed(Exception):
    """The nomination is with the editors: its author can no longer change it."""


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 bits that nobody guesses, fit for an address."""
    return secrets.token_urlsafe(32)


def _known(name: str, token: str) -> Nomination | None:
    digest = hashed(token)
    found = Nomination.objects.filter(**{name: digest}).first()
    if found is None or not constant_time_compare(getattr(found, name), digest):
        return None
    is_over = found.state in Nomination.OF_ITS_AUTHOR and found.expires_at <= timezone.now()
    return None if is_over else found


def by_link(token: str) -> Nomination | None:
    """The nomination of a private link; None where there is none, or it has expired."""
    return _known("token_hash", token)


def by_confirmation(token: str) -> Nomination | None:
    """The nomination that a link in a mail confirms."""
    return _known("confirm_hash", token)


def save(said: dict, nomination: Nomination | None = None) -> tuple[Nomination, str]:
    """Keeps what was typed as a draft. Gives it and, where it is new, the token of its private link ("" otherwise).

    What was sent and not confirmed becomes a draft again: the mail on its way confirms another text.
    """
    token = ""
    with transaction.atomic():
        if nomination is None:
            token = new_token()
            nomination = Nomination(token_hash=hashed(token))
        else:
            nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
            if nomination.state not in Nomination.OF_ITS_AUTHOR:
                raise Closed
        for name in FIELDS:
            setattr(nomination, name, said[name])
        now = timezone.now()
        nomination.state, nomination.confirm_hash = Nomination.State.DRAFT, ""
        nomination.saved_at = now
        nomination.expires_at = now + timedelta(days=settings.NOMINATION_DRAFT_DAYS)
        nomination.language = get_language() or settings.LANGUAGE_CODE
        nomination.save()
    return nomination, token


def await_confirmation(nomination: Nomination) -> str:
    """Marks a draft as sent; gives the token that its mail carries."""
    token = new_token()
    nomination.state, nomination.confirm_hash = Nomination.State.SENT, hashed(token)
    nomination.save(update_fields=["state", "confirm_hash"])
    return token


def confirm(nomination: Nomination) -> None:
    """Puts it into the inbox, with a word where another one says the same."""
    words = "|".join(" ".join(each.casefold().split()) for each in (nomination.city, nomination.tried))
    with transaction.atomic():
        nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
        if nomination.state != Nomination.State.SENT:
            return
        nomination.text_hash = hashed(words)
        same = Nomination.objects.filter(text_hash=nomination.text_hash).exclude(pk=nomination.pk)
        nomination.duplicate_of = same.order_by("pk").first()
        nomination.state, nomination.confirmed_at = Nomination.State.NEW, timezone.now()
        nomination.save()


def withdraw(nomination: Nomination) -> None:
    """Its author takes it back: all of it, or, where it has become a case, what is known of the author."""
    if nomination.state == Nomination.State.TURNED:
        forget_person(nomination)
    else:
        nomination.delete()


def forget_person(sent: Nomination | ErrorReport) -> None:
    """Deletes what is known of who sent it, and the links they hold."""
    sent.email, sent.answer, sent.forgotten_at = "", "", timezone.now()
    if isinstance(sent, Nomination):
        sent.name, sent.token_hash, sent.confirm_hash = "", None, ""
    sent.save()


def forget_due() -> dict[str, int]:
    """Deletes drafts that have expired, spam, and the personal data of what was closed long enough ago."""
    now = timezone.now()
    closed = now - timedelta(days=settings.NOMINATION_KEEP_DAYS)
    expired = Nomination.objects.filter(state__in=Nomination.OF_ITS_AUTHOR, expires_at__lte=now)
    counts = {"drafts": expired.count(), "spam": 0, "people": 0}
    expired.delete()
    for model in (Nomination, ErrorReport):
        due = model.objects.filter(state__in=model.CLOSED, handled_at__lte=closed)
        counts["spam"] += due.filter(state=model.State.SPAM).count()
        due.filter(state=model.State.SPAM).delete()
        for sent in due.filter(forgotten_at=None):
            forget_person(sent)
            counts["people"] += 1
    return counts
