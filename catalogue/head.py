"""HEAD over WSGI: the headers of a GET and no body."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]


def without_body(application: Application) -> Application:
    """The application, giving no body in answer to HEAD.

    Django leaves that to the server, and gunicorn drops the body with a warning for each request. What makes the body
    is closed as if it had been sent: Django ends the request there.
    """

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()
        return []

    return answer
