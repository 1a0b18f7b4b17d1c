"""Cities, alliances and plans as search knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cities.models import Alliance, City, Plan
from search import divisions
from search.analysis import together
from search.corpus import Corpus, Document, Feed, register


def _visible(parts) -> list:
    return [part for part in parts.all() if not part.hidden]


def _cities(ids: Sequence[int]) -> Iterator[Document]:
    rows = City.objects.public().filter(pk__in=ids).prefetch_related("figure_sets__figures").order_by()
    for city in rows:
        sets = _visible(city.figure_sets)
        said = [each.scope_as_printed for each in sets]
        said += [figure.text for each in sets for figure in _visible(each.figures)]
        names = "\n".join([*map(together, city.every_name), str(city.country.name)])
        texts = {"title": together(city.name), "names": names, "body": "\n".join(filter(None, said))}
        yield Document(city.pk, city.slug, texts)


def _alliances(ids: Sequence[int]) -> Iterator[Document]:
    rows = Alliance.objects.public().filter(pk__in=ids).order_by()
    for alliance in rows.prefetch_related("tasks", "organisations", "members"):
        said = [alliance.digest, alliance.founded_at, alliance.member_list_note]
        said += [f"{task.heading}\n{task.digest}" for task in _visible(alliance.tasks)]
        said += [each.name for each in (*_visible(alliance.organisations), *_visible(alliance.members))]
        texts = {"title": alliance.name, "body": "\n".join(filter(None, said))}
        yield Document(alliance.pk, alliance.slug, texts)


def _plans(ids: Sequence[int]) -> Iterator[Document]:
    rows = Plan.objects.public().filter(pk__in=ids).select_related("city").order_by()
    for plan in rows.prefetch_related("stages", "fields_of_action", "targets", "benchmarks"):
        said = [plan.digest, plan.author]
        said += [f"{each.heading}\n{each.digest}" for each in _visible(plan.stages)]
        said += [f"{each.heading}\n{each.digest}" for each in _visible(plan.fields_of_action)]
        said += [each.target for each in _visible(plan.targets)]
        said += [f"{each.name}\n{each.note}" for each in _visible(plan.benchmarks)]
        texts = {"title": plan.title, "names": "\n".join(map(together, plan.city.every_name))}
        yield Document(plan.pk, plan.slug, texts | {"body": "\n".join(filter(None, said))})


def _sets_cities(ids: Sequence[int]) -> list[int]:
    return list(City._base_manager.filter(figure_sets__in=ids).values_list("pk", flat=True))


def _cities_plans(ids: Sequence[int]) -> list[int]:
    return list(Plan._base_manager.filter(city__in=ids).values_list("pk", flat=True))


CORPORA = [
    Corpus(
        kind="city",
        ids=City.objects.public_ids,
        load=_cities,
        feeds=[
            Feed("cities_city", "id"),
            Feed("cities_cityfigures", "city_id"),
            Feed("cities_figure", "figures_id", _sets_cities),
        ],
    ),
    Corpus(
        kind="alliance",
        ids=Alliance.objects.public_ids,
        load=_alliances,
        feeds=[
            Feed("cities_alliance", "id"),
            *(Feed(f"cities_{part}", "alliance_id") for part in ("task", "allianceorganisation", "member")),
        ],
    ),
    Corpus(
        kind="plan",
        ids=Plan.objects.public_ids,
        load=_plans,
        feeds=[
            Feed("cities_plan", "id"),
            Feed("cities_city", "id", _cities_plans),
            *(Feed(f"cities_{part}", "plan_id") for part in ("stage", "fieldofaction", "benchmark")),
            # Of a room above; one of a case has no plan.
            Feed("cases_target", "plan_id", lambda ids: [plan for plan in ids if plan is not None]),
        ],
    ),
]


def _divisions() -> list[divisions.Division]:
    """The districts and counties of the cities that readers may see; cities feed documents already."""
    cities = City.objects.public().exclude(divisions="").order_by("pk").only("name", "divisions")
    return [divisions.Division(tuple(names), city.name) for city in cities for names in city.every_division]


def ready() -> None:
    """Makes them known to search."""
    divisions.register(_divisions)
    for corpus in CORPORA:
        register(corpus)
