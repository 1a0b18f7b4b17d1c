"""What the site-wide search shows of each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Initiative
from cases.passages import full_text as case_text
from cases.passages import passages as case_passages
from cases.passages import prefetches as case_prefetches
from cities.models import Alliance, City, Plan
from cities.passages import alliance_passages, city_passages, plan_passages
from declarations.models import Article, Declaration
from declarations.passages import article_passages, article_text, declaration_passages
from records.models import Record
from search.highlights import Highlighter, Match, Passage
from search.kinds import Hit
from sources.printed import PrintedTexts


@dataclass(frozen=True)
class Kind:
    """How records of one kind are loaded and what is shown of them."""

    label: str | Promise
    load: Callable[[], QuerySet]
    passages: Callable[[Record], Sequence[Passage]]
    title: Callable[[Record], str] = str
    slug: Callable[[Record], str] = lambda record: record.slug
    city: Callable[[Record], City | None] = lambda record: record.city
    full: Callable[[Record, PrintedTexts], Callable[[], Iterable[Passage]]] | None = None


@dataclass(frozen=True)
class ShownHit:
    """A hit with its record, and why it matched."""

    type: str
    label: str
    slug: str
    city: City | None
    title: str
    url: str
    score: float
    match: Match

    def document(self, site: str) -> dict:
        """The hit in JSON."""
        return {
            "type": self.type,
            "slug": self.slug,
            "city": self.city.name if self.city else None,
            "title": self.title,
            "url": site + self.url,
            "score": round(self.score, 4),
            "highlights": _highlights(self.match),
        }


def _highlights(match: Match) -> dict:
    def listed(segments) -> list[dict]:
        return [{"text": segment.text, "marked": segment.marked} for segment in segments]

    return {
        "title": listed(match.title),
        "snippets": [{"label": each.label, "segments": listed(each.segments)} for each in match.snippets],
        "reasons": [{"why": each.why, "found": each.found, "typed": each.typed} for each in match.reasons],
    }


def _articles_slug(article: Article) -> str:
    """As the filter of the cases takes it, too."""
    return f"{article.declaration.slug}:{article.number}"


# In the order they are offered in; their names are a promise to programs outside.
KINDS = {
    "case": Kind(
        _("Cases"),
        lambda: Initiative.objects.public().for_lists().prefetch_related(*case_prefetches()),
        case_passages,
        full=case_text,
    ),
    "city": Kind(
        _("Cities"),
        lambda: City.objects.public().prefetch_related("figure_sets__figures"),
        city_passages,
        city=lambda city: city,
    ),
    "declaration": Kind(
        _("Declarations"),
        lambda: Declaration.objects.public().select_related("city"),
        declaration_passages,
    ),
    "article": Kind(
        _("Articles"),
        lambda: Article.objects.public().select_related("declaration__city", "source"),
        article_passages,
        title=lambda article: article.heading,
        slug=_articles_slug,
        city=lambda article: article.declaration.city,
        full=article_text,
    ),
    "alliance": Kind(
        _("Alliances"),
        lambda: Alliance.objects.public().prefetch_related("tasks", "organisations", "members"),
        alliance_passages,
        city=lambda alliance: None,
    ),
    "plan": Kind(
        _("Plans"),
        lambda: (
            Plan.objects.public()
            .select_related("city")
            .prefetch_related("stages", "fields_of_action", "targets", "benchmarks")
        ),
        plan_passages,
    ),
}


def shown(hits: Sequence[Hit], highlighter: Highlighter) -> list[ShownHit]:
    """The hits as a page shows them, in their order; what is no longer public is left out."""
    records, printed = _records(hits), PrintedTexts()
    public = _public_cities(records)
    made = []
    for hit in hits:
        if (hit.kind, hit.id) in records:
            made.append(_shown(hit, records[hit.kind, hit.id], public, highlighter, printed))
    return made


def _shown(hit, record, public, highlighter, printed) -> ShownHit:
    kind = KINDS[hit.kind]
    city, title = kind.city(record), kind.title(record)
    return ShownHit(
        type=hit.kind,
        label=str(record._meta.verbose_name),
        slug=kind.slug(record),
        city=city if city and city.pk in public else None,
        title=title,
        url=record.get_absolute_url(),
        score=hit.score,
        match=highlighter.show(title, kind.passages(record), kind.full and kind.full(record, printed)),
    )


def _records(hits: Sequence[Hit]) -> dict[tuple[str, int], Record]:
    records = {}
    for name in {hit.kind for hit in hits}:
        ids = [hit.id for hit in hits if hit.kind == name]
        records |= {(name, each.pk): each for each in KINDS[name].load().filter(pk__in=ids).order_by()}
    return records


def _public_cities(records: dict[tuple[str, int], Record]) -> set[int]:
    """A declaration stays public when its city is taken back; the city must not show with it."""
    cities = {city.pk for (kind, _id), record in records.items() if (city := KINDS[kind].city(record))}
    return set(City.objects.public().filter(pk__in=cities).values_list("pk", flat=True))
