"""The filters of the crosswalk. They narrow the links; their counts are of cases, the rows that a page shows."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.crosswalk.articles import ArticleVocabulary, one_of
from cases.facets import Cases, ThemesOfCases, themes_of_case
from cases.models import CommitmentLink
from cities.models import City
from declarations.models import Declaration
from listing.choices import Choices
from listing.filters import ForeignFacet, ListFilters
from listing.terms import Term, Vocabulary


class OfLinks(ForeignFacet):
    """The records that a link points to, each with the number of its cases."""

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        paths = [f"{self.field_name}__{field}" for field in self.vocabulary.fields]
        rows = queryset.values_list(*paths).annotate(rows=Count("initiative", distinct=True))
        return {self.vocabulary.term(row[:-1]): row[-1] for row in rows}


class AnsweredArticles(OfLinks):
    def condition(self, values: list[str]) -> Q:
        return one_of(values)


class Bases(Choices):
    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list("basis").annotate(rows=Count("initiative", distinct=True))
        terms = self.known([value for value, _count in rows])
        return {terms[value]: count for value, count in rows}


class CrosswalkFilters(ListFilters):
    case = Cases(label=_("Case"))
    declaration = OfLinks(
        "article__declaration",
        label=_("Declaration"),
        vocabulary=Vocabulary(Declaration, label_fields=("title",)),
    )
    article = AnsweredArticles("article", label=_("Article or proposal"), vocabulary=ArticleVocabulary())
    basis = Bases(
        "basis",
        label=_("Stated or inferred"),
        note=_("Stated: the case itself names the declaration. Inferred: an editor's judgement."),
        choices=CommitmentLink.Basis,
    )
    theme = themes_of_case("commitment_links", ThemesOfCases)
    city = OfLinks("initiative__city", label=_("City"), vocabulary=Vocabulary(City))
