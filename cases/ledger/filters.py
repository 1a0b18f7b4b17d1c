"""The filters of the list of outcomes: one vocabulary for page, counts, chips, exports and command line."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.facets import Cases, themes_of_case
from cases.filters import Words
from cases.models import Outcome, Unit
from cities.models import City
from listing.choices import Choices
from listing.filters import Facet, ForeignFacet, ListFilters
from listing.terms import Term, Vocabulary

YES, NO = "yes", "no"


class Units(ForeignFacet):
    """Units that readers may see; an outcome in another one stays in the list, its unit is not offered."""

    def condition(self, values: list[str]) -> Q:
        return super().condition(values) & Unit.public_q("unit__")

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        return super().tally(queryset.filter(Unit.public_q("unit__"), unit__isnull=False))


class BeforeAndAfter(Facet):
    """Whether the source gives a value before and one after."""

    _both = Q(before__isnull=False, after__isnull=False)

    def _term(self, value: str) -> Term:
        return Term(value, _("both printed") if value == YES else _("not both"))

    def every(self, most: int) -> list[str]:
        return [YES, NO]

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: self._term(value) for value in values if value in (YES, NO)}

    def condition(self, values: list[str]) -> Q:
        wanted = {YES: self._both, NO: ~self._both}
        condition = Q(pk__in=[])
        for value in values:
            condition |= wanted[value]
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        every, both = queryset.count(), queryset.filter(self._both).count()
        return {self._term(value): count for value, count in ((YES, both), (NO, every - both)) if count}


class OutcomeFilters(ListFilters):
    q = Words(label=gettext_lazy("Words"))
    case = Cases(label=gettext_lazy("Case"))
    status = Choices(
        "status",
        label=gettext_lazy("Status"),
        note=gettext_lazy("Decided for each claim by its own sentence: an editor's judgement."),
        choices=Outcome.Status,
    )
    city = ForeignFacet("initiative__city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    theme = themes_of_case("outcomes")
    unit = Units(
        "unit",
        label=gettext_lazy("Unit"),
        vocabulary=Vocabulary(Unit, key="code", label_fields=("code", "name", "name_zh")),
    )
    before_after = BeforeAndAfter(label=gettext_lazy("Before and after"))
