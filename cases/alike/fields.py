"""The form as it is shown again: what was typed, how it was understood, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import capfirst

from cases.alike.form import FIGURES, HOW_MANY, LONGEST_NAME, NAMES, NEED, Question
from cases.alike.method import SPANS, UNLABELLED
from cases.models import Theme
from cities.models import City, Figure
from cities.places import Scope
from listing.text import plain
from listing.views import search_fields

MOST_THEMES = 60
MOST_OFFERED = 200


@dataclass
class Field:
    """One field. `typed` stays in it, whatever is wrong; `understood` is a number as it was read."""

    name: str
    label: str | Promise = ""
    typed: str = ""
    example: str = ""
    understood: Decimal | None = None
    errors: list[str] = field(default_factory=list)


def form_context(question: Question) -> dict:
    """Everything templates/cases/_alike_form.html shows."""
    names = (*NAMES, *NEED)
    return {
        "fields": {name: _field(question, name) for name in names},
        "figure_fields": [_field(question, name) for name in FIGURES],
        "city_names": _offered_cities(),
        "scopes": _scopes(question),
        "themes": _themes(question),
        "words": search_fields(question.need.filters, question.params)[0],
        "how_many": [{"value": number, "is_chosen": number == question.nearest} for number in HOW_MANY],
    }


def _field(question: Question, name: str) -> Field:
    asked = FIGURES.get(name)
    return Field(
        name,
        asked.label if asked else "",
        plain(question.typed.get(name, ""))[:LONGEST_NAME],
        asked.example if asked else "",
        question.numbers.get(name),
        [problem.in_words for problem in question.problems if problem.name == name],
    )


def _scopes(question: Question) -> list[dict]:
    """The territories to choose from; "unlabelled" stands for the empty choice unless it was asked for by its name."""
    return [
        {"value": scope.value, "label": capfirst(str(scope.label)), "is_chosen": scope == question.scope}
        for scope in Scope
        if scope != UNLABELLED or scope == question.scope
    ]


def _themes(question: Question) -> list[dict]:
    """The themes to choose from, and every chosen one."""
    chosen = {term.value: term.label for term in question.need.chosen.get("theme", ())}
    offered = {theme.slug: theme.label for theme in Theme.objects.public()[:MOST_THEMES]}
    return [
        {"value": slug, "label": label, "is_chosen": slug in chosen}
        for slug, label in (offered | chosen).items()
    ]


def _offered_cities() -> list[str]:
    """Names that the field can complete, where there are few enough cities to send along."""
    if City.objects.public()[: MOST_OFFERED + 1].count() > MOST_OFFERED:
        return []
    figures = Figure.objects.public().filter(name__in=SPANS, value__isnull=False).order_by()
    names = City.objects.public().filter(figure_sets__in=figures.values("figures")).distinct()
    return list(names.values_list("name", flat=True))
