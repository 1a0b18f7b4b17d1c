"""The filters of the list of targets."""

import re

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.facets import Cases
from cases.models import State
from cases.targets import due_end, state_q
from cities.models import City, Plan
from listing.filters import Facet, ForeignFacet, ListFilters
from listing.terms import Term, Vocabulary
from records import dates

NONE = "none"


class Plans(ForeignFacet):
    """The plans; targets of cases have none."""

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        return super().tally(queryset.filter(plan__isnull=False))


class States(Facet):
    """How a target stands on the day of the question."""

    def every(self, most: int) -> list[str]:
        return list(State.values)

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: Term(value, str(State(value).label)) for value in values if value in State.values}

    def condition(self, values: list[str]) -> Q:
        condition = Q(pk__in=[])
        for value in values:
            condition |= state_q(value)
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        counts = queryset.aggregate(**{value: Count("pk", filter=state_q(value)) for value in State.values})
        terms = self.known(State.values)
        return {terms[value]: count for value, count in counts.items() if count}


class DueYears(Facet):
    """The year by whose end a target is due, or `none` where no fixed date is printed."""

    # Any year: a kept address must not break when a target is taken back.
    pattern = f"^([12][0-9]{{3}}|{NONE})$"
    means = gettext_lazy("the year by whose end it is due, or “none” where no fixed date is printed")

    def _term(self, value: str) -> Term:
        return Term(value, dates.label(value) if value != NONE else _("no date printed"))

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: self._term(value) for value in values if re.fullmatch(self.pattern, value)}

    def condition(self, values: list[str]) -> Q:
        years = [value for value in values if value != NONE]
        condition = Q(year_due__in=years) if years else Q(pk__in=[])
        return condition | Q(due="") if NONE in values else condition

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return super().filter(queryset.alias(year_due=Left(due_end(), 4)), terms)

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.annotate(year=Left(due_end(), 4)).values_list("year").annotate(rows=Count("pk"))
        counts: dict[Term, int] = {}
        for year, count in rows:
            term = self._term(year or NONE)
            counts[term] = counts.get(term, 0) + count
        return counts


class TargetFilters(ListFilters):
    case = Cases(label=gettext_lazy("Case"))
    state = States(
        label=gettext_lazy("State"),
        note=gettext_lazy("Worked out today from the date and from what the sources report."),
    )
    due = DueYears(label=gettext_lazy("Due"))
    city = ForeignFacet("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    plan = Plans("plan", label=gettext_lazy("Plan"), vocabulary=Vocabulary(Plan, label_fields=("title",)))
