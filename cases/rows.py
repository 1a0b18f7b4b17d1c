"""Cases for long exports: what the columns ask of a case, read as plain values (see listing/bulk.py).

A record of the model costs many times as much, because each link and each theme of each case would be one too. Here
the database joins what hangs on a case to one text of numbers, which is understood once for all cases that have the
same. What cases share (cities, programmes, sources, themes, goals) is read once for a whole export.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import Expression, F, Func, Model, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django_countries import countries

from cases.evidence import OfInitiative
from listing.addresses import around

_FIELDS = ("slug", "title", "summary", "started", "first_line", "last_line")
_SHARED = ("city", "programme", "source")
_FURTHER = ("created_at", "updated_at")  # what few tables ask of a case: read for those alone
# What hangs on a case, and what the columns ask of each.
_LINKS = {
    "theme_links": ("theme_id",),
    "goal_links": ("goal_id", "basis"),
    "novelty_claims": ("kind",),
    "commitment_links": ("article_id", "basis"),
}
# What the columns ask of what a link leads to.
_ALONG = {"commitment_links": ("declaration",)}
_BETWEEN_LINKS, _BETWEEN_VALUES = "\x1e", "\x1f"  # separators that no name and no number holds


class Country(str):
    """The code of a country, and its name in the language of the export."""

    @cached_property
    def name(self) -> str:
        """Looked up once for all its cases."""
        return str(countries.name(self))


class Links(tuple):
    """What hangs on a case, asked for as a record's manager is."""

    __slots__ = ()

    def all(self) -> Links:
        """Each of them."""
        return self


class Row:
    """One case, as far as the columns know it."""

    __slots__ = ("address", "pk", *_FIELDS, *_FURTHER, *_SHARED, *_LINKS)

    @property
    def started_year(self) -> int | None:
        """As the record has it."""
        return int(self.started[:4]) if self.started else None

    def get_absolute_url(self) -> str:
        """As the record has it."""
        before, after = self.address
        return before + self.slug + after


