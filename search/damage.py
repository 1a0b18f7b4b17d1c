"""What a reader is given where the index turns out to be damaged in the middle of a search."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from search.corpus import indexes
from search.service import service


def again_where_damaged(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page that a damaged index broke is made once more, from the new one or with word of the building.

    That a file was damaged while it was open is noticed by nothing but the search that reads the damaged part.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except BaseException as error:
            if not _is_panic(error):
                raise
            answer = process_exception(request, error)
            if answer is None:
                raise RuntimeError(f"the search engine gave up: {error}") from error
            return answer

    def process_exception(request: HttpRequest, error: BaseException) -> HttpResponse | None:
        may_be = isinstance(error, ValueError | OSError) or _is_panic(error)
        if not may_be or getattr(request, "is_made_again", False):
            return None
        damaged = [name for name in indexes() if service(name).drops_if_damaged(error)]
        # What changes something is not done a second time: it may have been done before the error.
        if not damaged or request.method not in ("GET", "HEAD"):
            return None
        request.is_made_again = True
        view = request.resolver_match
        answer = view.func(request, *view.args, **view.kwargs)
        return answer.render() if hasattr(answer, "render") else answer

    middleware.process_exception = process_exception
    return middleware


def _is_panic(error: BaseException) -> bool:
    """Whether the engine has panicked: no ordinary exception, and nothing that could be imported to be caught."""
    return type(error).__name__ == "PanicException"
