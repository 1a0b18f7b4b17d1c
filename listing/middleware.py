"""Keeps what a reader sends to a size that can be answered in good time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Fifty values of every filter and three texts of 10,000 characters in any script, percent-encoded, stay below this.
# Pages do not repeat such texts in their links (see filters.TextFilter).
LONGEST_QUERY = 400_000
# What repeats a query as it came can carry so much: a redirect, and the staff pages, in each of their links.
LONGEST_REPEATED = 16_000


def limit_query(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Takes a query that is too long out of the request and marks it, for lists to say so (see ListView)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        longest = LONGEST_REPEATED if _is_for_staff(request.path_info) else LONGEST_QUERY
        request.query_too_long = len(request.META.get("QUERY_STRING", "")) > longest
        if request.query_too_long:
            request.META["QUERY_STRING"] = ""
        return get_response(request)

    return middleware


def _is_for_staff(path: str) -> bool:
    """Whether a page is one of the staff pages, in whatever language."""
    return "admin" in path.split("/")[1:3]
