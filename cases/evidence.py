"""What hangs on a case: partners, dated facts, claims of novelty, themes and goals with reasons."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.initiatives import Initiative
from cases.vocabularies import Goal, Theme
from cities.models import City
from records.dates import validate_edtf
from records.models import Record
from sources.models import Located, Reasoned


class OfInitiative:
    """For records that hang on a case."""

    public_parents = ("initiative",)

    @classmethod
    def own_public_q(cls):
        """The part of `public_q` that is not about the case itself: enough where the case is known to be public."""
        return Q(hidden=False)


class InitiativeTheme(OfInitiative, Reasoned):
    """An editor's judgement that a case speaks to a theme."""

    natural_fields = ("initiative", "theme")
    public_parents = ("initiative", "theme")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="theme_links"
    )
    theme = models.ForeignKey(Theme, models.CASCADE, verbose_name=_("theme"), related_name="initiative_links")

    class Meta:
        verbose_name = _("theme of a case")
        verbose_name_plural = _("themes of cases")
        ordering = ["initiative", "theme__name"]
        constraints = [models.UniqueConstraint(fields=["initiative", "theme"], name="theme_once")]
        # Holds all that lists and exports ask of a link, so that they read no row of the table.
        indexes = [models.Index(fields=["initiative", "hidden", "theme"], name="theme_shown")]

    def __str__(self):
        return f"{self.initiative}: {self.theme}"

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Theme.public_q("theme__")


class InitiativeGoal(OfInitiative, Reasoned):
    """A goal of the United Nations the case works for: stated by the source, or inferred by an editor."""

    natural_fields = ("initiative", "goal")
    public_parents = ("initiative", "goal")

    class Basis(models.TextChoices):
        STATED = "stated", _("stated by the source")
        INFERRED = "inferred", _("inferred by an editor")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="goal_links"
    )
    goal = models.ForeignKey(Goal, models.CASCADE, verbose_name=_("goal"), related_name="initiative_links")
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.INFERRED)

    class Meta:
        verbose_name = _("goal of a case")
        verbose_name_plural = _("goals of cases")
        ordering = ["initiative", "goal__number"]
        constraints = [models.UniqueConstraint(fields=["initiative", "goal"], name="initiative_goal_once")]
        indexes = [
            models.Index(fields=["initiative", "hidden", "goal", "basis"], name="initiative_goal_shown")
        ]

    def __str__(self):
        return f"{self.initiative}: {self.goal}"

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Goal.public_q("goal__")


class NoveltyClaim(OfInitiative, Located):
    """How new the source says the case is, and who says so."""

    natural_fields = ("initiative", "kind")

    class Kind(models.TextChoices):
        EVOLUTIONARY = "evolutionary", _("evolutionary")
        REVOLUTIONARY = "revolutionary", _("revolutionary")
        INCREMENTAL = "incremental", _("incremental")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="novelty_claims"
    )
    kind = models.CharField(_("claim"), max_length=20, choices=Kind)
    said_by = models.CharField(_("said by"), max_length=200)
    reason = models.TextField(_("in what way"), blank=True)

    class Meta(Located.Meta):
        verbose_name = _("claim of novelty")
        verbose_name_plural = _("claims of novelty")
        ordering = ["initiative", "kind"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "kind"], name="novelty_once"),
        ]
        indexes = [models.Index(fields=["initiative", "hidden", "kind"], name="novelty_shown")]

    def __str__(self):
        return f"{self.initiative}: {self.kind}"


class Milestone(OfInitiative, Located):
    """A dated fact."""

    natural_fields = ("initiative", "key")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="milestones"
    )
    key = models.SlugField(_("key"), max_length=60)
    date = models.CharField(_("date"), max_length=21, validators=[validate_edtf])
    event = models.CharField(_("what happened"), max_length=300)

    class Meta(Located.Meta):
        verbose_name = _("dated fact")
        verbose_name_plural = _("dated facts")
        ordering = ["initiative", "date", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "key"], name="milestone_once"),
        ]

    def __str__(self):
        return f"{self.date}: {self.event}"


class Organisation(Record):
    """An organisation that takes part in cases."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    variants = models.TextField(_("other spellings"), blank=True, help_text=_("one a line"))
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="organisations", null=True, blank=True
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "slug"]

    def __str__(self):
        return self.name


class Partner(OfInitiative, Located):
    """An organisation in a role."""

    natural_fields = ("initiative", "organisation", "role")
    public_parents = ("initiative", "organisation")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="partners"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="partnerships"
    )
    role = models.CharField(_("role"), max_length=120)

    class Meta(Located.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["initiative", "organisation__name", "role"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="partner_once"),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.role})"

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Organisation.public_q("organisation__")
