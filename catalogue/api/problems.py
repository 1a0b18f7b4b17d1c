"""What a program is told instead of an answer: `{"error": "…"}`, as the data addresses of the pages have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable
from rest_framework.response import Response

from listing.methods import not_allowed_in_words
from listing.problems import Problem

RETRY_AFTER = "5"  # seconds until an index that is being built is asked again


class Refused(APIException):
    """An answer that says why there is none; `more` stands beside the message."""

    def __init__(self, message: str, status: int = 400, **more: Any):
        super().__init__(message)
        self.status_code, self.said = status, {"error": message, **more}


class Elsewhere(APIException):
    """What is asked for has another address, for good."""

    def __init__(self, address: str, seconds: int | None = None):
        super().__init__(address)
        self.address, self.seconds = address, seconds


def refuse(problems: Sequence[Problem]) -> None:
    """Raises Refused where anything is wrong with a query: 503 where the very same can be answered in a moment."""
    if problems:
        is_passing = all(problem.is_passing for problem in problems)
        raise Refused(" ".join(problem.in_words for problem in problems), 503 if is_passing else 400)


def answer(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to an error of a request; None for a fault of ours."""
    if isinstance(error, Elsewhere):
        moved = HttpResponsePermanentRedirect(error.address)
        if error.seconds is not None:
            moved["Cache-Control"] = f"max-age={error.seconds}"
        return moved
    if isinstance(error, Refused):
        said = error.said
    elif isinstance(error, MethodNotAllowed):
        said = {"error": not_allowed_in_words(context["request"].method)}
    elif isinstance(error, NotAcceptable):
        said = {"error": _("This address answers in application/json and text/html.")}
    elif isinstance(error, Http404):
        return Response({"error": str(error)}, status=404)
    else:
        return None
    made = Response(said, status=error.status_code)
    if error.status_code == 503:
        made["Retry-After"] = RETRY_AFTER
    return made
