"""Cities, and the figures sources report of them."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from cities.models import City, CityFigures, Figure
from records.admin import PublishableAdmin, PublishableForm
from records.admin.forms import plain
from sources.admin import CatalogueAdmin, LocatedAdmin, LocatedStacked, LocatedTabular


class UsedCountries(admin.AllValuesFieldListFilter):
    """The countries that occur, by name: not the code, nor all 249 of the world."""

    def choices(self, changelist):
        names = dict(countries)
        for choice in super().choices(changelist):
            choice["display"] = names.get(choice["display"], choice["display"])
            yield choice


class CityForm(PublishableForm):
    def clean(self):
        super().clean()
        values = {name: self.cleaned_data.get(name) for name in ("latitude", "longitude")}
        for name, value in values.items():
            half = value is None and any(other is not None for other in values.values())
            if half and name not in self.errors:
                self.add_error(
                    name, _("Give both latitude (-90 to 90) and longitude (-180 to 180), or neither.")
                )
        return self.cleaned_data


class CityFiguresInline(LocatedStacked):
    model = CityFigures
    own_fields = [("key", "scope", "scope_as_printed")]
    verbose_name_plural = gettext_lazy("sets of city figures (open one to change its figures)")


class FigureInline(LocatedTabular):
    model = Figure
    classes: list = []  # the figures are what the page of a set is for
    own_fields = ["name", "value", "text", "scope"]


@admin.register(City)
class CityAdmin(PublishableAdmin, CatalogueAdmin):
    form = CityForm
    inlines = [CityFiguresInline]
    list_display = ("name", "name_local", "country", "latitude", "longitude")
    list_filter = (("country", UsedCountries),)
    search_fields = ("name", "name_local", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": [("name", "name_local"), "slug", "country"]}),
        (
            gettext_lazy("Place, from open data"),
            {"fields": [("latitude", "longitude"), ("place_source", "place_id")]},
        ),
    )


@admin.register(CityFigures)
class CityFiguresAdmin(LocatedAdmin):
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

    @admin.display(description=gettext_lazy("city"), ordering="figures__city__name")
    def city(self, figure):
        return figure.figures.city

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def plain_value(self, figure):
        return plain(figure.value)
