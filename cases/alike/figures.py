"""The public figures of cities as the method compares them, read as plain values in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast

from cases.alike.method import SPANS, Profile, value_of
from cities.models import City, Figure
from search.engine import Snapshot

_KEPT = "cases.alike profiles"
_COLUMNS = (
    *("figures__city__slug", "name", "number", "scope", "figures__scope", "pk"),
    *("figures__source__date", "figures__source__slug", "figures__key"),
)


def profiles(state: Snapshot | None) -> dict[str, Profile]:
    """Every public city with a figure, by slug. Made once for each state of the index that is true to the database.

    Whatever changes a figure, its city or its source begins a new state: all three feed the index.
    """
    if state is None or not state.is_true:
        return _made(_rows())
    if _KEPT not in state.kept:
        state.kept[_KEPT] = _made(_rows())
    return state.kept[_KEPT]


def profile_of(city: City) -> Profile:
    """The figures of one city; empty where the sources print none that can be compared."""
    return _made(_rows().filter(figures__city=city)).get(city.slug, {})


def _rows() -> QuerySet:
    figures = Figure.objects.public().filter(name__in=SPANS, value__isnull=False).order_by()
    return figures.annotate(number=Cast("value", FloatField())).values_list(*_COLUMNS)


def _made(rows: Iterable[tuple]) -> dict[str, Profile]:
    """Where one city has a figure twice in one scope, the set of the newest source stands for it.

    Of sources as new, the first by slug; of sets of one source, the first by key.
    """
    made, kept = {}, {}
    for slug, name, number, own_scope, scope, pk, date, source, key in rows:
        values = made.setdefault(slug, {}).setdefault(name, {})
        scope = own_scope or scope
        if scope in values:
            place = (slug, name, scope)
            if not _goes_before((date or "", source or "", key), kept[place]):
                continue
        kept[slug, name, scope] = (date or "", source or "", key)
        values[scope] = value_of(number, pk)
    return made


def _goes_before(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    return one[0] > other[0] or (one[0] == other[0] and one[1:] < other[1:])
