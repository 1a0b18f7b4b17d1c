"""Targets: what a plan or a case says will be reached, and by when; how that stands is worked out when it is read."""

import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Length, Replace, StrIndex, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.initiatives import Initiative
from cases.outcomes import starts_before_it_ends
from cases.vocabularies import Unit
from cities.models import City, Plan
from records.dates import bounds, validate_edtf
from records.models import RecordManager, RecordQuerySet
from sources import lines
from sources.models import Located


class State(models.TextChoices):
    """How a target stands on a day, as far as the sources tell.

    What the sources report as reached is `reached`, whatever its date. Of the others, one without a date is
    `undated`; one whose date is not over is `ahead`; the rest have passed, and nothing says what became of them.
    """

    AHEAD = "ahead", _("date ahead")
    PASSED = "passed", _("date passed, no evidence in the sources")
    REACHED = "reached", _("reported reached")
    UNDATED = "undated", _("no date printed")


def due_end() -> models.Expression:
    """The last date that `due` may mean, as far as it is given: "2027/2028" gives "2028", "198X" 1989; "" for none."""
    slash = StrIndex("due", Value("/"))
    end = models.Case(models.When(due__contains="/", then=Substr("due", slash + 1)), default=F("due"))
    return Replace(end, Value("X"), Value("9"), output_field=models.CharField())


def state_q(state: str, today: datetime.date | None = None) -> Q:
    """The targets that stand so on a day (today unless given): the same rule as `Target.state_on`, for the database."""
    day = (today or timezone.localdate()).isoformat()
    reached, dated = ~Q(evidence=""), ~Q(due="")
    is_over = models.lookups.LessThan(due_end(), Left(Value(day), Length(due_end())))
    passed = Q(is_over) & ~Q(due__endswith="/") & dated
    return {
        State.REACHED: reached,
        State.UNDATED: ~reached & ~dated,
        State.PASSED: ~reached & passed,
        State.AHEAD: ~reached & dated & ~passed,
    }[State(state)]


class TargetQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of the list or an export shows."""
        return self.select_related("city", "plan", "initiative", "unit", "source")


class Target(Located):
    """What is to be reached: of a plan or of a case, never of both.

    `reason` says how the date or the value was read where the line does not say it plainly. `evidence` says what the
    sources report of its being reached, on `evidence_lines` of the same source; both are empty where they do not.
    """

    natural_fields = ("plan", "initiative", "key")
    public_parents = ("city",)
    page_parents = ("initiative", "plan", "city")

    city = models.ForeignKey(
        City,
        models.PROTECT,
        verbose_name=_("city"),
        related_name="targets",
        help_text=_("whose target it is"),
    )
    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name=_("plan"), related_name="targets", null=True, blank=True
    )
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="targets", null=True, blank=True
    )
    key = models.SlugField(_("key"), max_length=80)
    target = models.CharField(_("target"), max_length=300)
    due = models.CharField(_("due"), max_length=21, blank=True, validators=[validate_edtf])
    due_as_printed = models.CharField(_("due, as printed"), max_length=100, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("unit"), related_name="targets", null=True, blank=True
    )
    qualifier = models.CharField(_("qualifier"), max_length=60, blank=True)
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("where the date or the value needed a judgement: why")
    )
    evidence = models.TextField(
        _("reported reached"), blank=True, help_text=_("what the source reports, in our words; else empty")
    )
    evidence_lines = models.CharField(
        _("reported reached: lines"), max_length=100, blank=True, validators=[lines.validate]
    )

    objects = RecordManager.from_queryset(TargetQuerySet)()

    class Meta(Located.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "initiative", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "key"], name="target_once"),
            models.UniqueConstraint(fields=["initiative", "key"], name="target_of_case_once"),
            models.CheckConstraint(
                condition=Q(plan__isnull=False, initiative__isnull=True)
                | Q(plan__isnull=True, initiative__isnull=False),
                name="target_of_plan_or_case",
                violation_error_message=_("A target is of a plan or of a case: choose one of the two."),
            ),
            models.CheckConstraint(
                condition=starts_before_it_ends("due"),
                name="target_due",
                violation_error_message=_("The date ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(unit__isnull=False),
                name="target_unit",
                violation_error_message=_("A value needs its unit."),
            ),
            models.CheckConstraint(
                condition=Q(evidence="", evidence_lines="") | (~Q(evidence="") & ~Q(evidence_lines="")),
                name="target_evidence",
                violation_error_message=_(
                    "What is reported reached needs its lines, and the lines what they report."
                ),
            ),
        ]
        indexes = [models.Index(fields=["hidden", "due"], name="target_due_shown")]

    def __str__(self):
        return self.target

    @classmethod
    def own_public_q(cls) -> Q:
        """Enough where its plan or case is known to be public."""
        return Q(hidden=False) & City.public_q("city__")

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        parent = Plan.public_q(f"{prefix}plan__") | Initiative.public_q(f"{prefix}initiative__")
        return super().public_q(prefix) & parent

    @property
    def parent(self) -> Plan | Initiative:
        """What it is a target of."""
        return self.plan or self.initiative

    @property
    def slug(self) -> str:
        """What it is called outside: its plan or case, and its key."""
        return f"{self.parent.slug}:{self.key}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its plan or case; before it has one, its city."""
        if self.plan_id:
            return f"{reverse('cities:plan', args=[self.plan.slug])}#{self.key}"
        if not self.initiative_id:
            return self.city.get_absolute_url()
        return f"{reverse('cases:initiative', args=[self.initiative.slug])}#target-{self.key}"

    def is_over(self, today: datetime.date | None = None) -> bool:
        """Whether its date is over on a day (today unless given)."""
        return bool(self.due) and bounds(self.due)[1] < (today or timezone.localdate())

    def state_on(self, today: datetime.date | None = None) -> State:
        """How it stands on a day (today unless given)."""
        if self.evidence:
            return State.REACHED
        if not self.due:
            return State.UNDATED
        return State.PASSED if self.is_over(today) else State.AHEAD

    @property
    def state_label(self) -> str:
        """How it stands today, in words."""
        state = self.state_on()
        if state == State.UNDATED and self.due_as_printed:
            return gettext("no fixed date printed")
        if state == State.REACHED and self.due:
            over = gettext("date passed, reported reached")
            return over if self.is_over() else gettext("reported reached before its date")
        return str(state.label)

    def document(self, site: str = "") -> dict:
        """It with the keys of targets.csv, for the documents of rooms below."""
        from cases.deadlines.columns import TARGETS

        return TARGETS.document(self, site)
