"""Public pages only read: anything but GET and HEAD is answered with 405 and a plain word of what is possible."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

READING = ("GET", "HEAD", "OPTIONS")


def not_allowed(request: HttpRequest, allowed: tuple[str, ...] = READING) -> HttpResponse:
    """The answer to a method nobody offers: 405, `Allow`, and a page that leads back."""
    answer = HttpResponseNotAllowed(allowed)
    page = render(request, "405.html", {"method": request.method, "allowed": ", ".join(allowed)})
    answer.content, answer["Content-Type"] = page.content, page["Content-Type"]
    return answer


def not_allowed_in_words(method: str, allowed: tuple[str, ...] = READING) -> str:
    """The same as one sentence, for programs."""
    return _("%(method)s is not possible here. This address can only be read: %(allowed)s.") % {
        "method": method,
        "allowed": ", ".join(allowed),
    }


def reading_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers GET and HEAD, and everything else with `not_allowed`."""

    @wraps(view)
    def reading(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return not_allowed(request, ("GET", "HEAD"))
        return view(request, *args, **kwargs)

    # Nothing is changed here, so there is nothing to forge; with the check a POST would be told of a missing
    # token instead of what is wrong.
    return csrf_exempt(reading)
