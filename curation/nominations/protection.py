"""What the pages of both public forms share: nothing kept by caches, and proof that a form comes from our page."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from listing.methods import not_allowed

Page = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "POST")


class _WithoutOrigin(CsrfViewMiddleware):
    """The check of Django for pages that tell nobody where they are.

    From a page under `Referrer-Policy: no-referrer` browsers send `Origin: null` with a form. The token is asked
    for as always.
    """

    def _origin_verified(self, request):
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)


def form_page(view: Page) -> Page:
    """A page with a form: never kept, never found by search engines' copies, only read and sent."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in METHODS:
            return not_allowed(request, METHODS)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return page


def private_page(view: Page) -> Page:
    """The same for a page whose address is a secret: found by no search engine, told to no other page."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = form_page(view)(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    # The check of every page is left out for the sake of the one that follows, which differs by the origin only.
    return csrf_exempt(decorator_from_middleware(_WithoutOrigin)(page))
