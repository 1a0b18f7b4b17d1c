"""What the site-wide search finds, as rows that are taken away: all of it, best first, in any form a list has.

`/search.json` is another thing: a page of the results, with the reasons why each was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from cases.models import Initiative
from catalogue.hits import KINDS, public_cities
from catalogue.search import SiteSearch
from cities.columns import point_of, where_of
from cities.models import Alliance, City, Plan
from declarations.models import Article, Declaration
from listing.bulk import batches
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table
from records.models import Record
from search.kinds import Hit

_AT_ONCE = 50_000  # results that are asked of the index at a time
# A case and an article are more than what is found of them: here only what a row says is read.
_RECORDS: dict[str, Callable[[], QuerySet]] = {
    "case": lambda: Initiative.objects.public().select_related("city"),
    "city": City.objects.public,
    "declaration": lambda: Declaration.objects.public().select_related("city"),
    "article": lambda: Article.objects.public().select_related("declaration__city"),
    "alliance": Alliance.objects.public,
    "plan": lambda: Plan.objects.public().select_related("city"),
}


@dataclass(frozen=True)
class FoundThing:
    """One result. `says` is what it is about in our own words; `city` one that readers may see."""

    type: str
    slug: str
    city: City | None
    title: str
    url: str
    says: str
    score: float
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class FoundThings:
    """The results of a search, as exports take rows."""

    hits: Sequence[Hit]

    def count(self) -> int:
        """How many there are."""
        return len(self.hits)

    def none(self) -> FoundThings:
        """No row."""
        return FoundThings(())

    def iterator(self, chunk_size: int) -> Iterator[FoundThing]:
        """Each of them, read from the database some at a time; what is no longer public is left out."""
        for some in batches(self.hits, chunk_size):
            records = _records(some)
            public = public_cities(records)
            for hit in some:
                if record := records.get((hit.kind, hit.id)):
                    yield _thing(hit, record, public)

    def newest(self, order: str, most: int) -> FoundThings:
        """Those that come first in an order by time ("-updated_at"), so many of them, in no order."""
        name, found = order.removeprefix("-"), []
        for kind, query in _RECORDS.items():
            hits = {hit.id: hit for hit in self.hits if hit.kind == kind}
            for some in batches(hits, _AT_ONCE):
                times = query().filter(pk__in=some).order_by(order, "pk").values_list(name, "pk")[:most]
                found += [(time, hits[pk]) for time, pk in times]
        found.sort(key=lambda each: each[0], reverse=True)
        return FoundThings([hit for _time, hit in found[:most]])


def found_things(search: SiteSearch) -> FoundThings:
    """All results of a search; the index gives them as fast as it counts them."""
    hits: list[Hit] = []
    while search.found and len(hits) < search.found.count:
        more = search.found.best(len(hits), _AT_ONCE)
        if not more:
            break
        hits += more
    return FoundThings(hits)


def _records(hits: Sequence[Hit]) -> dict[tuple[str, int], Record]:
    records: dict[tuple[str, int], Record] = {}
    for kind, query in _RECORDS.items():
        if ids := [hit.id for hit in hits if hit.kind == kind]:
            records |= {(kind, record.pk): record for record in query().filter(pk__in=ids).order_by()}
    return records


def _thing(hit: Hit, record: Record, public: set[int]) -> FoundThing:
    kind = KINDS[hit.kind]
    city = kind.city(record)
    return FoundThing(
        type=hit.kind,
        slug=kind.slug(record),
        city=city if city and city.pk in public else None,
        title=kind.title(record),
        url=record.get_absolute_url(),
        says=getattr(record, "summary", "") or getattr(record, "digest", ""),
        score=hit.score,
        created_at=record.created_at,
        updated_at=record.updated_at,
    )


FOUND = Table(
    "search",
    [
        Column("type", lambda thing: thing.type, "what it is: " + ", ".join(KINDS), always=True),
        Column(
            "slug",
            lambda thing: thing.slug,
            "of the thing; of an article the slug of its declaration, a colon, its number",
            always=True,
        ),
        Column(
            "city",
            lambda thing: thing.city and thing.city.name,
            "usual English name; of a declaration or article the city it was adopted in",
        ),
        Column("title", lambda thing: thing.title, "title or name; of an article its heading", always=True),
        Column(
            "url",
            lambda thing: OnSite(thing.url),
            "its page, or its place on one",
            holds=Holds.ADDRESS,
            always=True,
        ),
        Column(
            "score",
            lambda thing: Decimal(f"{thing.score:.4f}"),
            "how well it matches; comparable within one file only",
            holds=Holds.NUMBER,
            always=True,
        ),
        Column(
            "city_id", lambda thing: thing.city and thing.city.slug, "slug of the city, as filters take it"
        ),
    ],
    label="search of the whole catalogue",
    citation=citation(
        "search",
        key=lambda thing: f"{thing.type}:{thing.slug}",
        title=lambda thing: thing.title,
        place=lambda thing: where_of(thing.city),
        url=lambda thing: OnSite(thing.url),
        keywords=lambda thing: [thing.type],
        abstract=lambda thing: thing.says,
    ),
    point=Column("point", lambda thing: thing.city and point_of(thing.city), "where its city lies"),
)
