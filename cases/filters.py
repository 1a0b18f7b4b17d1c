"""The filters of the list of cases: one vocabulary for page, counts, chips, exports and command line."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Goal, InitiativeGoal, InitiativeTheme, NoveltyClaim, Programme, Theme
from cities.models import City
from declarations.models import Article
from listing.countries import CountryFacet
from listing.filters import (
    Facet,
    ForeignFacet,
    LinkFacet,
    ListFilters,
    Term,
    Text,
    TextFilter,
    ValuesFilter,
    Vocabulary,
)
from listing.text import shown
from search.understanding import parse

UNKNOWN = "unknown"
NONE = "none"


class Words(TextFilter):
    """What a reader searches for."""

    def read(self, values: list[str]) -> list[Text]:
        terms = super().read(values)
        for value in values:
            if not parse(value).wanted and not parse(value).unwanted:
                raise ValidationError(
                    _("“%(value)s” in “%(name)s” holds no word to search for.")
                    % {"value": shown(value), "name": self.name}
                )
        return terms

    def remarks(self, terms: list[Text]) -> list[str]:
        return [
            ngettext(
                "The last word was left out: the query has too many.",
                "The last %(count)s words were left out: the query has too many.",
                term.left_out,
            )
            % {"count": term.left_out}
            for term in terms
            if term.left_out
        ]


class Goals(LinkFacet):
    """Goals are numbered 1 to 17, whether or not a case works for them."""

    def known(self, values: list[str]) -> dict[str, Term]:
        numbers = {value for value in values if re.fullmatch(r"[1-9]|1[0-7]", value, re.ASCII)}
        unnamed = {number: Term(number, number) for number in numbers}
        return unnamed | (self.vocabulary.known(sorted(numbers)) if numbers else {})


class Started(Facet):
    """The year a case began, or `unknown` where its source does not say."""

    def _term(self, value: str) -> Term:
        return Term(value, value if value != UNKNOWN else _("not stated"))

    def known(self, values: list[str]) -> dict[str, Term]:
        # Any year, as any of the 17 goals: a kept address must not break when a case is taken back.
        is_year = re.compile(r"[12][0-9]{3}", re.ASCII).fullmatch
        return {value: self._term(value) for value in values if value == UNKNOWN or is_year(value)}

    def condition(self, values: list[str]) -> Q:
        condition = Q(started="") if UNKNOWN in values else Q(pk__in=[])
        for year in values:
            if year != UNKNOWN:
                condition |= Q(started__startswith=year)
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list(Left("started", 4)).annotate(rows=Count("pk"))
        return {self._term(year or UNKNOWN): count for year, count in rows}


class Novelty(Facet):
    """How new the sources say a case is; `none` where no claim is recorded."""

    @staticmethod
    def _claims() -> QuerySet:
        return NoveltyClaim.objects.filter(NoveltyClaim.own_public_q()).order_by()

    def _term(self, value: str) -> Term:
        return Term(value, str(NoveltyClaim.Kind(value).label) if value != NONE else _("none recorded"))

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: self._term(value) for value in values if value in (*NoveltyClaim.Kind.values, NONE)}

    def condition(self, values: list[str]) -> Q:
        condition = Q(pk__in=self._claims().filter(kind__in=values).values("initiative"))
        if NONE in values:
            condition |= ~Q(pk__in=self._claims().values("initiative"))
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        claims = self._claims().filter(initiative__in=queryset.values("pk"))
        rows = claims.values_list("kind").annotate(rows=Count("initiative", distinct=True))
        counts = {self._term(kind): count for kind, count in rows}
        without = queryset.filter(self.condition([NONE])).count()
        return counts | ({self._term(NONE): without} if without else {})


class Articles(ValuesFilter):
    """Articles of declarations, as `<declaration slug>:<number>`.

    No case has been held against an article yet: a known one finds nothing, and the page says why.
    """

    def known(self, values: list[str]) -> dict[str, Term]:
        slugs = {value.rpartition(":")[0] for value in values}
        articles = Article.objects.public().filter(declaration__slug__in=slugs).select_related("declaration")
        terms = {f"{article.declaration.slug}:{article.number}": article for article in articles}
        return {
            value: Term(value, f"{terms[value].declaration}, {terms[value].number}")
            for value in values
            if value in terms
        }

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.none() if terms else queryset

    def remarks(self, terms: list[Term]) -> list[str]:
        return [_("No case has been held against the articles of the declarations yet.")]


JUDGED = gettext_lazy("An editor's judgement; each case gives the reason.")


class CaseFilters(ListFilters):
    q = Words(label=gettext_lazy("Words"))
    city = ForeignFacet("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    country = CountryFacet(
        "city__country", label=gettext_lazy("Country"), places=lambda: City.objects.public()
    )
    theme = LinkFacet(
        "theme",
        label=gettext_lazy("Theme"),
        note=JUDGED,
        owner="initiative",
        links=lambda: InitiativeTheme.objects.filter(InitiativeTheme.own_public_q()),
        vocabulary=Vocabulary(Theme, label_fields=("name", "name_zh")),
    )
    goal = Goals(
        "goal",
        label=gettext_lazy("Sustainable Development Goal"),
        note=gettext_lazy("Stated by the source, or inferred by an editor; each case says which, and why."),
        owner="initiative",
        links=lambda: InitiativeGoal.objects.filter(InitiativeGoal.own_public_q()),
        vocabulary=Vocabulary(Goal, key="number", label_fields=("name", "name_zh")),
    )
    programme = ForeignFacet("programme", label=gettext_lazy("Programme"), vocabulary=Vocabulary(Programme))
    started = Started(label=gettext_lazy("Started"))
    article = Articles(label=gettext_lazy("Article"))
    novelty = Novelty(label=gettext_lazy("Novelty claimed"))
