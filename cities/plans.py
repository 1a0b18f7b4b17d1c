"""Plans: what a city says it will do, in stages, and whom it learns from. Targets are kept with those of cases."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.places import City
from records.dates import validate_edtf
from records.models import Publishable
from sources import lines
from sources.models import Located, Source


class Plan(Publishable):
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"), related_name="plans")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="plans")
    author = models.CharField(_("author"), max_length=200, blank=True)
    digest = models.TextField(_("summary"), blank=True)
    campaigns_announced = models.PositiveSmallIntegerField(_("campaigns announced"), null=True, blank=True)
    campaigns_line = lines.line_field(_("line of the number of campaigns"))

    public_parents = ("city",)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["title", "slug"]
        constraints = [lines.from_one("plan_lines", "campaigns_line")]

    def __str__(self):
        return self.title


class Stage(Located):
    """A stretch of the plan. The place is the line that names it; what else describes it stands on further
    lines.
    """

    natural_fields = ("plan", "number")
    public_parents = ("plan",)
    anchor = "stages"

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("plan"), related_name="stages")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    heading = models.CharField(_("heading"), max_length=200)
    period = models.CharField(_("period"), max_length=21, blank=True, validators=[validate_edtf])
    digest = models.TextField(_("summary"))
    further_lines = models.CharField(
        _("further lines"),
        max_length=200,
        blank=True,
        validators=[lines.validate],
        help_text=_("for example 75-79; 83"),
    )

    class Meta(Located.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["plan", "number"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="stage_once"),
            lines.from_one("stage_number", "number"),
        ]

    def __str__(self):
        return self.heading

    @property
    def lines(self) -> str:
        """All its lines: "8; 24-26"."""
        return "; ".join(filter(None, (super().lines, self.further_lines)))


class FieldOfAction(Located):
    """What the plan says in one part. The heading is ours, unless `printed` holds one of the article's own."""

    natural_fields = ("plan", "key")
    public_parents = ("plan",)
    anchor = "fields"

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("plan"), related_name="fields_of_action")
    key = models.SlugField(_("key"), max_length=80)
    heading = models.CharField(_("heading"), max_length=200)
    digest = models.TextField(_("summary"))

    class Meta(Located.Meta):
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
        ordering = ["plan", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "key"], name="field_of_action_once"),
        ]

    def __str__(self):
        return self.heading


class Benchmark(Located):
    """A city, or another yardstick, that the plan's city measures itself against or learns from."""

    natural_fields = ("plan", "key")
    public_parents = ("plan",)
    anchor = "benchmarks"

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("plan"), related_name="benchmarks")
    key = models.SlugField(_("key"), max_length=80)
    name = models.CharField(_("name as the source has it"), max_length=200)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="benchmark_for", null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=100)
    note = models.TextField(_("note"), blank=True)

    class Meta(Located.Meta):
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")
        ordering = ["plan", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "key"], name="benchmark_once"),
        ]

    def __str__(self):
        return self.name
