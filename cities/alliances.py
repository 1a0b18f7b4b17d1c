"""Alliances of cities: who founded them, what they set out to do, how many joined, and who is named."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.places import City
from records.dates import validate_edtf
from records.models import Publishable
from sources import lines
from sources.models import Located, Source


class Alliance(Publishable):
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="alliances")
    digest = models.TextField(_("summary"), blank=True)
    founded = models.CharField(_("founded"), max_length=21, blank=True, validators=[validate_edtf])
    founded_line = lines.line_field(_("line of the founding date"))
    founded_at = models.CharField(_("founded at"), max_length=200, blank=True)
    member_list_note = models.TextField(_("what the source says of its members"), blank=True)
    member_list_line = lines.line_field(_("line of that"))

    class Meta:
        verbose_name = _("alliance")
        verbose_name_plural = _("alliances")
        ordering = ["name", "slug"]
        constraints = [lines.from_one("alliance_lines", "founded_line", "member_list_line")]

    def __str__(self):
        return self.name


class AllianceOrganisation(Located):
    natural_fields = ("alliance", "key")
    public_parents = ("alliance",)

    class Role(models.TextChoices):
        GUIDANCE = "guidance", _("guidance")
        ORGANISER = "organiser", _("organiser")
        SECRETARIAT = "secretariat", _("secretariat")
        PARTNER = "partner", _("partner")
        BASE = "base", _("built on")

    alliance = models.ForeignKey(
        Alliance, models.CASCADE, verbose_name=_("alliance"), related_name="organisations"
    )
    key = models.SlugField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    note = models.TextField(_("note"), blank=True)

    class Meta(Located.Meta):
        verbose_name = _("organisation of an alliance")
        verbose_name_plural = _("organisations of alliances")
        ordering = ["alliance", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["alliance", "key"], name="alliance_organisation_once"),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"


class Task(Located):
    natural_fields = ("alliance", "number")
    public_parents = ("alliance",)

    alliance = models.ForeignKey(Alliance, models.CASCADE, verbose_name=_("alliance"), related_name="tasks")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    heading = models.CharField(_("heading"), max_length=200)
    digest = models.TextField(_("summary"))

    class Meta(Located.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["alliance", "number"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["alliance", "number"], name="task_once"),
            lines.from_one("task_number", "number"),
        ]

    def __str__(self):
        return f"{self.number}. {self.heading}"


class ReportedCount(Located):
    """How many members of a kind the source counts, whether or not it names them."""

    natural_fields = ("alliance", "kind")
    public_parents = ("alliance",)

    class Kind(models.TextChoices):
        UNITS = "units", _("units in all")
        CITIES = "cities", _("cities")
        NEW_AREAS = "new_areas", _("national-level new areas")
        OTHERS = "others", _("districts, counties and towns")

    alliance = models.ForeignKey(
        Alliance, models.CASCADE, verbose_name=_("alliance"), related_name="reported_counts"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    value = models.PositiveIntegerField(_("number"))

    class Meta(Located.Meta):
        verbose_name = _("reported count")
        verbose_name_plural = _("reported counts")
        ordering = ["alliance", "-value"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["alliance", "kind"], name="reported_count_once"),
        ]

    def __str__(self):
        return f"{self.value} {self.get_kind_display()}"


class Member(Located):
    """A member that a source names. Nobody is inferred."""

    natural_fields = ("alliance", "name")
    public_parents = ("alliance",)

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        NEW_AREA = "new area", _("new area")
        DISTRICT = "district", _("district")
        COUNTY = "county", _("county")
        TOWN = "town", _("town")

    alliance = models.ForeignKey(Alliance, models.CASCADE, verbose_name=_("alliance"), related_name="members")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="memberships", null=True, blank=True
    )
    joined = models.CharField(_("joined"), max_length=21, blank=True, validators=[validate_edtf])
    evidence = models.TextField(_("evidence"), help_text=_("Where it is said that this unit is a member."))

    class Meta(Located.Meta):
        verbose_name = _("alliance member")
        verbose_name_plural = _("alliance members")
        ordering = ["alliance", "name"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["alliance", "name"], name="member_once"),
        ]

    def __str__(self):
        return self.name
