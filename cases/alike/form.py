"""What a reader asks: a city or figures of their own, a territory, and a need. Nothing raises on a reader's input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.alike import numbers
from cases.alike.figures import profile_of
from cases.alike.method import UNLABELLED, Profile, value_of
from cases.lists import CaseList
from cities.models import City
from cities.places import Scope
from listing.addresses import Address
from listing.middleware import LONGEST_QUERY
from listing.problems import Problem
from listing.selection import Selection
from listing.terms import Vocabulary
from listing.text import is_plain, shown
from search.engine import Snapshot

NEED = ("theme", "q")
HOW_MANY = (5, 10, 20)
LONGEST_NAME = 120


@dataclass(frozen=True)
class Asked:
    """A figure a reader may enter: the one it is compared with, and between which numbers it can lie."""

    figure: str
    low: Decimal
    high: Decimal
    label: str | Promise
    example: str


_AREA = (Decimal("0.01"), Decimal(10**7))
FIGURES = {
    "population": Asked(
        "population", Decimal(1), Decimal(10**10), gettext_lazy("Population (number of people)"), "1,200,000"
    ),
    "area": Asked("area_km2", *_AREA, gettext_lazy("Area (km²)"), "2,500"),
    "density": Asked("density_per_km2", *_AREA, gettext_lazy("Density (people per km²)"), "480"),
    "income": Asked(
        "gdp_per_capita_usd",
        Decimal(1),
        Decimal(10**7),
        gettext_lazy("Income (GDP per person, US$)"),
        "9,000",
    ),
}
NAMES = ("city", *FIGURES, "scope", "nearest")


class Question:
    """A query as it was understood. `problems` says what is wrong with it; where anything is, nothing is compared."""

    def __init__(self, params: QueryDict, path: str = "", too_long: bool = False):
        self.params, self.path = params, path
        self.problems: list[Problem] = []
        if too_long:
            message = _("The query is too long: at most %(most)d characters can be read.")
            self.problems.append(Problem("", message % {"most": LONGEST_QUERY}))
        self.typed = {name: self._one(name) for name in NAMES}
        self.need: Selection = CaseList().select(self._need_params(), reverse("cases:initiative_list"))
        self.problems += self.need.problems
        self.numbers = self._numbers()
        self.scope = self._scope()
        self.nearest = self._nearest()
        self.city = self._city()
        self.mine: Profile = self._mine()

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked at all; an empty form is not a mistake."""
        return bool(self.problems or self.need.chosen or any(self.typed.values()))

    @property
    def has_need(self) -> bool:
        """Whether only some cases are looked for."""
        return bool(self.need.chosen)

    def number_of(self, figure: str) -> Decimal | None:
        """The number that was entered for a figure, None where there is none."""
        return next((self.numbers.get(name) for name, each in FIGURES.items() if each.figure == figure), None)

    # --- reading

    def _one(self, name: str) -> str:
        given = list(dict.fromkeys(text.strip() for text in self.params.getlist(name) if text.strip()))
        if len(given) > 1:
            message = _("“%(name)s” is given %(count)d times: give it once.")
            self._refuse(name, message % {"name": name, "count": len(given)})
        return given[0] if given else ""

    def _refuse(self, name: str, message: str) -> None:
        self.problems.append(Problem(name, message))

    def _is_refused(self, name: str) -> bool:
        return any(problem.name == name for problem in self.problems)

    def _need_params(self, **more: str) -> QueryDict:
        params = QueryDict(mutable=True)
        for name in NEED:
            params.setlist(name, self.params.getlist(name))
        for name, value in more.items():
            params[name] = value
        return params

    def cases_of(self, city: str) -> Selection:
        """The cases of one city for the need, as the list of cases selects them."""
        return CaseList().select(self._need_params(city=city), self.need.path, state=self.state)

    @property
    def state(self) -> Snapshot | None:
        """The state of the search index it is answered from, None while that is being built."""
        return self.need.index.found.snapshot if self.need.index else None

    def _numbers(self) -> dict[str, Decimal]:
        read = {}
        for name, asked in FIGURES.items():
            typed = self.typed[name]
            if not typed or self._is_refused(name):
                continue
            try:
                read[name] = numbers.within(numbers.read(typed), typed, asked.low, asked.high)
            except numbers.NotANumber as error:
                self._refuse(name, str(error))
        return read

    def _scope(self) -> str:
        typed = self.typed["scope"]
        if typed and typed not in Scope.values:
            message = _("“%(value)s” is not a territory that is known. Choose one of: %(known)s.")
            self._refuse("scope", message % {"value": shown(typed), "known": ", ".join(Scope.values)})
            return ""
        return typed

    def _nearest(self) -> int:
        typed = self.typed["nearest"]
        if typed and typed not in map(str, HOW_MANY):
            message = _("“%(value)s” cities cannot be shown: choose one of %(known)s.")
            self._refuse("nearest", message % {"value": shown(typed), "known": ", ".join(map(str, HOW_MANY))})
        return int(typed) if typed in map(str, HOW_MANY) else HOW_MANY[0]

    def _city(self) -> City | None:
        typed = self.typed["city"]
        if not typed:
            if not any(self.typed[name] for name in FIGURES) and self.is_asked and not self.problems:
                self._refuse("city", _("Choose a city here, or enter at least one figure below."))
            return None
        if any(self.typed[name] for name in FIGURES):
            message = _("A city is chosen and figures are entered: leave one of the two empty.")
            self._refuse("city", message)
            return None
        found = cities_called(typed)
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Several cities are called “%(value)s”. Write one of these instead: %(slugs)s.")
            self._refuse("city", message % {"value": shown(typed), "slugs": ", ".join(c.slug for c in found)})
            return None
        message = _("The catalogue has no city called “%(value)s”. Enter its figures below instead.")
        self._refuse("city", message % {"value": shown(typed)})
        return None

    def _mine(self) -> Profile:
        if self.city is None:
            scope = self.scope or UNLABELLED
            return {
                FIGURES[name].figure: {scope: value_of(float(number))}
                for name, number in self.numbers.items()
            }
        every = profile_of(self.city)
        if not every:
            message = _(
                "The sources print no figures of %(city)s that could be compared. Enter figures below."
            )
            self._refuse("city", message % {"city": self.city.name})
        if not self.scope:
            return every
        mine = {
            name: {self.scope: values[self.scope]} for name, values in every.items() if self.scope in values
        }
        if every and not mine:
            known = sorted({str(Scope(scope).label) for values in every.values() for scope in values})
            message = _("The sources print no such figures of %(city)s. There are some of: %(known)s.")
            self._refuse("scope", message % {"city": self.city.name, "known": ", ".join(known)})
        return mine

    @cached_property
    def address(self) -> Address:
        """The address of what was understood, each number in plain digits."""
        pairs = [("city", self.city.slug)] if self.city else []
        pairs += [(name, numbers.plain(number)) for name, number in self.numbers.items()]
        pairs += [("scope", self.scope)] if self.scope else []
        pairs += [(name, term.value) for name in NEED for term in self.need.chosen.get(name, ())]
        pairs += [("nearest", str(self.nearest))] if self.typed["nearest"] else []
        return Address(self.path, pairs)


def cities_called(typed: str) -> list[City]:
    """The public cities with this slug, past or present, else those with this name, whatever its capitals."""
    if not is_plain(typed) or len(typed) > LONGEST_NAME:
        return []
    public = City.objects.public().order_by("slug")
    if known := Vocabulary(City).known([typed]):
        return list(public.filter(slug__in=[term.value for term in known.values()]))
    alike = Q(name__iexact=typed) | Q(name_local__iexact=typed) | Q(other_names__icontains=typed)
    name = typed.casefold()
    return [each for each in public.filter(alike)[:100] if name in map(str.casefold, each.every_name)][:10]
