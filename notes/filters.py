"""The filters of the list of source checks: one vocabulary for page, counts, chips, exports and command line."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from cases.ledger.filters import Cases, Choices
from cities.models import City
from listing.filters import ForeignFacet, ListFilters, Term, Vocabulary
from notes.vocabularies import Answer, Finder, Kind, Severity
from sources.models import Source


class OfCase(Cases):
    """Cases, by their slugs: they are linked to, never listed."""

    def filter(self, queryset: QuerySet, terms: list[Term]) -> QuerySet:
        return queryset.filter(case__slug__in=[term.value for term in terms]) if terms else queryset


class Perhaps(ForeignFacet):
    """Records that only some rows have."""

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        return super().tally(queryset.filter(**{f"{self.field_name}__isnull": False}))


class NoteFilters(ListFilters):
    severity = Choices("severity", label=gettext_lazy("Severity"), choices=Severity)
    kind = Choices("kind", label=gettext_lazy("Kind"), choices=Kind)
    answer = Choices("answer", label=gettext_lazy("Answer"), choices=Answer)
    found_by = Choices("found_by", label=gettext_lazy("Found by"), choices=Finder)
    case = OfCase(label=gettext_lazy("Case"))
    city = Perhaps("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    source = ForeignFacet(
        "source",
        label=gettext_lazy("Source"),
        vocabulary=Vocabulary(Source, label_fields=("title", "short_title")),
    )


class UnknownFilters(ListFilters):
    case = OfCase(label=gettext_lazy("Case"))
    city = Perhaps("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    source = ForeignFacet(
        "source",
        label=gettext_lazy("Source"),
        vocabulary=Vocabulary(Source, label_fields=("title", "short_title")),
    )
