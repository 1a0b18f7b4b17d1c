"""The pages about the catalogue itself: what it is, its method, accessibility, privacy and licence."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from listing.methods import reading_only
from sources.models import Source

# When what the accessibility statement says was last held against the site.
ASSESSED_ON = datetime.date(2026, 11, 29)


@reading_only
def about(request: HttpRequest) -> HttpResponse:
    """What the catalogue is, and how its pages are read."""
    return render(request, "catalogue/about.html")


@reading_only
def method(request: HttpRequest) -> HttpResponse:
    """How a text becomes records, and how lists and search count."""
    return render(request, "catalogue/method.html")


@reading_only
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, in the order of the W3C's model for one."""
    return render(request, "catalogue/accessibility.html", {"assessed_on": ASSESSED_ON})


@reading_only
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, and how long."""
    days = {"draft_days": settings.NOMINATION_DRAFT_DAYS, "keep_days": settings.NOMINATION_KEEP_DAYS}
    return render(
        request, "catalogue/privacy.html", {**days, "weeks": settings.SESSION_COOKIE_AGE // 604_800}
    )


@reading_only
def licence(request: HttpRequest) -> HttpResponse:
    """Whose the software, the words, the data and the sources are."""
    open_data = Source.objects.public().filter(kind="open-data").order_by("title", "slug")
    return render(request, "catalogue/licence.html", {"open_data": open_data})
