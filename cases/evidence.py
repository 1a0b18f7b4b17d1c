"""What hangs on a case: dated facts, claims of novelty, themes, goals and articles of declarations with reasons."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.initiatives import Initiative
from cases.vocabularies import Goal, Theme
from declarations.models import Article
from listing.addresses import address_of
from records.dates import validate_edtf
from records.models import RecordManager, RecordQuerySet
from sources.models import Located, Reasoned

# Whose judgement a link is that nobody has signed.
EDITORS = "editors of the catalogue"


class Basis(models.TextChoices):
    """Who says so."""

    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred by an editor")


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

    Basis = Basis

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


class CommitmentQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of the crosswalk or an export shows, and of what it refers to no more than that."""
        related = ("initiative__city", "article__declaration", "source")
        shown = (
            *("basis", "reason", "lines", "editor", "initiative__slug", "initiative__title"),
            *("initiative__city__slug", "initiative__city__name", "source__slug"),
            *("article__number", "article__number_as_printed", "article__heading"),
            *("article__declaration__slug", "article__declaration__title"),
        )
        return self.select_related(*related).only(*shown)

    def export_reader(self, asked=()):
        """What reads the rows of a long export by their numbers, all that any column asks (cases/crosswalk/rows.py)."""
        from cases.crosswalk.rows import Links

        return Links()


def place_of(article: Article) -> str:
    """What the page of a case calls the place of its answer to an article."""
    return f"answer-{article.declaration.slug}-{article.number}"


class CommitmentLink(OfInitiative, Reasoned):
    """A case answers to an article of a declaration: as the source states it, or as an editor infers."""

    natural_fields = ("initiative", "article")
    public_parents = ("initiative", "article")

    Basis = Basis

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="commitment_links"
    )
    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="commitment_links"
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.INFERRED)
    editor = models.CharField(
        _("editor"),
        max_length=150,
        blank=True,
        help_text=_("who judged; empty for the editors of the loaded data"),
    )

    objects = RecordManager.from_queryset(CommitmentQuerySet)()

    class Meta:
        verbose_name = _("answer to a declaration")
        verbose_name_plural = _("answers to declarations")
        ordering = ["initiative", "article__declaration", "article__number"]
        constraints = [models.UniqueConstraint(fields=["initiative", "article"], name="commitment_once")]
        indexes = [
            models.Index(fields=["initiative", "hidden", "article", "basis"], name="commitment_shown"),
            models.Index(fields=["article", "hidden", "initiative"], name="commitment_of_article"),
        ]

    def __str__(self):
        return f"{self.initiative}: {self.article}"

    @property
    def place(self) -> str:
        """The name of its place on the page of its case."""
        return place_of(self.article)

    def get_absolute_url(self) -> str:
        """Its place on the page of its case."""
        return f"{address_of('cases:initiative', self.initiative.slug)}#{self.place}"

    @property
    def judged_by(self) -> str:
        """Who judged: a name, or the editors of the loaded data."""
        return self.editor or EDITORS

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Article.public_q("article__")


class NoveltyClaim(OfInitiative, Located):
    """How new the source says the case is, and who says so."""

    natural_fields = ("initiative", "kind")
    BOTH = frozenset(("evolutionary", "revolutionary"))  # what "both" means

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
        return f"{self.initiative}: {self.get_kind_display()}"

    def in_words(self) -> tuple[str, str]:
        return str(self.get_kind_display()), ""


class Milestone(OfInitiative, Located):
    """A dated fact."""

    natural_fields = ("initiative", "key")
    anchor = "fact-{0.key}"

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
