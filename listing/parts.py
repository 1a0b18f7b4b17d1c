"""A long part of the page of one thing, such as the cases of a city: some of its rows at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from listing.addresses import Address
from listing.pages import page_links, page_of

PAGE_SIZE = 20


class Part:
    """The rows of `rows` that a request asks for under the query name `name`, in their order.

    Iterating gives the rows shown; it is true where there are any at all. `count` is the number of all rows,
    `page_obj` and `pages` are what listing/_pages.html takes. The part's element carries `name` as its id,
    unless that is "page", the name of what the whole page is about. `address` stands in for the bare path where
    links must carry filters along.
    """

    def __init__(
        self,
        rows: QuerySet | Sequence,
        request: HttpRequest,
        name: str = "page",
        size: int = PAGE_SIZE,
        address: Address | None = None,
    ):
        address = address or Address(request.path)
        self.name = name
        self.page_obj = page_of(rows, request.GET.get(name, ""), size, address, name)
        self.count = self.page_obj.paginator.count
        self.pages = page_links(self.page_obj, address, name)
        self.rows = list(self.page_obj.object_list)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self.count > 0
