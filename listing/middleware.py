"""Keeps what a reader sends to a size that pages, which repeat it in their links, can carry."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Fifty values of every filter and three texts of 200 Chinese characters, percent-encoded, stay below this.
LONGEST_QUERY = 16_000


def limit_query(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Takes a query that is too long out of the request and marks it, for lists to say so (see ListView)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.query_too_long = len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY
        if request.query_too_long:
            request.META["QUERY_STRING"] = ""
        return get_response(request)

    return middleware
