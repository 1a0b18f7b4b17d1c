"""The texts of cities, alliances and plans that a reader sees, for showing why one was found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cities.models import Alliance, City, Plan
from search.analysis import HAN
from search.highlights import Passage


def names_of(city: City, scopes: Iterable[str] = ()) -> list[Passage]:
    """Every name of a city, the Chinese ones apart, and the territories its figures speak of."""
    names = list(dict.fromkeys([*city.every_name, *filter(None, scopes)]))
    return _as_passages(tuple(names), get_language())


@lru_cache(maxsize=5_000)  # of few cities, on every page
def _as_passages(names: tuple[str, ...], language: str | None) -> list[Passage]:
    """Names as passages labelled in the active language, which is `language`."""
    chinese = [name for name in names if HAN.search(name)]
    others = [name for name in names if name not in chinese]
    passages = [Passage(", ".join(others), _("City"))] if others else []
    return passages + ([Passage("、".join(chinese), _("City"), "zh-Hans")] if chinese else [])


def city_passages(city: City) -> list[Passage]:
    """What its page says in words; takes `figure_sets__figures` as already loaded."""
    sets = [each for each in city.figure_sets.all() if not each.hidden]
    figures = [figure for each in sets for figure in each.figures.all() if not figure.hidden and figure.text]
    return [
        *names_of(city, [each.scope_as_printed for each in sets]),
        *(Passage(figure.text, figure.get_name_display()) for figure in figures),
        Passage(str(city.country.name), _("Country"), ""),
    ]


def alliance_passages(alliance: Alliance) -> list[Passage]:
    """What its page says; takes tasks, organisations and members as already loaded."""
    tasks = [task for task in alliance.tasks.all() if not task.hidden]
    named = [each for each in (*alliance.organisations.all(), *alliance.members.all()) if not each.hidden]
    said = [alliance.digest, *(f"{task.heading}: {task.digest}" for task in tasks)]
    said += [", ".join(each.name for each in named), alliance.founded_at, alliance.member_list_note]
    return [Passage(text) for text in said if text]


def plan_passages(plan: Plan) -> list[Passage]:
    """What its page says; takes the city and all parts of the plan as already loaded."""
    said = [plan.digest]
    for part in (plan.stages, plan.fields_of_action):
        said += [f"{each.heading}: {each.digest}" for each in part.all() if not each.hidden]
    passages = [Passage(text) for text in said if text]
    passages += [Passage(each.target, _("Target")) for each in plan.targets.all() if not each.hidden]
    marks = [each for each in plan.benchmarks.all() if not each.hidden]
    passages += [Passage(f"{each.name}: {each.note}" if each.note else each.name) for each in marks]
    passages += [Passage(plan.author)] if plan.author else []
    return passages + names_of(plan.city)
