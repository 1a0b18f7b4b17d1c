"""What a browser would send from the two public forms, and records for tests."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from curation.nominations import drafts, guard
from curation.nominations.models import Nomination


class _Earlier(signing.TimestampSigner):
    seconds = 0

    def timestamp(self):
        return signing.b62_encode(int(timezone.now().timestamp()) - self.seconds)


def stamp(seconds: int = 60) -> str:
    """The time stamp of a form that was given out so many seconds ago."""
    signer = _Earlier(salt=guard._SIGNER)
    signer.seconds = seconds
    return signer.sign("form")


def typed(**changes) -> dict:
    """A nomination that is complete; None takes a field out."""
    said = {
        "title": "Shade for the market",
        "city": "Ningbo",
        "country": "CN",
        "who": "The market's traders",
        "began": "2019",
        "tried": "Awnings were put up.\nThey are moved by hand.",
        "outcome_0": "40 stalls have shade",
        "outcome_place_0": "Report, page 3",
        "source_0": "https://example.org/report",
        "source_place_0": "3",
        "partners": "A school",
        "name": "Ada Writer",
        "email": "ada@example.org",
        "licensed": "on",
        "stamp": stamp(),
        "do": "send",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def reported(**changes) -> dict:
    said = {"page": "/cases/", "what": "The year is wrong.", "stamp": stamp(), **changes}
    return {name: value for name, value in said.items() if value is not None}


def make_nomination(state: str = "new", **fields) -> Nomination:
    now = timezone.now()
    values = {
        "title": "Shade for the market",
        "city": "Ningbo",
        "tried": "Awnings were put up.\nThey are moved by hand.",
        "outcomes": [["40 stalls have shade", "Report, page 3"]],
        "sources": [["https://example.org/report", "3"]],
        "name": "Ada Writer",
        "email": "ada@example.org",
        "licensed": True,
        "token_hash": drafts.hashed(drafts.new_token()),
        "expires_at": now + timedelta(days=30),
        "confirmed_at": None if state in Nomination.OF_ITS_AUTHOR else now,
        **fields,
    }
    return Nomination.objects.create(state=state, **values)
