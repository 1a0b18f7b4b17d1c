"""`/api/`: the API explained to people; and what the page of one answer shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.api.places import places
from listing.methods import reading_only

if TYPE_CHECKING:
    from catalogue.api.views import Reading


@reading_only
def page(request: HttpRequest) -> HttpResponse:
    """What there is, how it is asked, what is promised."""
    return render(request, "catalogue/api/reference.html", {"places": list(places().values())})


def context_of(view: Reading, document: Any) -> dict[str, Any]:
    """What may be asked at an address, and what its answer means."""
    return {"parameters": view.parameters()}
