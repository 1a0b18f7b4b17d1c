"""Filters that the lists of what hangs on cases share: case, its theme."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from cases.filters import JUDGED
from cases.models import Initiative, InitiativeTheme, Theme
from listing.filters import LinkFacet, ValuesFilter
from listing.terms import Term, Vocabulary


class Cases(ValuesFilter):
    """Cases, by their slugs. There may be as many as there are rows: they are linked to, never listed."""

    vocabulary = Vocabulary(Initiative, label_fields=("title",))

    def known(self, values: list[str]) -> dict[str, Term]:
        return self.vocabulary.known(values)

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.filter(initiative__slug__in=[term.value for term in terms]) if terms else queryset


class ThemesOfCase(LinkFacet):
    """The themes of the case a row is part of. `rows` is what the case calls the rows of the list."""

    def __init__(self, field_name: str, *, rows: str, **kwargs):
        super().__init__(field_name, **kwargs)
        self.rows = rows

    def condition(self, values: list[str]) -> Q:
        linked = self.links().filter(theme__slug__in=values).order_by()
        return Q(initiative__in=linked.values("initiative"))

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"theme__{field}" for field in self.vocabulary.fields]
        links = self.links().filter(**{f"initiative__{self.rows}__in": queryset.values("pk")}).order_by()
        rows = links.values_list(*paths).annotate(rows=Count(f"initiative__{self.rows}"))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


class ThemesOfCases(ThemesOfCase):
    """The same for a list whose pages and counts are of cases, not of its rows."""

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"theme__{field}" for field in self.vocabulary.fields]
        links = self.links().filter(initiative__in=queryset.values("initiative")).order_by()
        rows = links.values_list(*paths).annotate(cases=Count("initiative", distinct=True))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


def themes_of_case(rows: str, facet: type[ThemesOfCase] = ThemesOfCase) -> ThemesOfCase:
    """The facet of themes for a list whose rows a case calls `rows`."""
    return facet(
        "theme",
        rows=rows,
        label=gettext_lazy("Theme"),
        note=JUDGED,
        owner="initiative",
        links=lambda: InitiativeTheme.objects.filter(InitiativeTheme.own_public_q()),
        vocabulary=Vocabulary(Theme, label_fields=("name", "name_zh")),
    )
