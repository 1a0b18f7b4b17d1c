"""Pages kept for as long as nothing has changed: what one reader was shown, the next one is shown too.

A page of a list that is indexed shows nothing but what the log of changes tells the index of, so it holds as long as
the state of the index does. Only pages of a state that is true to the database are kept, and only until the next state.
"""

from __future__ import annotations

import gzip
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from search.engine import Snapshot

_LARGEST = 500_000  # bytes of a page
_SMALL = ":gzip"  # after the key of a page: the same, compressed


def _key(state: Snapshot, request: HttpRequest) -> str:
    """The state, and everything of a request that a page may repeat."""
    # Pages name their own address, host included, for error reports.
    parts = (state.name, get_language() or "", request.build_absolute_uri())
    return sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()


def kept(state: Snapshot | None, request: HttpRequest) -> HttpResponse | None:
    """The page as it was shown before in this very state; None where it was not."""
    if state is None or not state.is_true:
        return None
    key = _key(state, request)
    if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        return _kept_small(key)
    body = caches["pages"].get(key)
    return None if body is None else HttpResponse(body)


def _kept_small(key: str) -> HttpResponse | None:
    """The page compressed, once for all readers; it holds nothing of any one of them that its length could tell."""
    small = caches["pages"].get(key + _SMALL)
    if small is None:
        body = caches["pages"].get(key)
        if body is None:
            return None
        small = gzip.compress(body, mtime=0)
        caches["pages"].set(key + _SMALL, small)
    page = HttpResponse(small, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(page, ("Accept-Encoding",))
    return page


def keep(state: Snapshot | None, request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page, finished and kept if it may be."""
    if state is not None and state.is_true:
        page.render()
        if page.status_code == 200 and len(page.content) <= _LARGEST:
            caches["pages"].set(_key(state, request), page.content)
    return page
