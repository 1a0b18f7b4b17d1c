"""Alliances, with their tasks, reported counts, organisations and named members."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cities.admin.forms import SourcedPublishableForm
from cities.models import Alliance, AllianceOrganisation, Member, ReportedCount, Task
from records.admin import PublishableAdmin
from sources.admin import CatalogueAdmin, LocatedAdmin, LocatedRows, LocatedStacked


class TaskInline(LocatedStacked):
    model = Task
    own_fields = [("number", "heading"), "digest"]


class ReportedCountInline(LocatedRows):
    model = ReportedCount
    own_fields = ["kind", "value"]


class AllianceOrganisationInline(LocatedStacked):
    model = AllianceOrganisation
    verbose_name = _("organisation")
    verbose_name_plural = _("organisations")
    own_fields = [("name", "key", "role"), "note"]
    prepopulated_fields = {"key": ("name",)}


class MemberInline(LocatedStacked):
    model = Member
    verbose_name = _("member")
    verbose_name_plural = _("members")
    own_fields = [("name", "kind"), ("city", "joined"), "evidence"]


@admin.register(Alliance)
class AllianceAdmin(PublishableAdmin, CatalogueAdmin):
    form = SourcedPublishableForm
    inlines = [TaskInline, ReportedCountInline, AllianceOrganisationInline, MemberInline]
    list_display = ("name", "founded", "founded_at", "source")
    list_filter = ("source",)
    search_fields = ("name", "slug", "founded_at")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ["name", "slug", "source", "digest"]}),
        (_("Founding"), {"fields": [("founded", "founded_line"), "founded_at"]}),
        (_("Members"), {"fields": ["member_list_note", "member_list_line"]}),
    )


@admin.register(Task)
class TaskAdmin(LocatedAdmin):
    list_display = ("heading", "number", "alliance", "place", "source")
    search_fields = ("heading", "alliance__name", "digest")
    fieldsets = ((None, {"fields": ["alliance", ("number", "heading"), "digest"]}),)


@admin.register(ReportedCount)
class ReportedCountAdmin(LocatedAdmin):
    list_display = ("kind", "value", "alliance", "as_printed", "place", "source")
    list_filter = ("kind", "source")
    search_fields = ("alliance__name", "printed")
    fieldsets = ((None, {"fields": ["alliance", ("kind", "value")]}),)


@admin.register(AllianceOrganisation)
class AllianceOrganisationAdmin(LocatedAdmin):
    list_display = ("name", "role", "alliance", "place", "source")
    list_filter = ("role", "source")
    search_fields = ("name", "alliance__name", "note")
    prepopulated_fields = {"key": ("name",)}
    fieldsets = ((None, {"fields": ["alliance", ("name", "key"), "role", "note"]}),)


@admin.register(Member)
class MemberAdmin(LocatedAdmin):
    list_display = ("name", "kind", "alliance", "city", "joined", "place", "source")
    list_filter = ("kind", "source")
    search_fields = ("name", "alliance__name", "city__name", "city__name_local")
    fieldsets = ((None, {"fields": ["alliance", ("name", "kind"), ("city", "joined"), "evidence"]}),)
