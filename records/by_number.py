"""Rows by their numbers, for pages that read the same few columns again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from django.db import connection
from django.db.models import QuerySet

# Stand in the prepared statement where the numbers of a request go; no row has such a number.
_PLACES = range(-1_000_000, 0)
_LENGTHS = (1, 4, 10, 20, 50, 100)


class ByNumber:
    """A query for some columns of the rows that have to do with given numbers.

    `query` makes it: a queryset of `values_list` under a condition `...__in=numbers`. The database layer builds its
    SQL once for some lengths of the list and not for each page, which costs more than asking the database. Lists in
    between name their last number again, so that the database, too, has few statements to prepare.
    Only for columns of texts and whole numbers, which come from either database as they are.
    """

    def __init__(self, query: Callable[[Sequence[int]], QuerySet]):
        self._query = query
        self._prepared: dict[tuple[str, int], tuple[str, list]] = {}

    def __call__(self, numbers: Sequence[int]) -> list[tuple]:
        """The rows, in the order of the query."""
        if not numbers:
            return []
        length = next((each for each in _LENGTHS if each >= len(numbers)), len(numbers))
        sql, parameters = self._statement(length)
        given = dict(zip_longest(_PLACES[:length], numbers, fillvalue=numbers[-1]))
        with connection.cursor() as cursor:
            # Truth values are whole numbers to SQLite, never our places; what is no number stays as it is.
            cursor.execute(sql, [given.get(each, each) if type(each) is int else each for each in parameters])
            return cursor.fetchall()

    def _statement(self, length: int) -> tuple[str, list]:
        key = (connection.vendor, length)
        if key not in self._prepared:
            sql, parameters = self._query(list(_PLACES[:length])).query.sql_with_params()
            self._prepared[key] = sql, list(parameters)
        return self._prepared[key]
