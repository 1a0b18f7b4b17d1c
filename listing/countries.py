"""The facet of countries: by the slug of the English name, by code too, in any case."""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import override
from django_countries import countries

from listing.filters import Facet
from listing.terms import Term


@lru_cache(maxsize=1)
def _slugs() -> dict[str, str]:
    """The slug of the English name of every country, by its code."""
    with override("en"):
        return {code: slugify(str(name)) for code, name in countries}


def country_slug(code: str) -> str:
    """What addresses call a country: "china" for "CN"; a code that is none of ISO 3166 in lower case."""
    return _slugs().get(code) or code.lower()


class CountryFacet(Facet):
    """`field_name` leads to a CountryField; `places` are the public records that have a country."""

    def __init__(
        self, field_name: str, *, places: Callable[[], QuerySet], place_field: str = "country", **kwargs
    ):
        super().__init__(field_name, **kwargs)
        self.places, self.place_field = places, place_field

    def _term(self, code: str) -> Term:
        return Term(country_slug(code), str(countries.name(code)) or code)

    def every(self, most: int) -> list[str]:
        used = self.places().order_by().values_list(self.place_field, flat=True).distinct()
        return sorted({country_slug(code) for code in map(str, used) if code})

    def known(self, values: list[str]) -> dict[str, Term]:
        used = set(self.places().order_by().values_list(self.place_field, flat=True).distinct())
        terms = {}
        for code in filter(None, map(str, used)):
            terms |= {country_slug(code): self._term(code), code.lower(): self._term(code)}
        return {value: terms[value.lower()] for value in values if value.lower() in terms}

    def condition(self, values: list[str]) -> Q:
        codes = [code for code, slug in _slugs().items() if slug in values]
        return Q(**{f"{self.field_name}__in": codes})

    def tally(self, queryset: QuerySet) -> dict[Term, int]:
        rows = queryset.values_list(self.field_name).annotate(rows=Count("pk"))
        return {self._term(str(code)): count for code, count in rows if code}
