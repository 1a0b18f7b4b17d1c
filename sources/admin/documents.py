"""Sources, their attached texts, and the corrections of their defects."""

from django.contrib import admin
from django.db.models.functions import Length
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from listing.admin import ExportMixin
from listing.facet_counts import CountedAllValues
from records.admin import ReadOnlyAdmin
from sources.admin.forms import RulingForm, SourceForm
from sources.admin.located import CatalogueAdmin, LocatedAdmin
from sources.models import Ruling, Source, SourceText


@admin.register(Source)
class SourceAdmin(CatalogueAdmin):
    form = SourceForm
    list_display = ("title", "kind", "publisher", "date", "line_count", "has_text", "full_text_public")
    list_filter = ("kind", "full_text_public")
    search_fields = ("title", "short_title", "slug", "publisher")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ["title", "short_title", "slug", "kind", "publisher", "date", "url", "language"]}),
        (gettext_lazy("Rights"), {"fields": ["rights", "full_text_public"]}),
        (
            gettext_lazy("How the text is recognised"),
            {
                "fields": ["sha256", "line_count"],
                "description": gettext_lazy(
                    "“manage.py attach_texts DIR” attaches the operator's copy that has this checksum."
                ),
            },
        ),
    )

    def get_list_select_related(self, request):
        return ["attached_text"]

    def get_queryset(self, request):
        # The text itself may be a book long, and no list shows it.
        return super().get_queryset(request).defer("attached_text__text")

    @admin.display(description=gettext_lazy("text attached"), boolean=True)
    def has_text(self, source):
        return hasattr(source, "attached_text")


@admin.register(SourceText)
class SourceTextAdmin(ExportMixin, ReadOnlyAdmin):
    """Attached by command only, so that what is shown is the document whose checksum is known."""

    list_display = ("source", "length", "attached_at")
    list_select_related = ("source",)
    search_fields = ("source__title", "source__slug")
    fields = ("source", "attached_at", "whole_text")
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(length=Length("text")).defer("text")

    @admin.display(description=gettext_lazy("characters"), ordering="length")
    def length(self, attached):
        return attached.length

    @admin.display(description=gettext_lazy("text"))
    def whole_text(self, attached):
        lines = attached.text.split("\n")
        summary = _("%(count)d lines") % {"count": len(lines)}
        numbered = "\n".join(f"{number:>5}  {line}" for number, line in enumerate(lines, 1))
        return format_html(
            '<details class="printed-lines" open><summary>{}</summary><pre>{}</pre></details>',
            summary,
            numbered,
        )


class RulingKinds(CountedAllValues):
    """The kinds that occur, in plain words."""

    def words(self):
        return dict(Ruling.Kind.choices)


@admin.register(Ruling)
class RulingAdmin(LocatedAdmin):
    form = RulingForm
    list_display = ("key", "kind_label", "source", "place", "as_printed", "read_as")
    list_filter = ("source", ("kind", RulingKinds))
    search_fields = ("key", "kind", "printed", "read_as", "reason")
    prepopulated_fields = {"key": ("read_as",)}
    fieldsets = ((None, {"fields": ["key", "kind", "read_as", "reason"]}),)

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, ruling):
        return ruling.kind_label
