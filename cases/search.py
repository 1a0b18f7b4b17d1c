"""The cases as search knows them: what each says, the values its filters take, its place in each order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from cases.lists import SORTING
from cases.models import Initiative, InitiativeGoal, InitiativeTheme, Milestone, Outcome, Partner, Section
from cities.models import CityFigures, Figure
from listing.countries import country_slug
from search.corpus import Corpus, Document, Feed, register
from sources.printed import PrintedTexts

FILTERS = ("city", "country", "theme", "goal", "programme", "started", "novelty")
ORDERS = ("title", "city", "newest", "population")
NONE, UNKNOWN = "none", "unknown"


def _with_all_it_says(ids: Sequence[int]) -> QuerySet:
    """The public cases among these, with every public part that is searched, and the keys they are sorted by."""
    keys = {f"key_{name}": SORTING.sorts[name].expression for name in ORDERS}
    parts = [("sections", Section, ()), ("milestones", Milestone, ()), ("outcomes", Outcome, ())]
    parts += [("partners", Partner, ("organisation",))]
    prefetched = [
        Prefetch(
            name,
            model.objects.filter(hidden=False).select_related(*joined).order_by("pk"),
            "searched_" + name,
        )
        for name, model, joined in parts
    ]
    return (
        Initiative.objects.public()
        .filter(pk__in=ids)
        .for_lists()
        .prefetch_related(*prefetched, "city__figure_sets")
        .annotate(**keys)
        .order_by()
    )


def _load(ids: Sequence[int]) -> Iterator[Document]:
    texts = PrintedTexts()
    for case in _with_all_it_says(ids):
        yield Document(case.pk, case.slug, _texts(case, texts), _terms(case), _sorts(case))


def _texts(case: Initiative, printed: PrintedTexts) -> dict[str, str]:
    themes = [link.theme for link in case.theme_links.all()]
    said = [case.summary, case.lead_digest]
    said += [f"{section.heading}\n{section.digest}" for section in case.searched_sections]
    said += [fact.event for fact in case.searched_milestones]
    said += [f"{claim.indicator} {claim.scope} {claim.printed}" for claim in case.searched_outcomes]
    said += [f"{each.organisation.name}\n{each.organisation.variants}" for each in case.searched_partners]
    return {
        "title": case.title,
        "names": "\n".join(
            case.city.every_name + [each.scope_as_printed for each in case.city.figure_sets.all()]
        ),
        "themes": "\n".join(f"{theme.name}\n{theme.name_zh}" for theme in themes),
        "body": "\n".join(filter(None, said)),
        "full": "\n".join(printed.passage(case.source, case.first_line, case.last_line)),
    }


def _terms(case: Initiative) -> dict[str, list[str]]:
    return {
        "city": [case.city.slug],
        "country": [country_slug(str(case.city.country))],
        "theme": [link.theme.slug for link in case.theme_links.all()],
        "goal": [str(link.goal.number) for link in case.goal_links.all()],
        "programme": [case.programme.slug],
        "started": [case.started[:4] or UNKNOWN],
        "novelty": [claim.kind for claim in case.novelty_claims.all()] or [NONE],
    }


def _sorts(case: Initiative) -> dict[str, str]:
    keys = {name: getattr(case, f"key_{name}") for name in ORDERS}
    return {name: ordered(key) if isinstance(key, int | Decimal) else key or "" for name, key in keys.items()}


def ordered(number: Decimal | int) -> str:
    """A number of 0 or more as a text that compares as it does: its length first."""
    whole, _point, rest = format(Decimal(number), "f").partition(".")
    return f"{len(whole):02d}{whole}.{rest.rstrip('0')}"


def _public_ids() -> Iterator[int]:
    return Initiative.objects.public().order_by("pk").values_list("pk", flat=True).iterator()


def _through(model, field: str, to: str = "initiative_id"):
    """The cases that a record is linked with."""

    def affected(ids: Sequence[int]) -> Iterable[int]:
        return model._base_manager.filter(**{f"{field}__in": ids}).values_list(to, flat=True)

    return affected


def _of_sets(ids: Sequence[int]) -> Iterable[int]:
    cities = CityFigures._base_manager.filter(pk__in=ids).values("city_id")
    return Initiative._base_manager.filter(city_id__in=cities).values_list("pk", flat=True)


_PARTS = ("section", "initiativetheme", "initiativegoal", "noveltyclaim", "milestone", "outcome", "partner")

CORPUS = Corpus(
    kind="case",
    ids=_public_ids,
    load=_load,
    filters=(*FILTERS, "article"),
    sorts=ORDERS,
    feeds=[
        Feed("cases_initiative", "id"),
        *(Feed(f"cases_{part}", "initiative_id") for part in _PARTS),
        Feed("cases_theme", "id", _through(InitiativeTheme, "theme_id")),
        Feed("cases_goal", "id", _through(InitiativeGoal, "goal_id")),
        Feed("cases_programme", "id", _through(Initiative, "programme_id", "pk")),
        Feed("cases_organisation", "id", _through(Partner, "organisation_id")),
        Feed("cities_city", "id", _through(Initiative, "city_id", "pk")),
        Feed("cities_cityfigures", "city_id", _through(Initiative, "city_id", "pk")),
        Feed(Figure._meta.db_table, "figures_id", _of_sets),
        Feed("sources_source", "id", _through(Initiative, "source_id", "pk")),
        Feed("sources_sourcetext", "source_id", _through(Initiative, "source_id", "pk")),
    ],
)


def ready() -> None:
    """Makes the cases known to search."""
    register(CORPUS)
