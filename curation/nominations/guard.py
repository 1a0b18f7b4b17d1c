"""Keeps machines out of the public forms, with nothing but this catalogue: a trap, a time stamp, a count for each day.

No address of a reader is kept: a day's counts hold a hash made with the salt of that day, which is deleted with them.
"""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from curation.nominations.models import DayCount, DaySalt

LEAST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600
# What one address may send in a day, and all together.
MOST = {"save": (100, 5_000), "send": (10, 1_000), "mail": (5, 1_000), "report": (20, 1_000)}
_SIGNER = "curation.nominations"


def new_stamp() -> str:
    """When a form was given out, signed."""
    return signing.TimestampSigner(salt=_SIGNER).sign("form")


def stamp_is(stamp: str) -> str:
    """ "good", "fast" (sent within seconds), "old", or "none" (not one of ours)."""
    signer = signing.TimestampSigner(salt=_SIGNER)
    try:
        signer.unsign(stamp, max_age=LONGEST_SECONDS)
    except signing.SignatureExpired:
        return "old"
    except signing.BadSignature:
        return "none"
    try:
        signer.unsign(stamp, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return "good"
    return "fast"


def address_of(request: HttpRequest) -> str:
    """Where a request came from; of the newer addresses the part that belongs to one household."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The last one is what our own proxy saw; those before it anybody may have written.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _hashed(who: str, day) -> str:
    salt, _made = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(24)})
    return hmac.new(salt.salt.encode(), who.encode(), hashlib.sha256).hexdigest()


def may(what: str, who: str) -> bool:
    """Counts one more of `what` (see MOST) by `who`; whether that is within what one, and all, may send today.

    Who is over the limit of one uses up nothing of what all may send.
    """
    day = timezone.now().date()
    for whose, most in zip((_hashed(who, day), ""), MOST[what], strict=True):
        row, _made = DayCount.objects.get_or_create(day=day, what=what, who=whose)
        # Counted by the database, so that two at once are two.
        if not DayCount.objects.filter(pk=row.pk, count__lt=most).update(count=F("count") + 1):
            return False
    return True


def forget_days() -> int:
    """Deletes the salts and counts of days that are over, and counts them."""
    before = timezone.now().date() - timedelta(days=1)
    DaySalt.objects.filter(day__lt=before).delete()
    return DayCount.objects.filter(day__lt=before).delete()[0]
