"""Programmes, and cases edited on one page with everything that hangs on them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.admin import inlines
from cases.admin.commitments import CommitmentInline, SignsCommitments
from cases.admin.forms import InitiativeForm, ProgrammeForm
from cases.admin.targets import TargetInline
from cases.models import Initiative, Programme
from cities.admin.places import UsedCountries
from listing.strict import OfferedOnly
from records.admin import PublishableAdmin
from sources.admin import CatalogueAdmin, LocatedAdmin


@admin.register(Programme)
class ProgrammeAdmin(CatalogueAdmin):
    form = ProgrammeForm
    list_display = ("name", "edition", "organiser", "source")
    list_filter = ("source",)
    search_fields = ("name", "slug", "organiser")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": [("name", "edition"), "slug", "organiser", ("source", "line")]}),)


@admin.register(Initiative)
class InitiativeAdmin(SignsCommitments, PublishableAdmin, LocatedAdmin):
    form = InitiativeForm
    inlines = [
        inlines.SectionInline,
        inlines.ThemeInline,
        inlines.GoalInline,
        CommitmentInline,
        inlines.NoveltyInline,
        inlines.MilestoneInline,
        inlines.OutcomeInline,
        TargetInline,
        inlines.PartnerInline,
        inlines.PlaceMentionInline,
        inlines.TransferInline,
    ]
    list_display = ("title", "city", "programme", "started", "place")
    list_filter = (
        "programme",
        ("theme_links__theme", OfferedOnly),
        ("city__country", UsedCountries),
        "source",
    )
    search_fields = ("title", "slug", "city__name", "city__name_local", "summary")
    search_help_text = _("Searches title, address, city and summary.")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "title",
                    ("title_from", "title_line"),
                    "slug",
                    ("city", "programme"),
                    "summary",
                ]
            },
        ),
        (_("Opening"), {"fields": ["lead_digest", ("lead_first_line", "lead_last_line")]}),
        (_("Start"), {"fields": [("started", "started_lines"), "started_reason"]}),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and "slug" in form.base_fields:
            form.base_fields["slug"].help_text = _("The slug of the city is put before it: bijie-…")
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.has_perm("curation.view_nomination") and obj.nominations.exists():
            fieldsets.insert(0, (None, {"fields": ["nomination"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "nomination"]

    @admin.display(description=_("made from"))
    def nomination(self, case):
        made_from = case.nominations.first()
        url = reverse(f"{self.admin_site.name}:curation_nomination_change", args=[made_from.pk])
        return format_html('<a href="{}">{}: {}</a>', url, made_from._meta.verbose_name, made_from)