class _Joined(Func):
    """All rows of a subquery as one text."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(30))"
    arg_joiner = " || char(31) || "
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        template = "%(function)s(%(expressions)s, chr(30))"
        return self.as_sql(
            compiler, connection, "STRING_AGG", template=template, arg_joiner=" || chr(31) || ", **context
        )


_GIVEN = object()  # stands in the parameters of a query for the numbers that are given when it is run


class _Given(Expression):
    """The numbers that are given when the query is run: its text is made once for all of them."""

    def as_sql(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [_GIVEN]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [_GIVEN]


class Rows:
    """Reads the public cases of a queryset by their numbers, some hundred at a time; one for each export.

    `asked` are the attributes that a table asks for beside those that every reader gives.
    """

    shared = frozenset(("started", "first_line", "last_line", *_SHARED, *_LINKS))

    def __init__(self, queryset: QuerySet, asked: Collection[str] = ()):
        self._fields = (*_FIELDS, *(name for name in _FURTHER if name in asked))
        self.attributes = ("pk", *self._fields, *_SHARED, *_LINKS)
        self._model: type[Model] = queryset.model
        self._public = queryset.order_by().select_related(None).prefetch_related(None)
        self._known: dict[str, dict[Hashable, Any]] = {}

    def read(self, ids: Sequence[int]) -> list[Sequence[Hashable]]:
        """The plain values of the cases with these numbers, in their order, one for each of `attributes`."""
        place = {pk: place for place, pk in enumerate(ids)}
        return sorted(self._rows(ids), key=lambda plain: place[plain[0]])

    @cached_property
    def _query(self) -> tuple[str, tuple]:
        """The query for some cases and its parameters, the numbers of the cases not yet given."""
        joined = {f"_{name}": self._joined(name, fields) for name, fields in _LINKS.items()}
        columns = ("pk", *self._fields, *(f"{name}_id" for name in _SHARED), *joined)
        rows = self._public.filter(pk__in=_Given()).annotate(**joined).values_list(*columns)
        return rows.query.sql_with_params()

    def _rows(self, ids: Sequence[int]) -> list[tuple]:
        if not ids:
            return []
        numbers = list(ids) if connection.vendor == "postgresql" else json.dumps(list(ids))
        sql, parameters = self._query
        with connection.cursor() as cursor:
            cursor.execute(sql, [numbers if each is _GIVEN else each for each in parameters])
            return cursor.fetchall()

    def parts(self, attribute: str, plain: Collection[Hashable]) -> Iterator[Row]:
        """For each plain value a row that knows only this attribute: more than it reads, no column can show."""
        row = Row()
        row.address = around("cases:initiative")
        for value in self._values(attribute, plain):
            setattr(row, attribute, value)
            yield row

    def __call__(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The cases with these numbers, by number."""
        plain = list(zip(*self._rows(ids), strict=True))
        if not plain:
            return {}
        rows = {}
        address = around("cases:initiative")
        names = self.attributes[1:]
        values = [self._values(name, each) for name, each in zip(names, plain[1:], strict=True)]
        for pk, *own in zip(plain[0], *values, strict=True):
            rows[pk] = row = Row()
            row.pk, row.address = pk, address
            for name, value in zip(names, own, strict=True):
                setattr(row, name, value)
        return rows

    # --- from plain values to those of a record

    def _values(self, attribute: str, plain: Collection[Hashable]) -> Iterable[Any]:
        """What a record would have in this attribute, for each plain value."""
        if attribute in self._fields:
            return plain
        if attribute in _LINKS:
            links = self._links(attribute, set(plain))
            return map(links.__getitem__, plain)
        known = self._known.setdefault(attribute, {})
        missing = set(plain).difference(known)
        if missing:
            known |= self._records(attribute, missing)
        return map(known.__getitem__, plain)

    def _records(self, name: str, ids: set[int | None]) -> dict[int | None, Any]:
        model = self._model._meta.get_field(name).related_model
        records = model._base_manager.in_bulk(ids - {None})
        if name == "city":
            records = {pk: _plain_city(city) for pk, city in records.items()}
        return {None: None} | records

    def _links(self, name: str, texts: set[str | None]) -> dict[str | None, Links]:
        """The links that each text stands for, links of the same values being one object."""
        known = self._known.setdefault(name, {})
        texts = texts - {None}
        each_link = set(_BETWEEN_LINKS.join(texts).split(_BETWEEN_LINKS)) if texts else set()
        if missing := each_link.difference(known):
            known |= self._made_links(name, missing)
        made = {
            text: Links(filter(None, map(known.__getitem__, text.split(_BETWEEN_LINKS)))) for text in texts
        }
        return {None: Links()} | made

    def _made_links(self, name: str, texts: set[str]) -> dict[str, SimpleNamespace | None]:
        """The link that each text stands for; None for one that leads to what is not public."""
        fields = _LINKS[name]
        values = {text: dict(zip(fields, text.split(_BETWEEN_VALUES), strict=True)) for text in texts}
        if not fields[0].endswith("_id"):
            return {text: SimpleNamespace(**own) for text, own in values.items()}
        target = fields[0].removesuffix("_id")
        model = self._model._meta.get_field(name).related_model._meta.get_field(target).related_model
        along = model.objects.public().select_related(*_ALONG.get(name, ()))
        public = along.in_bulk({int(own[fields[0]]) for own in values.values()})
        made: dict[str, SimpleNamespace | None] = {}
        for text, own in values.items():
            record = public.get(int(own.pop(fields[0])))
            made[text] = record and SimpleNamespace(**{target: record}, **own)
        return made

    def _joined(self, name: str, fields: Sequence[str]) -> Subquery:
        """The links of a case as one text, but those that are hidden themselves.

        The case is public, or it would not be read; whether a theme is, is asked once for all its cases.
        """
        model = self._model._meta.get_field(name).related_model
        shown = model._default_manager.filter(
            OfInitiative.own_public_q(), initiative=OuterRef("pk")
        ).order_by()
        return Subquery(shown.values_list(_Joined(*(Cast(F(field), TextField()) for field in fields))))


def _plain_city(city) -> SimpleNamespace:
    return SimpleNamespace(
        slug=city.slug,
        name=city.name,
        country=Country(city.country.code),
        latitude=city.latitude,
        longitude=city.longitude,
    )
