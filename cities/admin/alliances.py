"""Alliances, with their tasks, reported counts, organisations and named members."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cities.admin.forms import MemberForm, SourcedPublishableForm
from cities.models import Alliance, AllianceOrganisation, Member, ReportedCount, Task
from cities.roster import progress
from records.admin import PublishableAdmin
from records.admin.reason import REASON, given
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


# Up to so many members stand on the page of their alliance; more have their list alone.
MOST_IN_ROWS = 150
# What the next member has in common with the one just saved.
_CARRIED = ("alliance", "kind", "source", "joined", "evidence")
OWN = [("name", "kind"), ("parent", "city"), ("joined",), "evidence"]


def progress_html(alliance: Alliance) -> SafeString:
    """How many members are named of how many counted, kind by kind, for staff: drafts of alliances, too."""
    counts = list(alliance.reported_counts.filter(hidden=False).select_related("source"))
    rows = progress(alliance.members.filter(hidden=False), counts)
    return format_html('<ul class="progress">{}</ul>', format_html_join("", "<li>{}</li>", map(_said, rows)))


def _said(row) -> tuple[SafeString]:
    if row.count is None:
        return (
            _("%(kind)s: %(named)d named, not counted by the source")
            % {"kind": row.label, "named": row.named},
        )
    words = {"kind": row.label, "named": row.named, "counted": row.count.value, "lines": row.count.lines}
    if row.is_over:
        text = _(
            "%(kind)s: %(named)d named, %(counted)d counted (lines %(lines)s): more than the source counts"
        )
        return (format_html('<strong class="over">{}</strong>', text % words),)
    return (_("%(kind)s: %(named)d of %(counted)d named (lines %(lines)s)") % words,)


class MemberInline(LocatedStacked):
    model = Member
    form = MemberForm
    verbose_name = _("member")
    verbose_name_plural = _("members")
    own_fields = OWN


@admin.register(Alliance)
class AllianceAdmin(PublishableAdmin, CatalogueAdmin):
    form = SourcedPublishableForm
    inlines = [TaskInline, ReportedCountInline, AllianceOrganisationInline, MemberInline]
    list_display = ("name", "founded", "founded_at", "source")
    list_filter = ("source",)
    search_fields = ("name", "slug", "founded_at")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("named",)
    fieldsets = (
        (None, {"fields": ["name", "slug", "source", "digest"]}),
        (_("Founding"), {"fields": [("founded", "founded_line"), "founded_at"]}),
        (_("Members"), {"fields": ["named", "member_list_note", "member_list_line"]}),
    )

    def get_inlines(self, request, obj):
        inlines = super().get_inlines(request, obj)
        if obj and obj.members.count() > MOST_IN_ROWS:
            return [inline for inline in inlines if inline is not MemberInline]
        return inlines

    @admin.display(description=_("members named"))
    def named(self, alliance):
        if alliance.pk is None:
            return "–"
        address = reverse("admin:cities_member_changelist") + f"?alliance__id__exact={alliance.pk}"
        return format_html(
            '{}<a href="{}">{}</a>', progress_html(alliance), address, _("The list of its members")
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
    form = MemberForm
    change_list_template = "admin/cities/member_list.html"
    list_display = ("name", "parent", "kind", "alliance", "city", "joined", "place", "source")
    list_filter = ("alliance", "kind", "source")
    search_fields = ("name", "parent", "alliance__name", "city__name", "city__name_local")
    fieldsets = ((None, {"fields": ["alliance", *OWN]}),)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if context := getattr(response, "context_data", None):
            shown = Alliance.objects.filter(hidden=False)
            asked = request.GET.get("alliance__id__exact", "")
            chosen = shown.filter(pk=asked) if asked.isdecimal() else shown
            context["rosters"] = [(each, progress_html(each)) for each in chosen[:5]]
        return response

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST and response.status_code == 302:
            # One list names many: the next member begins with what this one had.
            known = {name: obj._meta.get_field(name).value_from_object(obj) for name in _CARRIED}
            known[REASON] = given(request)
            known = {name: value for name, value in known.items() if value not in (None, "")}
            return HttpResponseRedirect(f"{request.path}?{urlencode(known)}")
        return response
