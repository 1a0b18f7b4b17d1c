"""What the API offers: each list that has an address for data, and each kind of thing that has a document.

Nothing is listed here by name: the addresses of the rooms say what there is. A new list is in the API by itself, unless
it says that its rows have a list already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls.resolvers import URLPattern
from django.utils.functional import Promise

from catalogue.rooms import ROOMS
from listing.detail import DetailView
from listing.views import ListView

_THING = "/<slug:slug>.json"
_LIST = ".<export_format:format>"


@dataclass(frozen=True)
class Place:
    """One list and its things: the name they have in addresses, and the views that have the pages of them.

    `page` is None where the things of a list have no page of their own.
    """

    name: str
    list: type[ListView]
    page: type[DetailView] | None

    @property
    def list_name(self) -> str:
        """What the address of its list is reversed with."""
        return f"api:{self.name}_list"

    @property
    def thing_name(self) -> str:
        """What the address of one thing is reversed with."""
        return f"api:{self.name}_get"

    @property
    def label(self) -> str | Promise:
        """What the rows are called."""
        return self.list.label or self.list.record_class._meta.verbose_name_plural

    @property
    def is_searched(self) -> bool:
        """Whether words can be searched for in its list."""
        return bool(self.list.kind) and "q" in self.list.filterset_class.base_filters

    @property
    def one(self) -> str | Promise:
        """What one of the things is called."""
        return (self.page or self.list).record_class._meta.verbose_name


def _views(kind: type) -> Iterator[tuple[str, type]]:
    """Route and view of each data address of such a view."""
    for room in ROOMS.values():
        for pattern in room.data_urlpatterns:
            view = getattr(pattern.callback, "view_class", None) if isinstance(pattern, URLPattern) else None
            if view and issubclass(view, kind):
                yield pattern.pattern._route, view


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Every place by its name, in the order of the rooms."""
    pages = {route.removesuffix(_THING): view for route, view in _views(DetailView) if route.endswith(_THING)}
    lists = {route.removesuffix(_LIST): view for route, view in _views(ListView) if route.endswith(_LIST)}
    return {name: Place(name, view, pages.get(name)) for name, view in lists.items() if view.is_of_its_own}
