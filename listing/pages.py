"""Pages of a list, and the links between them."""

import re

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from listing.addresses import Address
from listing.text import shown

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


class NoSuchPage(Http404):
    """A page number that a list does not have. `first_url` and `last_url` lead back to pages that are there."""

    def __init__(self, message: str, first_url: str, last_url: str, last: int):
        super().__init__(message)
        self.first_url, self.last_url, self.last = first_url, last_url, last


def page_of(
    rows: QuerySet, asked: str, size: int, address: Address | None = None, name: str = "page"
) -> Page:
    """The page asked for ("" for the first); NoSuchPage with a helpful message where there is none.

    `address` is the list with its filters, `name` what its query calls a page: both for the way back.
    """
    paginator = Paginator(rows, size)
    if not asked.strip():
        return paginator.page(1)
    return paginator.page(number_of(asked, paginator.num_pages, address, name))


def number_of(asked: str, last: int, address: Address | None = None, name: str = "page") -> int:
    """The number of the page asked for ("" for the first) of so many; NoSuchPage where it is none of them."""
    if not asked.strip():
        return 1
    if not _NUMBER.fullmatch(asked.strip()):
        message = _("“%(page)s” is not a page number. Pages are numbered from 1 to %(last)d.")
        message %= {"page": shown(asked), "last": last}
    elif int(asked) > last:
        message = _("There is no page %(page)d: this list ends with page %(last)d.")
        message %= {"page": int(asked), "last": last}
    else:
        return int(asked)
    address = address or Address("")
    raise NoSuchPage(message, _url(address, 1, name), _url(address, last, name), last)


def offset_of(asked: str, size: int) -> int | None:
    """Where the page asked for begins, if there is one; None where that is no number of a page."""
    asked = asked.strip() or "1"
    return (int(asked) - 1) * size if _NUMBER.fullmatch(asked) else None


def _url(address: Address, number: int, name: str) -> str:
    # A part of a page is where its name says; a list is the page itself.
    fragment = "" if name == "page" else f"#{name}"
    return f"{address if number == 1 else address.having(name, str(number))}{fragment}"


def page_links(page: Page, address: Address, name: str = "page") -> dict:
    """`previous`, `next` (None at the ends), `numbers`: number, url, current; number None is a gap."""
    paginator = page.paginator
    numbers = [
        {"number": n, "url": _url(address, n, name), "current": n == page.number}
        if isinstance(n, int)
        else {"number": None}
        for n in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous": _url(address, page.number - 1, name) if page.has_previous() else None,
        "next": _url(address, page.number + 1, name) if page.has_next() else None,
    }
