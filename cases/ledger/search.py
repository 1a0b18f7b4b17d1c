"""Outcomes as search knows them, in an index of their own: short as they are and many, they would make the words of
cases count otherwise, and the site-wide search is not for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cases.ledger.filters import NO, YES
from cases.ledger.lists import SORTING
from cases.models import InitiativeTheme, Outcome
from cases.search import ordered
from cities.models import City
from search.analysis import together
from search.corpus import Corpus, Document, Feed

KIND = "outcome"
FILTERS = ("case", "city", "theme", "status", "unit", "before_after")
ORDERS = ("city", "indicator", "value", "date")
_TURNED = str.maketrans("0123456789", "9876543210")
_COLUMNS = (
    *("pk", "key", "first_line", "position", "indicator", "scope", "status", "before", "after"),
    *("unit__code", "unit__hidden", "initiative_id", "initiative__slug", "initiative__title"),
    *("initiative__city_id", "initiative__city__slug"),
)


def _load(ids: Sequence[int]) -> Iterator[Document]:
    """The public outcomes among these, read as plain values."""
    keys = [SORTING.sorts[name].expression for name in ORDERS]
    found = list(Outcome.objects.public().filter(pk__in=ids).order_by().values_list(*_COLUMNS, *keys))
    themes = themes_of_cases({row[_COLUMNS.index("initiative_id")] for row in found})
    names = names_of_cities({row[_COLUMNS.index("initiative__city_id")] for row in found})
    for values in found:
        row = dict(zip(_COLUMNS, values, strict=False))
        yield Document(
            row["pk"],
            tie(row["initiative__slug"], row["first_line"], row["position"], row["key"]),
            {
                "title": row["indicator"],
                "names": names[row["initiative__city_id"]],
                "body": f"{row['scope']}\n{row['initiative__title']}",
            },
            _terms(row, themes[row["initiative_id"]]),
            dict(zip(ORDERS, map(_comparable, values[len(_COLUMNS) :]), strict=True)),
        )


def _terms(row: dict, themes: Sequence[str]) -> dict[str, Sequence[str]]:
    has_both = row["before"] is not None and row["after"] is not None
    return {
        "case": [row["initiative__slug"]],
        "city": [row["initiative__city__slug"]],
        "theme": themes,
        "status": [row["status"]],
        "unit": [row["unit__code"]] if row["unit__code"] and not row["unit__hidden"] else [],
        "before_after": [YES if has_both else NO],
    }


def themes_of_cases(cases: Iterable[int]) -> dict[int, list[str]]:
    """The slugs of the public themes of each case."""
    links = InitiativeTheme.objects.filter(InitiativeTheme.own_public_q(), initiative__in=cases).order_by()
    found = defaultdict(list)
    for case, slug in links.values_list("initiative_id", "theme__slug"):
        found[case].append(slug)
    return found


def names_of_cities(cities: Iterable[int]) -> dict[int, str]:
    """Every name of each city."""
    rows = City.objects.filter(pk__in=cities).order_by()
    return {city.pk: "\n".join(map(together, city.every_name)) for city in rows}


def tie(case: str, line: int | None, position: int, key: str) -> str:
    """What parts outcomes that are equal in an order: their case, their place in it, their key."""
    return f"{case}\0{line or 0:010d}{position:05d}\0{key}"


def _comparable(key: object) -> str:
    """The key of an order as a text that compares as it does; "" for none."""
    return signed(key) if isinstance(key, int | Decimal) else key or ""


def signed(number: Decimal | int) -> str:
    """A number of either sign as a text that compares as it does, and soon: deep pages go by the first letters."""
    if number >= 0:
        return f"1{ordered(number)}"
    return f"0{ordered(-number).translate(_TURNED)}~"


def _through(field: str):
    def affected(ids: Sequence[int]) -> Iterable[int]:
        return Outcome._base_manager.filter(**{f"{field}__in": ids}).values_list("pk", flat=True)

    return affected


CORPUS = Corpus(
    kind=KIND,
    ids=Outcome.objects.public_ids,
    load=_load,
    filters=FILTERS,
    sorts=ORDERS,
    index="outcomes",
    feeds=[
        Feed("cases_outcome", "id"),
        Feed("cases_initiative", "id", _through("initiative_id")),
        Feed("cases_initiativetheme", "initiative_id", _through("initiative_id")),
        Feed("cases_theme", "id", _through("initiative__theme_links__theme_id")),
        Feed("cases_unit", "id", _through("unit_id")),
        Feed("cases_programme", "id", _through("initiative__programme_id")),
        Feed("cities_city", "id", _through("initiative__city_id")),
    ],
)
