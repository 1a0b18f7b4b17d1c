"""Source documents, the places in them that figures were read from, and the rulings on their defects."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from records.dates import validate_edtf
from records.models import Record
from sources import lines
from sources.reading.kinds import known_kinds


def source_kinds() -> list[tuple[str, str]]:
    """The kinds of sources with their names: those that can be read, open data sets, and what curators cite."""
    read = [(kind.key, _(kind.label)) for kind in known_kinds().values()]
    return [*read, ("open-data", _("open data set")), ("other", _("another document"))]


class Source(Record):
    """A document, or an open data set, the catalogue was read from."""

    stays_while_needed = True

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=source_kinds)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(
        _("short title"), max_length=60, blank=True, help_text=_("ours; used where a place in it is named")
    )
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    date = models.CharField(_("date"), max_length=21, blank=True, validators=[validate_edtf])
    url = models.URLField(_("address of the original"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    rights = models.TextField(_("rights"), blank=True)
    full_text_public = models.BooleanField(
        _("readers may see the full text"),
        default=False,
        help_text=_("Takes effect where the operator has attached the text."),
    )
    sha256 = models.CharField(
        _("checksum (SHA-256)"),
        max_length=64,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9a-f]{64}\Z", _("A SHA-256 checksum has 64 digits, each 0 to 9 or a to f."))
        ],
    )
    line_count = lines.line_field(_("number of lines"))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="source_checksum",
                violation_error_message=_("A SHA-256 checksum has 64 digits, each 0 to 9 or a to f."),
            ),
            lines.from_one("source_line_count", "line_count"),
        ]

    def __str__(self):
        return self.title

    @property
    def brief(self) -> str:
        """What places in it are called after: the short title, the full one where there is none."""
        return self.short_title or self.title

    def public_lines(self) -> list[str] | None:
        """The attached text, line by line, where there is one and its rights setting lets readers see it."""
        if not self.full_text_public:
            return None
        attached = SourceText.objects.filter(source=self).first()
        return attached.text.split("\n") if attached else None


class SourceText(models.Model):
    """The full text of a source, attached from the operator's own copy; never part of the fixtures."""

    source = models.OneToOneField(
        Source, models.CASCADE, verbose_name=_("source"), related_name="attached_text"
    )
    text = models.TextField(_("text"))
    attached_at = models.DateTimeField(_("attached"), auto_now_add=True)

    class Meta:
        verbose_name = _("attached text")
        verbose_name_plural = _("attached texts")

    def __str__(self):
        return str(self.source)


PLACE_NEEDS = _(
    "A place in a source needs the source, a first line of 1 or more, and a last line not before it."
)


class Located(Record):
    """A record with a locator: the first and last line in a source, and the value as printed there."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source"),
        related_name="%(app_label)s_%(class)s_set",
        null=True,
        blank=True,
    )
    first_line = models.PositiveIntegerField(_("first line"), null=True, blank=True)
    last_line = models.PositiveIntegerField(_("last line"), null=True, blank=True)
    printed = models.TextField(_("as printed"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(first_line__isnull=True, last_line__isnull=True)
                # Not null is said aloud: a comparison with null is neither true nor false, and would pass.
                | Q(
                    first_line__isnull=False,
                    last_line__isnull=False,
                    source__isnull=False,
                    first_line__gte=1,
                    last_line__gte=F("first_line"),
                ),
                name="%(app_label)s_%(class)s_lines",
                violation_error_message=PLACE_NEEDS,
            )
        ]

    @property
    def lines(self) -> str:
        """The place as readers of the tables see it: "75-79", or "" where the record has none."""
        return lines.write(self.first_line, self.last_line)

    def clean(self):
        super().clean()
        if self.source and self.source.line_count and (self.last_line or 0) > self.source.line_count:
            raise ValidationError(
                {
                    "last_line": _("The source “%(source)s” has %(count)d lines.")
                    % {"source": self.source, "count": self.source.line_count}
                }
            )


class Reasoned(Record):
    """An editor's judgement: the reason for it, and the lines of the source it rests on."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source"),
        related_name="%(app_label)s_%(class)s_set",
        null=True,
        blank=True,
    )
    lines = models.CharField(
        _("lines"),
        max_length=200,
        blank=True,
        validators=[lines.validate],
        help_text=_("for example 75-79; 83"),
    )
    reason = models.TextField(_("reason"))

    class Meta:
        abstract = True


class Ruling(Located):
    """An editor's decision on a defect of a source, with its reason. The printed form is kept beside it."""

    natural_fields = ("source", "key")
    public_parents = ("source",)
    anchor = "corrections"

    class Kind(models.TextChoices):
        """The closed list of the reader in plain words; an editor's own kind is kept, so the field is open."""

        TITLE_FROM_CONTENTS = "title_from_contents", _("title taken from the contents list")
        TITLE_DIFFERS = "title_differs", _("two titles differ; the one over the text stands")
        HEADER_IGNORED = "header_ignored", _("running header of another case, left out")
        CAPTION_IGNORED = "caption_ignored", _("caption without its picture, left out")
        HEADING = "heading", _("a heading no rule knows")
        NOT_A_HEADING = "not_a_heading", _("looks like a heading and is text")
        MISREAD_VALUE = "misread_value", _("a figure misprinted or misread")
        NAMES_JOINED = "names_joined", _("two names printed as one")
        YEAR_SUPPLIED = "year_supplied", _("a date printed without its year")
        MISREAD_WORD = "misread_word", _("a word misprinted or misread")
        SCOPE_NOT_LABELLED = "scope_not_labelled", _("it is not said which territory a figure speaks of")
        SPELLING_VARIES = "spelling_varies", _("one name spelt in several ways")
        WORDING_DOUBTFUL = "wording_doubtful", _("wording the author hardly meant")
        SENTENCE_BROKEN = "sentence_broken", _("words of a sentence lost, doubled or split")
        FIGURE_DOUBTFUL = "figure_doubtful", _("a doubtful figure")
        MISSING_FROM_CONTENTS = "missing_from_contents", _("missing from the contents list")
        ORDER_LOST = "order_lost", _("printed side by side, read one after the other")
        PROMISED_MISSING = "promised_missing", _("announced by the source and not there")

    key = models.SlugField(_("key"), max_length=120)
    kind = models.SlugField(_("kind"), max_length=60)
    read_as = models.TextField(_("read as"), blank=True)
    reason = models.TextField(_("reason"))

    class Meta(Located.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["source", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["source", "key"], name="ruling_once"),
        ]

    def __str__(self):
        return f"{self.kind_label}: {self.printed or self.read_as}"

    @property
    def kind_label(self) -> str:
        """Its kind in plain words; as stored where it is not of the closed list."""
        return str(dict(self.Kind.choices).get(self.kind, self.kind))
