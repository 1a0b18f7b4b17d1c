"""The filters of the list of outcomes: one vocabulary for page, counts, chips, exports and command line."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.filters import JUDGED, Words
from cases.models import Initiative, InitiativeTheme, Outcome, Theme, Unit
from cities.models import City
from listing.filters import Facet, ForeignFacet, LinkFacet, ListFilters, Term, ValuesFilter, Vocabulary

YES, NO = "yes", "no"


class Cases(ValuesFilter):
    """Cases, by their slugs. There may be as many as there are outcomes: they are linked to, never listed."""

    vocabulary = Vocabulary(Initiative, label_fields=("title",))

    def known(self, values: list[str]) -> dict[str, Term]:
        return self.vocabulary.known(values)

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.filter(initiative__slug__in=[term.value for term in terms]) if terms else queryset


class ThemesOfCase(LinkFacet):
    """The themes of the case an outcome is part of."""

    def condition(self, values: list[str]) -> Q:
        linked = self.links().filter(theme__slug__in=values).order_by()
        return Q(initiative__in=linked.values("initiative"))

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"theme__{field}" for field in self.vocabulary.fields]
        links = self.links().filter(initiative__outcomes__in=queryset.values("pk")).order_by()
        rows = links.values_list(*paths).annotate(rows=Count("initiative__outcomes"))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


class Choices(Facet):
    """The values of a field that has a fixed list of them."""

    def __init__(self, field_name: str, *, choices, **kwargs):
        super().__init__(field_name, **kwargs)
        self.values = choices

    def known(self, values: list[str]) -> dict[str, Term]:
        labels = dict(self.values.choices)
        return {value: Term(value, str(labels[value])) for value in values if value in labels}

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": values})

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list(self.field_name).annotate(rows=Count("pk"))
        terms = self.known([value for value, _count in rows])
        return {terms[value]: count for value, count in rows if value in terms}


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
    theme = ThemesOfCase(
        "theme",
        label=gettext_lazy("Theme"),
        note=JUDGED,
        owner="initiative",
        links=lambda: InitiativeTheme.objects.filter(InitiativeTheme.own_public_q()),
        vocabulary=Vocabulary(Theme, label_fields=("name", "name_zh")),
    )
    unit = Units(
        "unit",
        label=gettext_lazy("Unit"),
        vocabulary=Vocabulary(Unit, key="code", label_fields=("code", "name", "name_zh")),
    )
    before_after = BeforeAndAfter(label=gettext_lazy("Before and after"))
