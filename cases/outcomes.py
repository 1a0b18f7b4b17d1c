"""Outcomes: the printed quantitative claims of cases, each with its line."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Length, Replace, StrIndex, Substr
from django.utils.translation import gettext_lazy as _

from cases.evidence import OfInitiative
from cases.initiatives import Initiative
from cases.vocabularies import Unit
from records.dates import validate_edtf
from records.models import RecordManager, RecordQuerySet
from sources import lines
from sources.models import Located


def _number(label) -> models.DecimalField:
    return models.DecimalField(label, max_digits=24, decimal_places=6, null=True, blank=True)


def _both_or_neither(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": False}
    )


def starts_before_it_ends(name: str) -> Q:
    """An interval of two dates ("2018/2020-06") does not end before it starts, as far as both are exact.

    An unknown digit ("198X") stands for its lowest at the start and its highest at the end.
    """
    slash = StrIndex(name, Value("/"))
    start = Replace(Left(name, slash - 1), Value("X"), Value("0"))
    end = Replace(Substr(name, slash + 1), Value("X"), Value("9"))
    is_interval = Q(**{f"{name}__regex": r"^[^/]+/[^/]+$"})
    in_order = models.lookups.LessThanOrEqual(Left(start, Length(end)), Left(end, Length(start)))
    return ~is_interval | Q(in_order)


class OutcomeQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of the list or an export shows."""
        return self.select_related("initiative__city", "unit", "unit_alt", "source", "repeats")

    def page_reader(self):
        """What reads rows by their numbers (cases/ledger/rows.py)."""
        from cases.ledger.rows import rows

        return rows

    def export_reader(self, asked=()):
        """What reads the rows of an export: the same, all that any column asks."""
        return self.page_reader()


class Outcome(OfInitiative, Located):
    """One printed quantitative claim of a case."""

    natural_fields = ("initiative", "key")
    anchor = "outcome-{0.key}"
    needed_references = ("unit_alt",)  # a printed conversion has its unit

    class Status(models.TextChoices):
        ACHIEVED = "achieved", _("achieved")
        EXPECTED = "expected", _("expected")
        TARGET = "target", _("target")
        CONTEXT = "context", _("context")

    class Direction(models.TextChoices):
        UP = "up", _("up")
        DOWN = "down", _("down")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="outcomes"
    )
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("the order among the claims of one line")
    )
    indicator = models.CharField(
        _("indicator"), max_length=200, help_text=_("in our words, the same for the same thing in all cases")
    )
    value = _number(_("value"))
    value_low = _number(_("lowest"))
    value_high = _number(_("highest"))
    before = _number(_("before"))
    after = _number(_("after"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("unit"), related_name="outcomes", null=True, blank=True
    )
    value_alt = _number(_("printed conversion"))
    unit_alt = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name=_("unit of the conversion"),
        related_name="conversions",
        null=True,
        blank=True,
    )
    date = models.CharField(_("date"), max_length=21, blank=True, validators=[validate_edtf])
    date_lines = models.CharField(
        _("date: lines"),
        max_length=100,
        blank=True,
        validators=[lines.validate],
        help_text=_("where the date stands, for example 75-79; 83"),
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    qualifier = models.CharField(
        _("qualifier"), max_length=60, blank=True, help_text=_("as printed: about, more than, nearly")
    )
    scope = models.CharField(
        _("scope"), max_length=200, blank=True, help_text=_("the part, place or group it speaks of")
    )
    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("repeats"),
        related_name="repeated_by",
        null=True,
        blank=True,
        help_text=_("the first claim of the same fact"),
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("where status, value or date needed a judgement: why")
    )

    objects = RecordManager.from_queryset(OutcomeQuerySet)()

    class Meta(Located.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["initiative", "first_line", "position", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "key"], name="outcome_once"),
            models.CheckConstraint(
                condition=Q(value_low__isnull=True)
                | Q(value_high__isnull=True)
                | Q(value_low__lte=F("value_high")),
                name="outcome_range",
                violation_error_message=_("The lowest value must not be above the highest."),
            ),
            models.CheckConstraint(
                condition=_both_or_neither("before", "after"),
                name="outcome_before_and_after",
                violation_error_message=_("Give before and after both, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | Q(value__isnull=True) | Q(value=F("after")),
                name="outcome_value_is_after",
                violation_error_message=_("Where before and after are given, the value is the one after."),
            ),
            models.CheckConstraint(
                condition=_both_or_neither("value_alt", "unit_alt"),
                name="outcome_conversion",
                violation_error_message=_("A printed conversion needs its unit, and the unit its number."),
            ),
            models.CheckConstraint(
                condition=starts_before_it_ends("date"),
                name="outcome_date",
                violation_error_message=_("The date ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")),
                name="outcome_repeats_another",
                violation_error_message=_("A claim cannot repeat itself: choose the first one, or none."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.printed}"

    @property
    def slug(self) -> str:
        """What it is called outside: its case and its key."""
        return f"{self.initiative.slug}:{self.key}"

    @property
    def repeats_slug(self) -> str:
        """The first claim of the same fact, "" where this is the first or readers may not see that one."""
        return self.repeats.slug if self.repeats and not self.repeats.hidden else ""

    @property
    def case_url(self) -> str:
        """Its place on the page of its case."""
        return f"{self.initiative.get_absolute_url()}#outcome-{self.key}"
