"""What cases name: organisations in roles, places, lessons passed on."""

from django.contrib import admin

from cases.admin.forms import TransferForm
from cases.admin.inlines import TRANSFER_FIELDS
from cases.admin.parts import OF_CASE
from cases.admin.vocabularies import UsedInCases
from cases.models import Organisation, Partner, Place, PlaceMention, Transfer
from listing.strict import OfferedOnly
from sources.admin import LocatedAdmin


@admin.register(Organisation)
class OrganisationAdmin(UsedInCases):
    links = "partnerships"
    list_display = ("name", "kind", "collective", "city", "cases")
    list_filter = ("kind", "collective", ("city", OfferedOnly))
    search_fields = ("name", "variants", "slug", "city__name")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": ["name", "slug", "variants", ("kind", "collective"), "city"]}),)


@admin.register(Partner)
class PartnerAdmin(LocatedAdmin):
    list_display = ("organisation", "role", "initiative", "as_printed", "place", "source")
    list_display_links = ("organisation", "role")
    list_filter = ("organisation__kind", "source")
    search_fields = ("organisation__name", "organisation__variants", "role", *OF_CASE)
    fieldsets = ((None, {"fields": ["initiative", ("organisation", "role")]}),)


@admin.register(Place)
class PlaceAdmin(UsedInCases):
    links = "mentions"
    list_display = ("name", "kind", "city", "cases")
    list_filter = ("kind", ("city", OfferedOnly))
    search_fields = ("name", "variants", "slug", "city__name")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": ["name", "slug", "variants", "kind", "city"]}),)


@admin.register(PlaceMention)
class PlaceMentionAdmin(LocatedAdmin):
    list_display = ("named_place", "initiative", "as_printed", "place", "source")
    list_filter = ("place__kind", "source")
    search_fields = ("place__name", "place__variants", *OF_CASE)
    fieldsets = ((None, {"fields": ["initiative", "place"]}),)

    @admin.display(description=Place._meta.verbose_name, ordering="place__name")
    def named_place(self, mention):
        # "place" is the column of the lines, as in every list of what was read somewhere.
        return mention.place


@admin.register(Transfer)
class TransferAdmin(LocatedAdmin):
    form = TransferForm
    list_display = (
        "what",
        "initiative",
        "direction",
        "state",
        "name",
        "count",
        "as_printed",
        "place",
        "source",
    )
    list_filter = ("direction", "state", ("city", OfferedOnly), "source")
    search_fields = ("what", "name", "city__name", "printed", *OF_CASE)
    prepopulated_fields = {"key": ("name",)}
    fieldsets = ((None, {"fields": ["initiative", *TRANSFER_FIELDS]}),)
