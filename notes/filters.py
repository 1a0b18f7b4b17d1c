"""The filters of the list of source checks: one vocabulary for page, counts, chips, exports and command line."""

from collections import Counter

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from cases.ledger.filters import Cases, Choices
from cities.models import City
from listing.filters import ForeignFacet, ListFilters
from listing.terms import Term, Vocabulary
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


class CountedTogether(Choices):
    """A fixed list of values. Those of them in which nothing is chosen see the same rows, and are counted in one go."""

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        if self.name in self.parent.chosen:
            return super().tally(queryset)
        names, rows = self.parent.counted_together(queryset)
        counts: Counter[str] = Counter()
        for *values, count in rows:
            counts[values[names.index(self.field_name)]] += count
        terms = self.known(list(counts))
        return {terms[value]: count for value, count in counts.items() if value in terms}


class NoteFilters(ListFilters):
    severity = CountedTogether("severity", label=gettext_lazy("Severity"), choices=Severity)
    kind = CountedTogether("kind", label=gettext_lazy("Kind"), choices=Kind)
    answer = CountedTogether("answer", label=gettext_lazy("Answer"), choices=Answer)
    found_by = CountedTogether("found_by", label=gettext_lazy("Found by"), choices=Finder)
    case = OfCase(label=gettext_lazy("Case"))
    city = Perhaps("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    source = ForeignFacet(
        "source",
        label=gettext_lazy("Source"),
        vocabulary=Vocabulary(Source, label_fields=("title", "short_title")),
    )

    def counted_together(self, queryset: QuerySet) -> tuple[list[str], list[tuple]]:
        """The fixed lists by their fields, and how many rows of the list have each combination of their values."""
        if not hasattr(self, "_together"):
            every = self.filters.values()
            names = [each.field_name for each in every if isinstance(each, CountedTogether)]
            rows = queryset.order_by().values_list(*names).annotate(rows=Count("pk"))
            self._together = names, list(rows)
        return self._together


class UnknownFilters(ListFilters):
    case = OfCase(label=gettext_lazy("Case"))
    city = Perhaps("city", label=gettext_lazy("City"), vocabulary=Vocabulary(City))
    source = ForeignFacet(
        "source",
        label=gettext_lazy("Source"),
        vocabulary=Vocabulary(Source, label_fields=("title", "short_title")),
    )
