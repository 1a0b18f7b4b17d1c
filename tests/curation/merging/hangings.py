"""Cities and organisations with whatever can hang on them, and how all of it stands."""

from django.apps import apps
from django.db import models

from cases.models import Organisation, Partner, Place, PlaceMention, Target, Transfer
from cities.models import Alliance, Benchmark, City, CityFigures, Figure, Member, Plan
from curation.models import NotPrinted
from notes.models import Note
from records.models import FormerSlug
from records.operations import Change, Operation
from records.plain import plain
from tests.factories import make_case, make_city, make_source

FIGURES = ("population", "area_km2")
# What hangs on a city, by the letter that asks for it.
KINDS = "cpfmbotnsrx"


def everything() -> dict[str, dict[int, dict]]:
    """Every row of every table of the catalogue by model and number, but the history itself."""
    left_out = (Operation, Change)
    return {
        model._meta.label: {row.pk: plain(row) for row in model._base_manager.all()}
        for model in apps.get_models()
        if model._meta.managed and model not in left_out and model._meta.app_label in ROOMS
    }


ROOMS = ("records", "sources", "cities", "declarations", "cases", "notes", "curation")


def counts() -> dict[str, int]:
    return {label: len(rows) for label, rows in everything().items()}


class World:
    """What two cities share: a source, a plan, an alliance, a case of a third city."""

    def __init__(self):
        self.source = make_source("a-source")
        self.third = make_city("Third")
        self.case = make_case("A case of another city", city=self.third)
        self.plan = Plan.objects.create(slug="p", title="P", city=self.third, source=self.source)
        self.alliance = Alliance.objects.create(slug="a", name="A", source=self.source)

    def hang(self, city: City, kind: str, number: int) -> models.Model:
        """One more thing on a city; the same number on two cities means the same place where there is one."""
        name = f"{city.slug}-{number}"
        common = {"city": city}
        makers = {
            "c": lambda: make_case(f"Case {name}", **common),
            "p": lambda: Plan.objects.create(slug=f"plan-{name}", title=name, source=self.source, **common),
            "f": lambda: self._figures(city, f"set-{number}", number),
            "m": lambda: Member.objects.create(
                alliance=self.alliance,
                name=name,
                kind="city",
                evidence="It is said.",
                source=self.source,
                printed="It",
                **common,
            ),
            "b": lambda: Benchmark.objects.create(
                plan=self.plan, key=name, name=name, role="model", **common
            ),
            "o": lambda: Organisation.objects.create(slug=f"o-{name}", name=name, **common),
            "t": lambda: Transfer.objects.create(
                initiative=self.case, key=name, direction="taught", state="done", what="it", **common
            ),
            "n": lambda: Note.objects.create(
                slug=f"n-{name}",
                source=self.source,
                kind="two-values",
                severity="low",
                lines="1",
                note="x",
                **common,
            ),
            "s": lambda: FormerSlug.objects.create(
                model="cities.city", slug=f"old-{name}", object_id=city.pk
            ),
            "r": lambda: Target.objects.create(plan=self.plan, key=f"r-{name}", target="all", **common),
            "x": lambda: NotPrinted.objects.create(rule=f"rule-{number}", reason="Looked for.", **common),
        }
        return makers[kind]()

    def _figures(self, city: City, key: str, number: int) -> CityFigures:
        figures = CityFigures.objects.create(city=city, source=self.source, key=key)
        for name in FIGURES[: number + 1]:
            # The same number gives the same values, but for the area of the second set.
            value = city.pk if (name, number) == ("area_km2", 1) else 5
            Figure.objects.create(figures=figures, name=name, value=value)
        return figures


def partner_of(organisation: Organisation, case, role="builder", **fields) -> Partner:
    return Partner.objects.create(initiative=case, organisation=organisation, role=role, **fields)


def mention_of(place: Place, case, **fields) -> PlaceMention:
    return PlaceMention.objects.create(initiative=case, place=place, **fields)
