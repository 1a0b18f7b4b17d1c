"""Pages of a list, and the links between them."""

import re

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from listing.addresses import Address
from listing.text import shown

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def page_of(rows: QuerySet, asked: str, size: int) -> Page:
    """The page asked for ("" for the first); Http404 with a helpful message where there is no such page."""
    paginator = Paginator(rows, size)
    if not asked.strip():
        return paginator.page(1)
    if not _NUMBER.fullmatch(asked.strip()):
        raise Http404(
            _("“%(page)s” is not a page number. Pages are numbered from 1 to %(last)d.")
            % {"page": shown(asked), "last": paginator.num_pages}
        )
    number = int(asked)
    if number > paginator.num_pages:
        raise Http404(
            _("There is no page %(page)d: this list ends with page %(last)d.")
            % {"page": number, "last": paginator.num_pages}
        )
    return paginator.page(number)


def _url(address: Address, number: int) -> str:
    return str(address if number == 1 else address.having("page", str(number)))


def page_links(page: Page, address: Address) -> dict:
    """`previous`, `next` (None at the ends), `numbers`: number, url, current; number None is a gap."""
    paginator = page.paginator
    numbers = [
        {"number": n, "url": _url(address, n), "current": n == page.number}
        if isinstance(n, int)
        else {"number": None}
        for n in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous": _url(address, page.number - 1) if page.has_previous() else None,
        "next": _url(address, page.number + 1) if page.has_next() else None,
    }
