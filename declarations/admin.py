"""The staff pages of declarations, their articles, and the numbers they name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from declarations.models import Article, Declaration, DeclarationCount
from records.admin import PublishableAdmin, PublishableForm
from records.admin.forms import plain
from sources.admin import LocatedAdmin, LocatedForm, LocatedRows, LocatedStacked


class DeclarationForm(PublishableForm, LocatedForm):
    """A declaration with its preamble's place; its city, if any, may be a draft."""

    lines_fields = ("closing_lines",)
    printed_anywhere = True  # its place is that of the preamble, the title stands above


class ArticleForm(LocatedForm):
    printed_fields = ("printed", "number_as_printed")


class ArticleInline(LocatedStacked):
    model = Article
    form = ArticleForm
    own_fields = [("number", "number_as_printed"), "heading", "digest"]


class DeclarationCountInline(LocatedRows):
    model = DeclarationCount
    verbose_name = _("number it names")
    verbose_name_plural = _("numbers it names")
    own_fields = ["what", ("value", "unit"), "key"]
    prepopulated_fields = {"key": ("what",)}


@admin.register(Declaration)
class DeclarationAdmin(PublishableAdmin, LocatedAdmin):
    form = DeclarationForm
    inlines = [ArticleInline, DeclarationCountInline]
    list_display = ("title", "adopted", "place_name", "city", "source")
    list_filter = ("source", "article_word")
    search_fields = ("title", "slug", "place", "occasion")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ["title", "slug", "article_word"]}),
        (
            _("Adoption"),
            {"fields": [("adopted", "adopted_line"), ("held", "held_line"), ("place", "city"), "occasion"]},
        ),
        (_("In our own words"), {"fields": ["digest", "closing_digest", "closing_lines"]}),
    )

    @admin.display(description=_("place"), ordering="place")
    def place_name(self, declaration):
        return declaration.place


@admin.register(Article)
class ArticleAdmin(LocatedAdmin):
    form = ArticleForm
    list_display = ("heading", "number_as_printed", "declaration", "place", "source")
    list_filter = ("declaration",)
    search_fields = ("heading", "declaration__title", "digest")
    fieldsets = ((None, {"fields": ["declaration", ("number", "number_as_printed"), "heading", "digest"]}),)


@admin.register(DeclarationCount)
class DeclarationCountAdmin(LocatedAdmin):
    list_display = ("what", "plain_value", "unit", "declaration", "as_printed", "place", "source")
    list_filter = ("declaration",)
    search_fields = ("what", "declaration__title", "printed")
    prepopulated_fields = {"key": ("what",)}
    fieldsets = ((None, {"fields": ["declaration", ("what", "key"), ("value", "unit")]}),)

    @admin.display(description=_("value"), ordering="value")
    def plain_value(self, count):
        return plain(count.value)
