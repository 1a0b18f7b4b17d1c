"""What the site-wide search shows of each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.cards import Card, cards, read_texts
from cases.models import Initiative
from cases.passages import full_text as case_text
from cases.passages import passages as case_passages
from cities.models import Alliance, City, Plan
from cities.passages import alliance_passages, city_passages, plan_passages
from declarations.models import Article, Declaration
from declarations.passages import article_passages, article_text, declaration_passages
from records.models import Record
from search.highlights import Highlighter, Match, Passage, Reason
from search.kinds import Hit
from sources.printed import PrintedTexts

Thing = Record | Card


@dataclass(frozen=True)
class Kind:
    """How things of one kind are loaded by their numbers, and what is shown of them."""

    label: str | Promise
    one: str | Promise
    load: Callable[[Sequence[int]], Mapping[int, Thing]]
    passages: Callable[[Thing], Sequence[Passage]]
    title: Callable[[Thing], str] = str
    slug: Callable[[Thing], str] = lambda thing: thing.slug
    city: Callable[[Thing], City | None] = lambda thing: thing.city
    full: Callable[[Thing, PrintedTexts], Callable[[], Iterable[Passage]]] | None = None


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
        "reasons": [_reason(each) for each in match.reasons],
    }


def _reason(reason: Reason) -> dict:
    made = {"why": reason.why, "found": reason.found, "typed": reason.typed}
    return made | ({"named": reason.named} if reason.named else {})


def _articles_slug(article: Article) -> str:
    """As the filter of the cases takes it, too."""
    return f"{article.declaration.slug}:{article.number}"


def _cases(ids: Sequence[int]) -> Mapping[int, Card]:
    found = cards(ids)
    read_texts(found.values())
    return found


def _records(query: Callable[[], QuerySet]) -> Callable[[Sequence[int]], Mapping[int, Record]]:
    return lambda ids: {record.pk: record for record in query().filter(pk__in=ids).order_by()}


# In the order they are offered in; their names are a promise to programs outside.
KINDS = {
    "case": Kind(
        _("Cases"),
        Initiative._meta.verbose_name,
        _cases,
        case_passages,
        full=case_text,
    ),
    "city": Kind(
        _("Cities"),
        City._meta.verbose_name,
        _records(lambda: City.objects.public().prefetch_related("figure_sets__figures")),
        city_passages,
        city=lambda city: city,
    ),
    "declaration": Kind(
        _("Declarations"),
        Declaration._meta.verbose_name,
        _records(lambda: Declaration.objects.public().select_related("city")),
        declaration_passages,
    ),
    "article": Kind(
        _("Articles"),
        Article._meta.verbose_name,
        _records(lambda: Article.objects.public().select_related("declaration__city", "source")),
        article_passages,
        title=lambda article: article.heading,
        slug=_articles_slug,
        city=lambda article: article.declaration.city,
        full=article_text,
    ),
    "alliance": Kind(
        _("Alliances"),
        Alliance._meta.verbose_name,
        _records(lambda: Alliance.objects.public().prefetch_related("tasks", "organisations", "members")),
        alliance_passages,
        city=lambda alliance: None,
    ),
    "plan": Kind(
        _("Plans"),
        Plan._meta.verbose_name,
        _records(
            lambda: (
                Plan.objects.public()
                .select_related("city")
                .prefetch_related("stages", "fields_of_action", "targets", "benchmarks")
            )
        ),
        plan_passages,
    ),
}


def shown(hits: Sequence[Hit], highlighter: Highlighter) -> list[ShownHit]:
    """The hits as a page shows them, in their order; what is no longer public is left out."""
    things, printed = _loaded(hits), PrintedTexts()
    public = public_cities(things)
    made = []
    for hit in hits:
        if (hit.kind, hit.id) in things:
            made.append(_shown(hit, things[hit.kind, hit.id], public, highlighter, printed))
    return made


def _shown(hit, thing, public, highlighter, printed) -> ShownHit:
    kind = KINDS[hit.kind]
    city, title = kind.city(thing), kind.title(thing)
    return ShownHit(
        type=hit.kind,
        label=str(kind.one),
        slug=kind.slug(thing),
        city=city if city and city.pk in public else None,
        title=title,
        url=thing.get_absolute_url(),
        score=hit.score,
        match=highlighter.show(title, kind.passages(thing), kind.full and kind.full(thing, printed)),
    )


def _loaded(hits: Sequence[Hit]) -> dict[tuple[str, int], Thing]:
    loaded = {}
    for name in {hit.kind for hit in hits}:
        ids = [hit.id for hit in hits if hit.kind == name]
        loaded |= {(name, id): thing for id, thing in KINDS[name].load(ids).items()}
    return loaded


def public_cities(things: Mapping[tuple[str, int], Thing]) -> set[int]:
    """A declaration stays public when its city is taken back; the city must not show with it."""
    cities = {city.pk for (kind, _id), thing in things.items() if (city := KINDS[kind].city(thing))}
    return set(City.objects.public().filter(pk__in=cities).values_list("pk", flat=True))
