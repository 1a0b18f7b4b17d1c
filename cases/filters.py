"""The filters of the list of cases: one vocabulary for page, counts, chips, exports and command line."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.crosswalk.articles import ArticleVocabulary, one_of
from cases.models import (
    CommitmentLink,
    Goal,
    InitiativeGoal,
    InitiativeTheme,
    NoveltyClaim,
    Programme,
    Theme,
)
from cities.models import City
from listing.countries import CountryFacet
from listing.filters import Facet, ForeignFacet, LinkFacet, ListFilters, Text, TextFilter
from listing.terms import Term, Vocabulary
from listing.text import shown
from records import dates
from search.understanding import parse

UNKNOWN = "unknown"
NONE = "none"
BOTH = "both"


class Words(TextFilter):
    """What a reader searches for."""

    def read(self, values: list[str]) -> list[Text]:
        terms = super().read(values)
        for value in values:
            if not parse(value).wanted and not parse(value).unwanted:
                raise ValidationError(
                    _(
                        "“%(value)s” in “%(name)s” holds no word to search for. "
                        "Type letters, numbers or Chinese characters."
                    )
                    % {"value": shown(value), "name": self.called}
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

    def every(self, most: int) -> list[str]:
        return [str(number) for number in range(1, 18)]

    def known(self, values: list[str]) -> dict[str, Term]:
        numbers = {value for value in values if value in self.every(17)}
        unnamed = {number: Term(number, number) for number in numbers}
        return unnamed | (self.vocabulary.known(sorted(numbers)) if numbers else {})


class Started(Facet):
    """The year a case began, or `unknown` where its source does not say."""

    # Any year, as any of the 17 goals: a kept address must not break when a case is taken back.
    pattern = f"^([12][0-9]{{3}}|{UNKNOWN})$"
    means = gettext_lazy("the year it began, or “unknown”")

    def _term(self, value: str) -> Term:
        return Term(value, dates.label(value) if value != UNKNOWN else _("not stated"))

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: self._term(value) for value in values if re.fullmatch(self.pattern, value)}

    def condition(self, values: list[str]) -> Q:
        condition = Q(started="") if UNKNOWN in values else Q(pk__in=[])
        for year in values:
            if year != UNKNOWN:
                condition |= Q(started__startswith=year)
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list(Left("started", 4)).annotate(rows=Count("pk"))
        return {self._term(year or UNKNOWN): count for year, count in rows}


def novelty_of(kinds: Iterable[str]) -> list[str]:
    """Under which values of the filter a case is found that makes these claims."""
    claimed = list(kinds)
    both = [BOTH] if set(claimed) >= NoveltyClaim.BOTH else []
    return [*claimed, *both] or [NONE]


class Novelty(Facet):
    """How new the sources say a case is; `both` where it is called evolutionary and revolutionary, and found under
    each of these too; `none` where no claim is recorded.
    """

    is_many = True

    @staticmethod
    def _claims() -> QuerySet:
        return NoveltyClaim.objects.filter(NoveltyClaim.own_public_q()).order_by()

    def _term(self, value: str) -> Term:
        own = {NONE: _("none recorded"), BOTH: _("both evolutionary and revolutionary")}
        return Term(value, own.get(value) or str(NoveltyClaim.Kind(value).label))

    def every(self, most: int = 0) -> list[str]:
        return [*NoveltyClaim.Kind.values, BOTH, NONE]

    def known(self, values: list[str]) -> dict[str, Term]:
        return {value: self._term(value) for value in values if value in self.every()}

    def condition(self, values: list[str]) -> Q:
        condition = Q(pk__in=self._claims().filter(kind__in=values).values("initiative"))
        if NONE in values:
            condition |= ~Q(pk__in=self._claims().values("initiative"))
        if BOTH in values:
            each = [self._claims().filter(kind=kind).values("initiative") for kind in NoveltyClaim.BOTH]
            condition |= Q(pk__in=each[0]) & Q(pk__in=each[1])
        return condition

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        claims = self._claims().filter(initiative__in=queryset.values("pk"))
        rows = claims.values_list("kind").annotate(rows=Count("initiative", distinct=True))
        counts = {self._term(kind): count for kind, count in rows}
        more = {value: queryset.filter(self.condition([value])).count() for value in (BOTH, NONE)}
        return counts | {self._term(value): count for value, count in more.items() if count}


class Articles(LinkFacet):
    """Articles of declarations, as `<declaration slug>:<number>`, whether or not a case answers to them."""

    def condition(self, values: list[str]) -> Q:
        linked = self.links().filter(one_of(values)).order_by()
        return Q(pk__in=linked.values(self.owner))


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
    article = Articles(
        "article",
        label=gettext_lazy("Article of a declaration"),
        note=gettext_lazy(
            "The case answers to it: as the source states, or as an editor infers; each case says which, and why."
        ),
        owner="initiative",
        links=lambda: CommitmentLink.objects.filter(CommitmentLink.own_public_q()),
        vocabulary=ArticleVocabulary(),
    )
    novelty = Novelty(label=gettext_lazy("Novelty claimed"))
