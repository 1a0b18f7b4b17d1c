"""Declarations cities signed, article by article."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.models import City
from records.dates import validate_edtf
from records.models import Publishable
from sources import lines
from sources.models import Located


class Declaration(Publishable, Located):
    """A declaration; its locator is the range of the preamble, `printed` its title as printed."""

    class ArticleWord(models.TextChoices):
        ARTICLE = "article", _("article")
        PROPOSAL = "proposal", _("proposal")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    article_word = models.CharField(
        _("its parts are called"), max_length=12, choices=ArticleWord, default=ArticleWord.ARTICLE
    )
    adopted = models.CharField(_("adopted"), max_length=21, blank=True, validators=[validate_edtf])
    adopted_line = lines.line_field(_("line of the date"))
    held = models.CharField(_("days of the meeting"), max_length=21, blank=True, validators=[validate_edtf])
    held_line = lines.line_field(_("line of those days"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="declarations", null=True, blank=True
    )
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    digest = models.TextField(_("summary of the preamble"), blank=True)
    closing_digest = models.TextField(_("summary of the closing"), blank=True)
    closing_lines = models.CharField(
        _("lines of the closing"), max_length=40, blank=True, validators=[lines.validate]
    )

    class Meta(Located.Meta):
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["-adopted", "slug"]
        constraints = [
            *Located.Meta.constraints,
            lines.from_one("declaration_lines", "adopted_line", "held_line"),
        ]

    def __str__(self):
        return self.title


class Article(Located):
    natural_fields = ("declaration", "number")
    public_parents = ("declaration",)

    declaration = models.ForeignKey(
        Declaration, models.CASCADE, verbose_name=_("declaration"), related_name="articles"
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    number_as_printed = models.CharField(_("number as printed"), max_length=10)
    heading = models.CharField(_("heading"), max_length=300)
    digest = models.TextField(_("summary"))

    class Meta(Located.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["declaration", "number"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["declaration", "number"], name="article_once"),
            lines.from_one("article_number", "number"),
        ]

    def __str__(self):
        return f"{self.number_as_printed} {self.heading}"

    def get_absolute_url(self):
        return f"{self.declaration.get_absolute_url()}#article-{self.number}"


class DeclarationCount(Located):
    """A number the declaration names: how many cities met, how many people live in cities."""

    natural_fields = ("declaration", "key")
    public_parents = ("declaration",)
    anchor = "numbers"

    declaration = models.ForeignKey(
        Declaration, models.CASCADE, verbose_name=_("declaration"), related_name="counts"
    )
    key = models.SlugField(_("key"), max_length=80)
    what = models.CharField(_("what is counted"), max_length=200)
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=4, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(_("unit"), max_length=60, blank=True)

    class Meta(Located.Meta):
        verbose_name = _("number named by a declaration")
        verbose_name_plural = _("numbers named by declarations")
        ordering = ["declaration", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["declaration", "key"], name="declaration_count_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="declaration_count_not_negative",
                violation_error_message=_("This figure cannot be below zero."),
            ),
        ]

    def __str__(self):
        return f"{self.what}: {self.printed}"
