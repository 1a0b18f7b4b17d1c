"""Partners, places and lessons as search knows them, in an index of their own: many short documents, which the
site-wide search is not for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.ledger.search import names_of_cities, themes_of_cases, tie
from cases.models import Partner, PlaceMention, Transfer
from cases.named.lists import LessonList, PartnerList, PlaceList
from cases.search import ordered
from listing.views import ListView
from records.models import Record
from search.corpus import Corpus, Document, Feed

INDEX = "named"
_CASE = (
    "initiative_id",
    "initiative__slug",
    "initiative__title",
    "initiative__city_id",
    "initiative__city__slug",
)


@dataclass(frozen=True)
class _Kind:
    """How the rows of one list are found: by the texts of `title` and `said`, the values of `terms` (filter and
    column), in the orders of the list. `ties` are the columns that part what is equal.
    """

    kind: str
    model: type[Record]
    view: type[ListView]
    title: str
    said: tuple[str, ...]
    terms: dict[str, str]
    ties: Callable[[dict], str]
    has_themes: bool = True
    feeds: tuple[Feed, ...] = field(default=())

    @property
    def orders(self) -> dict:
        """The orders that are not the best match, each with its expression."""
        return {name: sort.expression for name, sort in self.view.sorting.sorts.items() if not sort.needs}

    def load(self, ids: Sequence[int]) -> Iterator[Document]:
        """The public rows among these, read as plain values."""
        columns = tuple(
            dict.fromkeys(
                ("pk", "first_line", self.title, *self.said, *self.terms.values(), *_EXTRA[self.kind], *_CASE)
            )
        )
        keys = self.orders
        public = self.model.objects.public().filter(pk__in=ids).order_by()
        found = list(public.values_list(*columns, *keys.values()))
        rows = [dict(zip(columns, values, strict=False)) for values in found]
        themes = themes_of_cases({row["initiative_id"] for row in rows}) if self.has_themes else {}
        names = names_of_cities({row["initiative__city_id"] for row in rows})
        for row, values in zip(rows, found, strict=True):
            yield Document(
                row["pk"],
                self.ties(row),
                {
                    "title": row[self.title],
                    "names": names[row["initiative__city_id"]],
                    "body": "\n".join([*(row[name] for name in self.said), row["initiative__title"]]),
                },
                self._terms(row, themes.get(row["initiative_id"], [])),
                dict(zip(keys, map(_comparable, values[len(columns) :]), strict=True)),
            )

    def _terms(self, row: dict, themes: Sequence[str]) -> dict[str, Sequence[str]]:
        own = {name: [row[column]] if row[column] else [] for name, column in self.terms.items()}
        return {
            **own,
            "case": [row["initiative__slug"]],
            "city": [row["initiative__city__slug"]],
            "theme": themes,
        }

    def corpus(self) -> Corpus:
        """What search is told."""
        table = self.model._meta.db_table
        return Corpus(
            kind=self.kind,
            ids=self.model.objects.public_ids,
            load=self.load,
            filters=(*self.terms, "case", "city", "theme"),
            sorts=tuple(self.orders),
            index=INDEX,
            feeds=[
                Feed(table, "id"),
                *self.feeds,
                Feed("cases_initiative", "id", _through(self.model, "initiative_id")),
                Feed("cases_initiativetheme", "initiative_id", _through(self.model, "initiative_id")),
                Feed("cases_theme", "id", _through(self.model, "initiative__theme_links__theme_id")),
                Feed("cases_programme", "id", _through(self.model, "initiative__programme_id")),
                Feed("cities_city", "id", _through(self.model, "initiative__city_id")),
            ],
        )


def _through(model: type[Record], path: str) -> Callable[[Sequence[int]], Iterable[int]]:
    def affected(ids: Sequence[int]) -> Iterable[int]:
        return model._base_manager.filter(**{f"{path}__in": ids}).values_list("pk", flat=True)

    return affected


def _comparable(key: object) -> str:
    """The key of an order as a text that compares as it does; "" for none."""
    return ordered(key) if isinstance(key, int | Decimal) else key or ""


def _named(name: str) -> Callable[[dict], str]:
    return lambda row: f"{row[f'{name}__slug']}\0{row['initiative__slug']}\0{row['pk']:015d}"


# Columns that only the ties of a kind need.
_EXTRA = {"partner": ("organisation__slug",), "place": ("place__slug",), "lesson": ("key",)}
_KINDS = (
    _Kind(
        "partner",
        Partner,
        PartnerList,
        "organisation__name",
        ("organisation__variants", "role"),
        {"kind": "organisation__kind"},
        _named("organisation"),
        feeds=(Feed("cases_organisation", "id", _through(Partner, "organisation_id")),),
    ),
    _Kind(
        "place",
        PlaceMention,
        PlaceList,
        "place__name",
        ("place__variants",),
        {"kind": "place__kind"},
        _named("place"),
        feeds=(Feed("cases_place", "id", _through(PlaceMention, "place_id")),),
    ),
    _Kind(
        "lesson",
        Transfer,
        LessonList,
        "name",
        ("what",),
        {"direction": "direction", "state": "state"},
        lambda row: tie(row["initiative__slug"], row["first_line"], 0, row["key"]),
        has_themes=False,
    ),
)
CORPORA = [kind.corpus() for kind in _KINDS]
