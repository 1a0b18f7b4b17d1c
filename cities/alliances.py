"""Alliances of cities: who founded them, what they set out to do, how many joined, and who is named."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cities.places import City
from records.dates import validate_edtf
from records.models import Publishable
from sources import lines
from sources.models import Located, Source

NEEDS_EVIDENCE = _(
    "A member needs its evidence: the source that names it, and the line or the printed words. "
    "Whom no source names cannot be entered."
)


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
    anchor = "task-{0.number}"

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
    anchor = "members"

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

    def in_words(self) -> tuple[str, str]:
        return str(self), ""


class Member(Located):
    """A member that a source names. Nobody is inferred: what no source says cannot be entered.

    Two units of one name are told apart by the unit they belong to.
    """

    natural_fields = ("alliance", "name", "parent")
    public_parents = ("alliance",)
    anchor = "members"

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        NEW_AREA = "new area", _("new area")
        DISTRICT = "district", _("district")
        COUNTY = "county", _("county")
        TOWN = "town", _("town")
        OTHER = "other", _("another kind of unit")

    alliance = models.ForeignKey(Alliance, models.CASCADE, verbose_name=_("alliance"), related_name="members")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.CharField(
        _("belongs to"),
        max_length=200,
        blank=True,
        help_text=_("the city, county or province of a unit, as the source names it"),
    )
    city = models.ForeignKey(
        City,
        models.SET_NULL,
        verbose_name=_("city"),
        related_name="memberships",
        null=True,
        blank=True,
        help_text=_("the member itself, or the city it lies in, where the catalogue has it"),
    )
    joined = models.CharField(
        _("joined"),
        max_length=21,
        blank=True,
        validators=[validate_edtf],
        help_text=_("2017, 2017-03-20; empty where the source does not say"),
    )
    evidence = models.TextField(_("evidence"), help_text=_("Where it is said that this unit is a member."))

    class Meta(Located.Meta):
        verbose_name = _("alliance member")
        verbose_name_plural = _("alliance members")
        ordering = ["alliance", "name", "parent"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["alliance", "name", "parent"], name="member_once"),
            # What readers see has its evidence; a hidden one may wait for it.
            models.CheckConstraint(
                condition=models.Q(hidden=True)
                | models.Q(
                    models.Q(first_line__isnull=False) | ~models.Q(printed=""),
                    ~models.Q(evidence=""),
                    source__isnull=False,
                ),
                name="member_evidence",
                violation_error_message=NEEDS_EVIDENCE,
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.parent}" if self.parent else self.name

    @property
    def row_id(self) -> str:
        """The name of its place on the page of its alliance."""
        return f"member-{slugify(str(self), allow_unicode=True)}"

    def clean(self):
        super().clean()
        self.name, self.parent = (" ".join(text.split()) for text in (self.name, self.parent))
        errors = {}
        if not self.source_id:
            errors["source"] = NEEDS_EVIDENCE
        elif self.first_line is None and not self.printed.strip():
            errors["first_line"] = NEEDS_EVIDENCE
        if self.parent and self.parent.casefold() == self.name.casefold():
            errors["parent"] = _("A unit does not belong to itself: leave this empty.")
        if self.alliance_id and not errors:
            errors |= self._said_already()
        if errors:
            raise ValidationError(errors)

    def _said_already(self) -> dict:
        """Errors where the alliance has this member already, spelt in capitals or as the same city."""
        others = Member._base_manager.filter(alliance=self.alliance_id).exclude(pk=self.pk)
        if others.filter(name__iexact=self.name, parent__iexact=self.parent).exists():
            message = _("“%(name)s” is a member already; say what it belongs to if this is another one.")
            return {"name": message % {"name": self}}
        is_city = self.kind == self.Kind.CITY and self.city_id
        other = others.filter(kind=self.Kind.CITY, city=self.city_id).first() if is_city else None
        if other:
            return {"city": _("This city is a member already, as “%(name)s”.") % {"name": other}}
        return {}
