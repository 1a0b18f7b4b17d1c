"""What a case and a city should have: each rule once, as a condition of the database and for one record in Python.

A test holds the two to each other. Rows that are hidden do not count: readers do not see them. What is missing may
also not be printed: where a curator has looked and said so (`NotPrinted`), it counts as there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from cases.models import Initiative, InitiativeGoal, InitiativeTheme, Outcome, Partner, Section
from cities.models import City, CityFigures, Figure
from curation.completeness.models import NotPrinted
from curation.completeness.names import NAMES
from records.models import Record


@dataclass(frozen=True)
class Rule:
    """`there` is the condition on a queryset of `model`, `holds` the same for one record.

    `place` is where on the staff page it is filled in, `required` whether readers miss it at once.
    """

    key: str
    model: type[Record]
    place: str
    there: Q | Exists
    holds: Callable[[Record], bool]
    required: bool = False

    @property
    def label(self) -> Promise:
        """What it asks for, in words."""
        return NAMES[self.key]

    @property
    def not_printed(self) -> Exists:
        """Whether a curator has said that the source does not print it."""
        return Exists(NotPrinted.objects.filter(**{name_of(self.model): OuterRef("pk")}, rule=self.key))

    @property
    def missing(self) -> Q:
        """The condition for a record that lacks it."""
        return ~Q(self.there) & ~Q(self.not_printed)


def name_of(model: type[Record]) -> str:
    """What a model is called in `NotPrinted`."""
    return {Initiative: "case", City: "city"}[model]


def _text(name: str) -> tuple[Q, Callable[[Record], bool]]:
    return ~Q(**{name: ""}), lambda record: getattr(record, name) != ""


def _rows(
    part: type[Record], key: str, condition: Q | None = None
) -> tuple[Exists, Callable[[Record], bool]]:
    """At least one row that is not hidden and fits the condition."""

    def rows(pk) -> models.QuerySet:
        return part._base_manager.filter(condition or Q(), **{key: pk}, hidden=False)

    return Exists(rows(OuterRef("pk"))), lambda record: rows(record.pk).exists()


_LINE = Q(source__isnull=False, first_line__isnull=False)


def _case(key, place, pair, required=False) -> Rule:
    return Rule(key, Initiative, place, *pair, required)


def _city(key, place, pair, required=False) -> Rule:
    return Rule(key, City, place, *pair, required)


def _reasons() -> tuple[Q, Callable[[Record], bool]]:
    links = InitiativeTheme._base_manager.filter(hidden=False)
    without = links.filter(initiative=OuterRef("pk"), reason="")
    there, holds = _rows(InitiativeTheme, "initiative")
    return (
        Q(there) & ~Q(Exists(without)),
        lambda case: holds(case) and not links.filter(initiative=case.pk, reason="").exists(),
    )


def _place_of_case() -> tuple[Q, Callable[[Record], bool]]:
    return _LINE, lambda case: case.source_id is not None and case.first_line is not None


def _coordinates() -> tuple[Q, Callable[[Record], bool]]:
    # Both or neither: the database holds that.
    return Q(latitude__isnull=False), lambda city: city.latitude is not None


def _city_figures() -> tuple[Exists, Callable[[Record], bool]]:
    shown = Figure._base_manager.filter(
        Q(value__isnull=False) | ~Q(text=""), hidden=False, figures__hidden=False
    )
    return (
        Exists(shown.filter(figures__city=OuterRef("city"))),
        lambda case: shown.filter(figures__city=case.city_id).exists(),
    )


CASE_RULES = [
    _case("summary", "id_summary", _text("summary"), required=True),
    _case("lines", "id_source", _place_of_case(), required=True),
    _case("themes", "theme_links-group", _rows(InitiativeTheme, "initiative"), required=True),
    _case("reasons", "theme_links-group", _reasons(), required=True),
    _case("sections", "sections-group", _rows(Section, "initiative"), required=True),
    _case("start", "id_started", _text("started")),
    _case("goals", "goal_links-group", _rows(InitiativeGoal, "initiative")),
    _case("outcomes", "outcomes-group", _rows(Outcome, "initiative", _LINE)),
    _case("partners", "partners-group", _rows(Partner, "initiative")),
    _case("figures", "id_city", _city_figures()),
]

CITY_RULES = [
    _city("coordinates", "id_latitude", _coordinates(), required=True),
    _city("chinese", "id_name_local", _text("name_local")),
    _city("figure-sets", "figure_sets-group", _rows(CityFigures, "city")),
]

RULES: dict[type[Record], list[Rule]] = {Initiative: CASE_RULES, City: CITY_RULES}


def rule(model: type[Record], key: str) -> Rule | None:
    """The rule of that key; None where the model has none."""
    return next((each for each in RULES[model] if each.key == key), None)
