"""A filter whose values are the fixed choices of a field."""

from django.db.models import Count, Q, QuerySet

from listing.filters import Facet
from listing.terms import Term


class Choices(Facet):
    """The values of a field that has a fixed list of them."""

    def __init__(self, field_name: str, *, choices, **kwargs):
        super().__init__(field_name, **kwargs)
        self.values = choices

    def known(self, values: list[str]) -> dict[str, Term]:
        labels = dict(self.values.choices)
        return {value: Term(value, str(labels[value])) for value in values if value in labels}

    def every(self, most: int) -> list[str]:
        return list(self.values.values)

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": values})

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list(self.field_name).annotate(rows=Count("pk"))
        terms = self.known([value for value, _count in rows])
        return {terms[value]: count for value, count in rows if value in terms}
