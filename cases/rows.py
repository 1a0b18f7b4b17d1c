"""Cases for long exports: what the columns ask of a case, read as plain values.

A record of the model costs ten times as much, because each link and each theme of each case would be one too. What
cases share (cities, programmes, sources, themes, goals) is read once for a whole export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django_countries import countries

_FIELDS = ("pk", "slug", "title", "summary", "started", "first_line", "last_line")
_SHARED = ("city_id", "programme_id", "source_id")
_SLUG = "any-slug"


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


_NO_LINKS = Links()


class Row:
    """One case, as far as the columns know it."""

    __slots__ = (
        *_FIELDS,
        "_address",
        "city",
        "goal_links",
        "novelty_claims",
        "programme",
        "source",
        "theme_links",
    )

    @property
    def started_year(self) -> int | None:
        """As the record has it."""
        return int(self.started[:4]) if self.started else None

    def get_absolute_url(self) -> str:
        """As the record has it."""
        return self._address(self.slug)


class Rows:
    """Reads the public cases of a queryset by their numbers, some hundred at a time; one for each export."""

    def __init__(self, queryset: QuerySet):
        self._queryset = queryset.order_by().select_related(None).prefetch_related(None)
        self._model: type[Model] = queryset.model
        self._known: dict[Hashable, object] = {}
        self._addresses: dict[str | None, tuple[str, str]] = {}

    def __call__(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows with these numbers, by number."""
        themes = self._links("theme_links", ids, "theme_id")
        goals = self._links("goal_links", ids, "goal_id", "basis")
        novelty = self._links("novelty_claims", ids, "kind")
        values = list(self._queryset.filter(pk__in=ids).values_list(*_FIELDS, *_SHARED))
        shared = [
            self._records(name, {row[len(_FIELDS) + place] for row in values})
            for place, name in enumerate(("city", "programme", "source"))
        ]
        rows = {}
        for *own, city, programme, source in values:
            row = Row()
            row.pk, row.slug, row.title, row.summary, row.started, row.first_line, row.last_line = own
            row.city, row.programme = shared[0][city], shared[1][programme]
            row.source = shared[2][source] if source else None
            row.theme_links = themes.get(row.pk, _NO_LINKS)
            row.goal_links = goals.get(row.pk, _NO_LINKS)
            row.novelty_claims = novelty.get(row.pk, _NO_LINKS)
            row._address = self._address
            rows[row.pk] = row
        return rows

    def _address(self, slug: str) -> str:
        language = get_language()
        if language not in self._addresses:
            before, _slug, after = reverse("cases:initiative", args=[_SLUG]).partition(_SLUG)
            self._addresses[language] = before, after
        before, after = self._addresses[language]
        return before + slug + after

    # --- what hangs on cases

    def _links(self, name: str, ids: Sequence[int], *fields: str) -> dict[int, Links]:
        """The public links of each case, links of the same values being one object."""
        model = self._model._meta.get_field(name).related_model
        public = model._default_manager.filter(model.own_public_q(), initiative__in=ids).order_by()
        values = list(public.values_list("initiative_id", *fields))
        made = self._made_links(name, fields, {row[1:] for row in values})
        found = defaultdict(list)
        for row in values:
            found[row[0]].append(made[row[1:]])
        return {owner: Links(links) for owner, links in found.items()}

    def _made_links(
        self, name: str, fields: Sequence[str], wanted: Iterable[tuple]
    ) -> Mapping[tuple, object]:
        known = self._known.setdefault(("links", name), {})
        missing = [values for values in wanted if values not in known]
        if missing and fields[0].endswith("_id"):
            target = fields[0].removesuffix("_id")
            model = self._model._meta.get_field(name).related_model
            records = model._meta.get_field(target).related_model._base_manager.in_bulk(
                {v[0] for v in missing}
            )
            for first, *rest in missing:
                others = dict(zip(fields[1:], rest, strict=True))
                known[(first, *rest)] = SimpleNamespace(**{target: records[first]}, **others)
        elif missing:
            known |= {values: SimpleNamespace(**dict(zip(fields, values, strict=True))) for values in missing}
        return known

    def _records(self, name: str, wanted: set[int | None]) -> Mapping[int, object]:
        known = self._known.setdefault(name, {})
        missing = {pk for pk in wanted if pk and pk not in known}
        if missing:
            found = self._model._meta.get_field(name).related_model._base_manager.in_bulk(missing)
            plain = _plain_city if name == "city" else _itself
            known |= {pk: plain(record) for pk, record in found.items()}
        return known


def _plain_city(city) -> SimpleNamespace:
    return SimpleNamespace(slug=city.slug, name=city.name, country=Country(city.country.code))


def _itself(record):
    return record
