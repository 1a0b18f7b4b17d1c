"""Counts kept for as long as nothing has changed in the tables they were counted in.

Kept in the memory of each process (the cache "counts", bounded). Nothing is emptied and nothing grows old: what was
counted is given again only while the versions of its tables (records/versions.py) are those it was counted under.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from records import versions

T = TypeVar("T")
# What has no other `repr` than where it lies in memory is no part of a key.
_ADDRESS = " at 0x"
_NAME = re.compile(r'"(\w+)"')


class KeptCounts:
    """What is counted for one page: nothing in it is older than this object."""

    def __init__(self):
        # Before anything is counted: a change that comes in between is then only counted once more.
        self._versions = versions.now()

    def kept(self, key: Iterable[object], count: Callable[[], T]) -> T:
        """What `count` gives, a plain value; asked only where it is not known.

        `key` says by its `repr` all that the value depends on beside the rows of tables. What `count` asks the
        database for says which tables those are.
        """
        said = repr(tuple(key))
        if _ADDRESS in said:
            return count()
        name = sha256(said.encode(errors="surrogatepass")).hexdigest()
        value, seen = caches["counts"].get(name, (None, {}))
        if seen and all(self._versions.get(table) == version for table, version in seen.items()):
            _also_of(seen)
            return value
        noticed = _Noticed()
        with connection.execute_wrapper(noticed):
            value = count()
        if noticed.tables and noticed.tables <= self._versions.keys():
            seen = {table: self._versions[table] for table in noticed.tables}
            caches["counts"].set(name, (value, seen))
        return value

    def rows(self, queryset: QuerySet) -> list:
        """The rows of a queryset of plain values."""
        return self.kept(("rows", asked(queryset)), lambda: list(queryset))


class _Noticed:
    """The tables that are asked while it looks on."""

    def __init__(self):
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables |= versions.known_tables().intersection(_NAME.findall(sql))
        return execute(sql, params, many, context)


class KeptPaginator(Paginator):
    """Pages of a list of the staff: how many rows there are is kept, and a page is found by its numbers first.

    Numbers are found in an index, or at least without what a list reads with each row, however late the page.
    """

    def __init__(self, counts: KeptCounts, rows: QuerySet, size: int):
        super().__init__(rows, size)
        self._counts = counts

    @cached_property
    def count(self) -> int:
        rows = self.object_list.order_by().values("pk")
        return self._counts.kept(("count", asked(rows)), rows.count)

    def page(self, number) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        numbers = self._counts.rows(
            self.object_list.values_list("pk", flat=True)[first : first + self.per_page]
        )
        return self._get_page(self.object_list.filter(pk__in=numbers), number, self)


def _also_of(tables: Iterable[str]) -> None:
    """Has what is being counted right now depend on these tables too: it was given what was kept of them."""
    for each in connection.execute_wrappers:
        if isinstance(each, _Noticed):
            each.tables.update(tables)


def asked(queryset: QuerySet) -> object:
    """What a queryset asks the database for, as a part of a key."""
    try:
        return queryset.query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        return "nothing"


def counts_of(request: HttpRequest) -> KeptCounts:
    """What is counted for a request. One that may change something counts anew each time."""
    if request.method not in ("GET", "HEAD"):
        return KeptCounts()
    if not hasattr(request, "kept_counts"):
        request.kept_counts = KeptCounts()
    return request.kept_counts
