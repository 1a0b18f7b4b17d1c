"""The cases as search knows them: what each says, the values its filters take, its place in each order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cases.crosswalk.answers import FIELD as ANSWER
from cases.crosswalk.answers import answer
from cases.crosswalk.articles import value_of
from cases.filters import UNKNOWN, novelty_of
from cases.lists import SORTING
from cases.models import (
    CommitmentLink,
    Initiative,
    InitiativeGoal,
    InitiativeTheme,
    Milestone,
    Outcome,
    Partner,
    PlaceMention,
    Section,
)
from cases.rows import Row
from cities.models import City, CityFigures, Figure
from listing.countries import country_slug
from search.analysis import together
from search.corpus import Corpus, Document, Feed
from sources.printed import PrintedTexts

FILTERS = ("city", "country", "theme", "goal", "programme", "started", "novelty", "article")
ORDERS = ("title", "city", "newest", "population")


# The parts of a case that are searched, with the columns that are: all the text of one row is one passage.
_SAID = (
    (Section, ("heading", "digest"), "\n"),
    (Milestone, ("event",), ""),
    (Outcome, ("indicator", "scope", "printed"), " "),
    (Partner, ("organisation__name", "organisation__variants"), "\n"),
    (PlaceMention, ("place__name", "place__variants"), "\n"),
)


def _load(ids: Sequence[int]) -> Iterator[Document]:
    """The public cases among these. All is read as plain values: a build reads every row there is."""
    cases = Initiative.objects.public().order_by()
    rows, texts = cases.export_reader()(ids), PrintedTexts()
    said, names = _said(list(rows)), _names(list(rows))
    keys = [SORTING.sorts[name].expression for name in ORDERS]
    for pk, city, lead, *places in cases.filter(pk__in=ids).values_list(
        "pk", "city_id", "lead_digest", *keys
    ):
        if case := rows.get(pk):
            body = "\n".join(filter(None, (case.summary, lead, *said[pk])))
            own = {"body": body, "names": names[city], **_texts(case, texts)}
            yield Document(pk, case.slug, own, _terms(case), _sorts(places))


def _said(ids: Sequence[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for model, columns, between in _SAID:
        parts = model.objects.filter(model.own_public_q(), initiative__in=ids).order_by("pk")
        for pk, *texts in parts.values_list("initiative_id", *columns):
            found[pk].append(between.join(texts))
    return found


def _names(ids: Sequence[int]) -> dict[int, str]:
    """All names of each city of these cases, and the territories its figures speak of."""
    cities = City.objects.filter(pk__in=Initiative.objects.filter(pk__in=ids).order_by().values("city"))
    found = {}
    for city in cities.order_by().prefetch_related("figure_sets"):
        scopes = [each.scope_as_printed for each in city.figure_sets.all() if not each.hidden]
        found[city.pk] = "\n".join([*map(together, city.every_name), *scopes])
    return found


def _texts(case: Row, printed: PrintedTexts) -> dict[str, str]:
    themes = sorted((link.theme for link in case.theme_links.all()), key=lambda theme: (theme.name, theme.pk))
    return {
        "title": case.title,
        "themes": "\n".join(name for theme in themes for name in theme.every_name),
        "full": "\n".join(printed.passage(case.source, case.first_line, case.last_line)),
    }


def _terms(case: Row) -> dict[str, list[str]]:
    links = [(value_of(link.article), link.basis) for link in case.commitment_links.all()]
    return {
        "city": [case.city.slug],
        "country": [country_slug(str(case.city.country))],
        "theme": [link.theme.slug for link in case.theme_links.all()],
        "goal": [str(link.goal.number) for link in case.goal_links.all()],
        "programme": [case.programme.slug],
        "started": [case.started[:4] or UNKNOWN],
        "novelty": novelty_of(claim.kind for claim in case.novelty_claims.all()),
        "article": [article for article, _basis in links],
        ANSWER: [answer(*link) for link in links],
    }


def _sorts(keys: Sequence[object]) -> dict[str, str]:
    return {
        name: ordered(key) if isinstance(key, int | Decimal) else key or ""
        for name, key in zip(ORDERS, keys, strict=True)
    }


def ordered(number: Decimal | int) -> str:
    """A number of 0 or more as a text that compares as it does: its length first."""
    whole, _point, rest = format(Decimal(number), "f").partition(".")
    return f"{len(whole):02d}{whole}.{rest.rstrip('0')}"


def _through(model, field: str, to: str = "initiative_id"):
    """The cases that a record is linked with."""

    def affected(ids: Sequence[int]) -> Iterable[int]:
        return model._base_manager.filter(**{f"{field}__in": ids}).values_list(to, flat=True)

    return affected


def _of_sets(ids: Sequence[int]) -> Iterable[int]:
    cities = CityFigures._base_manager.filter(pk__in=ids).values("city_id")
    return Initiative._base_manager.filter(city_id__in=cities).values_list("pk", flat=True)


_PARTS = (
    *("section", "initiativetheme", "initiativegoal", "commitmentlink", "noveltyclaim", "milestone"),
    *("outcome", "partner", "placemention"),
)

CORPUS = Corpus(
    kind="case",
    ids=Initiative.objects.public_ids,
    load=_load,
    filters=(*FILTERS, ANSWER),
    sorts=ORDERS,
    feeds=[
        Feed("cases_initiative", "id"),
        *(Feed(f"cases_{part}", "initiative_id") for part in _PARTS),
        Feed("records_formerslug", "id", lambda ids: ()),  # what filters take, which no document says
        Feed("cases_theme", "id", _through(InitiativeTheme, "theme_id")),
        Feed("cases_goal", "id", _through(InitiativeGoal, "goal_id")),
        Feed("cases_programme", "id", _through(Initiative, "programme_id", "pk")),
        Feed("declarations_article", "id", _through(CommitmentLink, "article_id")),
        Feed("declarations_declaration", "id", _through(CommitmentLink, "article__declaration_id")),
        Feed("cases_organisation", "id", _through(Partner, "organisation_id")),
        Feed("cases_place", "id", _through(PlaceMention, "place_id")),
        Feed("cities_city", "id", _through(Initiative, "city_id", "pk")),
        Feed("cities_cityfigures", "city_id", _through(Initiative, "city_id", "pk")),
        Feed(Figure._meta.db_table, "figures_id", _of_sets),
        Feed("sources_source", "id", _through(Initiative, "source_id", "pk")),
        Feed("sources_sourcetext", "source_id", _through(Initiative, "source_id", "pk")),
    ],
)
