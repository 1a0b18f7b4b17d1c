"""Programmes and initiatives (the cases), and the headed parts of a case."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cities.models import City
from records.dates import validate_edtf
from records.models import Publishable, Record, RecordManager, RecordQuerySet
from sources import lines
from sources.models import Located, Source


class Programme(Record):
    """An award or scheme, and its edition."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    edition = models.PositiveSmallIntegerField(
        _("edition"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    organiser = models.CharField(_("organiser"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("source"), related_name="programmes", null=True, blank=True
    )
    line = lines.line_field(_("line"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "slug"]
        constraints = [lines.from_one("programme_numbers", "edition", "line")]

    def __str__(self):
        return self.name


class InitiativeQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of a list or an export shows, in a fixed number of queries."""
        return self.select_related("city", "programme", "source").prefetch_related(
            models.Prefetch(
                "theme_links", self._public_links("theme_links", "theme__name").select_related("theme")
            ),
            models.Prefetch(
                "goal_links", self._public_links("goal_links", "goal__number").select_related("goal")
            ),
            models.Prefetch("novelty_claims", self._public_links("novelty_claims", "kind")),
            models.Prefetch(
                "commitment_links",
                self._public_links("commitment_links", "article").select_related("article__declaration"),
            ),
        )

    def page_reader(self):
        """What reads the rows of a page by their numbers (cases/cards.py)."""
        from cases.cards import cards

        return cards

    def export_reader(self, asked=()):
        """What reads the rows of a long export by their numbers; cheaper than records (cases/rows.py).

        `asked` are the attributes that its columns ask for.
        """
        from cases.rows import Rows

        return Rows(self, asked)

    def _public_links(self, name, order):
        related = self.model._meta.get_field(name).related_model
        # Their default order would join through the case, which is known here.
        return related._default_manager.filter(related.own_public_q()).order_by(order, "pk")


class Initiative(Publishable, Located):
    """One case. Its locator is the whole case in the body of its source, from its title or city line on."""

    public_parents = ("city", "programme")
    required_to_publish = ("title", "summary")
    name_fields = ("title",)

    class TitleFrom(models.TextChoices):
        BODY = "body", _("over the case")
        CONTENTS = "contents", _("contents list")
        OTHER = "other", _("given by an editor")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_from = models.CharField(
        _("title printed"), max_length=10, choices=TitleFrom, default=TitleFrom.BODY
    )
    title_line = lines.line_field(_("line of the title"))
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"), related_name="initiatives")
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        verbose_name=_("programme"),
        related_name="initiatives",
    )
    summary = models.TextField(_("summary"), help_text=_("Two or three sentences in our own words."))
    lead_digest = models.TextField(_("summary of the opening"), blank=True)
    lead_first_line = lines.line_field(_("opening: first line"))
    lead_last_line = lines.line_field(_("opening: last line"))
    started = models.CharField(
        _("started"),
        max_length=10,
        blank=True,
        db_index=True,
        validators=[validate_edtf],
        help_text=_("2017, 2018-06; empty where the source does not say"),
    )
    started_lines = models.CharField(
        _("start: lines"), max_length=100, blank=True, validators=[lines.validate]
    )
    started_reason = models.TextField(_("start: reason"), blank=True)

    objects = RecordManager.from_queryset(InitiativeQuerySet)()

    class Meta(Located.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["title", "slug"]
        constraints = [
            *Located.Meta.constraints,
            models.CheckConstraint(
                condition=Q(started="") | Q(started__regex=r"^[0-9]{4}(-[0-9]{2}){0,2}$"),
                name="initiative_started",
                violation_error_message=_("Write the start as 2017, 2017-06 or 2017-06-30."),
            ),
            lines.from_one("initiative_title_line", "title_line"),
            models.CheckConstraint(
                condition=Q(lead_first_line__isnull=True, lead_last_line__isnull=True)
                # Not null is said aloud: a comparison with null is neither true nor false, and would pass.
                | Q(
                    lead_first_line__isnull=False,
                    lead_last_line__isnull=False,
                    lead_first_line__gte=1,
                    lead_last_line__gte=F("lead_first_line"),
                ),
                name="initiative_lead_lines",
                violation_error_message=_(
                    "The opening needs a first line of 1 or more and a last line not before it, or neither."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "hidden", "title"], name="initiative_public_title"),
            models.Index(fields=["-updated_at"], name="initiative_last_change"),
        ]

    def __str__(self):
        return self.title

    def own_obstacles(self) -> list[str]:
        if not self.started or (self.started_lines and self.started_reason):
            return []
        return [str(_("give the lines and the reason of the start first"))]

    @property
    def started_year(self) -> int | None:
        """The year the initiative began, None where the source does not say."""
        return int(self.started[:4]) if self.started else None


class Section(Located):
    """A headed part of a case; its locator runs from the heading to the end of its own text."""

    natural_fields = ("initiative", "key")
    public_parents = ("initiative",)
    anchor = "{0.key}"

    @classmethod
    def own_public_q(cls) -> Q:
        """Enough where the case is known to be public."""
        return Q(hidden=False)

    class Kind(models.TextChoices):
        ABSTRACT = "abstract", _("abstract")
        BACKGROUND = "background", _("background")
        MEASURES = "measures", _("measures")
        INNOVATION = "innovation", _("innovation")
        OUTCOMES = "outcomes", _("outcomes")
        LESSONS = "lessons", _("lessons")
        IMPLEMENTATION = "implementation", _("implementation")
        SCHEDULE = "schedule", _("schedule")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="sections"
    )
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    heading = models.CharField(_("heading as printed"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    second_kind = models.CharField(
        _("second kind"),
        max_length=20,
        choices=Kind,
        blank=True,
        help_text=_("where the heading names two, as “Key Measures & Innovative Aspects” does"),
    )
    digest = models.TextField(_("summary"))

    class Meta(Located.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["initiative", "position", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "key"], name="section_once"),
            models.CheckConstraint(
                condition=Q(level__in=(1, 2)),
                name="section_level",
                violation_error_message=_("The level is 1, or 2 for a part of the section before it."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=F("second_kind")),
                name="section_two_kinds",
                violation_error_message=_("The second kind must differ from the first."),
            ),
        ]

    def __str__(self):
        return self.heading

    @property
    def kinds(self) -> list[str]:
        """Its kind, or both where the heading names two."""
        return [kind for kind in (self.kind, self.second_kind) if kind]
