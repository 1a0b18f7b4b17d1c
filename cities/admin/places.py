"""Cities, and the figures sources report of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cities.admin.forms import CityFiguresForm
from cities.models import City, CityFigures, Figure
from listing.facet_counts import CountedAllValues
from records.admin import PublishableAdmin
from records.admin.forms import plain
from sources.admin import CatalogueAdmin, LocatedAdmin, LocatedRows, LocatedStacked


class UsedCountries(CountedAllValues):
    """The countries that occur, by name: not the code, nor all 249 of the world."""

    def words(self):
        return dict(countries)


class CityFiguresInline(LocatedStacked):
    model = CityFigures
    form = CityFiguresForm
    own_fields = [("key", "scope", "scope_as_printed")]
    verbose_name_plural = _("sets of city figures (open one to change its figures)")


class FigureInline(LocatedRows):
    model = Figure
    classes = ["rows"]  # not folded: the figures are what the page of a set is for
    own_fields = ["name", ("value", "scope"), "text"]

    def get_queryset(self, request):
        return super().get_queryset(request).in_fixed_order()


@admin.register(City)
class CityAdmin(PublishableAdmin, CatalogueAdmin):
    inlines = [CityFiguresInline]
    list_display = ("name", "name_local", "country", "latitude", "longitude")
    list_filter = (("country", UsedCountries),)
    search_fields = ("name", "name_local", "other_names", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": [("name", "name_local"), "other_names", "slug", "country"]}),
        (
            _("Place, from open data"),
            {"fields": [("latitude", "longitude"), ("place_source", "place_id")]},
        ),
        (_("Districts and counties, from open data"), {"fields": ["divisions", "divisions_source"]}),
    )


@admin.register(CityFigures)
class CityFiguresAdmin(LocatedAdmin):
    form = CityFiguresForm
    inlines = [FigureInline]
    list_display = ("city", "key", "scope", "scope_as_printed", "source", "place")
    list_filter = ("scope", "source")
    search_fields = ("city__name", "city__name_local", "city__slug", "scope_as_printed")
    fieldsets = ((None, {"fields": ["city", "key", ("scope", "scope_as_printed")]}),)

    def get_search_results(self, request, queryset, search_term):
        # Named after its city wherever it is offered for choice.
        queryset, duplicates = super().get_search_results(request, queryset, search_term)
        return queryset.select_related("city"), duplicates


@admin.register(Figure)
class FigureAdmin(LocatedAdmin):
    list_display = ("name", "city", "plain_value", "text", "as_printed", "place", "source")
    list_select_related = ("figures__city", "source")
    list_filter = ("name", "scope", "source", ("figures__city__country", UsedCountries))
    search_fields = ("figures__city__name", "figures__city__name_local", "text", "printed")
    fieldsets = ((None, {"fields": ["figures", "name", ("value", "text"), "scope"]}),)

    @admin.display(description=_("city"), ordering="figures__city__name")
    def city(self, figure):
        return figure.figures.city

    @admin.display(description=_("value"), ordering="value")
    def plain_value(self, figure):
        return plain(figure.value)
