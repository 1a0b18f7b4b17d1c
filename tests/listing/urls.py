"""An admin of its own, so that these tests do not depend on how the staff pages of the rooms are set up."""

from django.contrib import admin
from django.urls import path

from cases.models import Initiative, InitiativeTheme
from listing.admin import ExportMixin


class CaseAdmin(ExportMixin, admin.ModelAdmin):
    list_filter = ("state", "city")
    search_fields = ("title",)
    list_display = ("title", "started")
    list_per_page = 2


class LinkAdmin(ExportMixin, admin.ModelAdmin):
    list_per_page = 2


site = admin.AdminSite()
site.register(Initiative, CaseAdmin)
site.register(InitiativeTheme, LinkAdmin)

urlpatterns = [path("admin/", site.urls)]
