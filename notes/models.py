"""Notes: contradictions and gaps of the sources, shown to readers as source checks beside what is printed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.models import Initiative
from cities.models import City
from notes.constraints import CONSTRAINTS
from notes.vocabularies import RANK, Answer, Finder, Kind, Severity
from records.computed import Computed
from records.models import Record, RecordManager, RecordQuerySet
from records.names import ENGLISH
from sources import lines
from sources.models import Ruling, Source

SLUG, NAME = 120, 60


class NoteQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of the list or an export shows."""
        return self.select_related("case", "city", "source", "ruling")

    def of_drafts(self):
        """Of cases that nobody has sent for review or published."""
        return self.filter(case__in=Initiative.objects.filter(state=Initiative.State.DRAFT).values("pk"))

    def not_of_drafts(self):
        """All others; what is about a city or a source alone is among them."""
        return self.exclude(case__in=Initiative.objects.filter(state=Initiative.State.DRAFT).values("pk"))


class Note(Record):
    """One thing that does not fit in a source, or is not there. What is printed is never changed.

    It hangs on a case, on a city, or only on its source. Fixtures bring what editors read; checks (notes/checks/) add
    what they compute and mark what they found as well. Curators answer.
    """

    public_parents = ("source",)
    # Set by checks and curators: fixtures know nothing of them, and loading leaves them as they are.
    own_fields = (
        *("found_by", "check_name", "check_key", "check_values", "gone", "first_line"),
        *(
            "answer",
            "answer_reason",
            "ruling",
            "answered_by",
            "answered_at",
            "answered_about",
            "former_answer",
        ),
    )

    # Names of accounts. An answer “corrected” without its correction would be no answer.
    private_fields = ("answered_by", "former_answer")
    needed_references = ("ruling",)
    made_by_itself = Computed(
        where={"found_by": Finder.CHECK},
        unique=("check_key", "slug"),
        said=(
            *("answer", "answer_reason", "ruling_id", "answered_by", "answered_at", "answered_about"),
            "former_answer",
        ),
        unsaid={"answer": Answer.OPEN},
    )
    numbered_fields = {
        "check_key": {"case": "cases.Initiative", "figures": "cities.CityFigures", "source": "sources.Source"}
    }

    @classmethod
    def is_part(cls) -> bool:
        """It is answered on a page of its own."""
        return False

    slug = models.SlugField(_("slug"), max_length=SLUG, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="notes")
    case = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="notes", null=True, blank=True
    )
    city = models.ForeignKey(
        City, models.CASCADE, verbose_name=_("city"), related_name="notes", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    printed = models.TextField(_("printed"), blank=True, help_text=_("the printed pieces, one a line"))
    computed = models.CharField(_("computed"), max_length=300, blank=True)
    difference_pct = models.DecimalField(
        _("difference (%)"),
        max_digits=12,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("how far the printed value is from the computed one, in per cent of the computed one"),
    )
    lines = models.CharField(
        _("lines"),
        max_length=200,
        validators=[lines.validate],
        help_text=_("for example 75-79; 83"),
    )
    concerns = models.TextField(
        _("claims it is about"),
        blank=True,
        help_text=_(
            "keys of outcomes, dated facts or targets of the case, one a line; empty: told by what is printed"
        ),
    )
    note = models.TextField(_("what does not fit"), help_text=_("in our own words"))
    settles = models.TextField(
        _("what would settle it"),
        blank=True,
        help_text=_("given where something is not in the sources: it then stands among the known unknowns"),
    )

    same_as = models.SlugField(
        _("the check that finds the same"),
        max_length=NAME,
        blank=True,
        help_text=_("so that readers see one source check and not two"),
    )

    found_by = models.CharField(_("found by"), max_length=6, choices=Finder, default=Finder.EDITOR)
    check_name = models.CharField(_("check"), max_length=NAME, blank=True, editable=False)
    # Null, and not "", where no check finds it: keys are unique, and the log of changes looks for rows by unique keys.
    check_key = models.CharField(max_length=300, null=True, unique=True, editable=False)  # noqa: DJ001
    check_values = models.TextField(blank=True, editable=False)
    gone = models.BooleanField(_("no longer found"), default=False, editable=False)
    first_line = models.PositiveIntegerField(_("first line"), null=True, editable=False)

    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    answer_reason = models.TextField(_("reason for the answer"), blank=True)
    ruling = models.ForeignKey(
        Ruling,
        models.PROTECT,
        verbose_name=_("correction"),
        related_name="notes",
        null=True,
        blank=True,
    )
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_about = models.TextField(blank=True, editable=False)
    former_answer = models.TextField(_("answer before it was opened again"), blank=True, editable=False)

    objects = RecordManager.from_queryset(NoteQuerySet)()

    class Meta:
        verbose_name = _("source check")
        verbose_name_plural = _("source checks")
        ordering = [RANK, "slug"]
        constraints = CONSTRAINTS
        indexes = [
            models.Index(RANK, F("slug"), name="note_by_severity"),
            models.Index(fields=["case", "hidden"], name="note_of_case"),
            models.Index(fields=["city", "hidden"], name="note_of_city"),
            models.Index(fields=["source", "hidden"], name="note_of_source"),
            models.Index(fields=["answer", "hidden"], name="note_answered"),
            models.Index(fields=["kind", "hidden"], name="note_of_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {Truncator(self.note).chars(80)}"

    def in_words(self) -> tuple[str, str]:
        return Truncator(self.note).chars(120), ENGLISH

    def save(self, *args, **kwargs):
        self.first_line = self.place[0][0] if self.place else None
        if kwargs.get("update_fields") is not None and "lines" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "first_line"}
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        last = max((last for _first, last in self.place), default=0)
        if self.source_id and self.source.line_count and last > self.source.line_count:
            words = {"source": self.source, "count": self.source.line_count}
            raise ValidationError({"lines": _("The source “%(source)s” has %(count)d lines.") % words})

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Besides its source, the case and the city it is about are public, where it is about one."""
        of_case = Q(**{f"{prefix}case__isnull": True}) | Initiative.public_q(f"{prefix}case__")
        of_city = Q(**{f"{prefix}city__isnull": True}) | City.public_q(f"{prefix}city__")
        return super().public_q(prefix) & of_case & of_city

    @property
    def place(self) -> list[tuple[int, int]]:
        """Its lines as ranges; [] where they cannot be read."""
        try:
            return lines.parse(self.lines)
        except ValueError:
            return []

    @property
    def claims(self) -> list[str]:
        """The keys of the claims of its case that it names."""
        return self.concerns.split()

    @property
    def pieces(self) -> list[str]:
        """The printed pieces."""
        return [piece for piece in self.printed.split("\n") if piece.strip()]

    @property
    def about(self) -> str:
        """What an answer is about: where this is another, the answer no longer holds."""
        return "\n=\n".join((self.printed, self.computed, self.check_values))

    @property
    def is_computed(self) -> bool:
        """Whether a check finds it."""
        return self.found_by != Finder.EDITOR

    @property
    def is_read(self) -> bool:
        """Whether an editor read it."""
        return self.found_by != Finder.CHECK

    @property
    def is_open(self) -> bool:
        return self.answer == Answer.OPEN

    def document(self, site: str = "") -> dict:
        """The row of the list as one JSON object."""
        from notes.columns import NOTES

        return NOTES.document(self, site)


class Sum(Record):
    """Which printed numbers of a case make up another one, as an editor reads it: whether they do is computed."""

    natural_fields = ("case", "key")
    public_parents = ("case",)

    case = models.ForeignKey(Initiative, models.CASCADE, verbose_name=_("case"), related_name="sums")
    key = models.SlugField(_("key"), max_length=NAME)
    total = models.SlugField(_("total"), max_length=NAME, help_text=_("key of the outcome that is the total"))
    parts = models.TextField(_("parts"), help_text=_("keys of the outcomes that make it up, one a line"))

    class Meta:
        verbose_name = _("sum to check")
        verbose_name_plural = _("sums to check")
        ordering = ["case", "key"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="sum_once")]

    def __str__(self):
        return f"{self.case}: {self.total}"

    @property
    def part_keys(self) -> list[str]:
        """The keys of its parts."""
        return self.parts.split()
