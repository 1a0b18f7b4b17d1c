"""An import: the file, how it is to be read, what was planned for each row, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.operations import Operation
from records.said import for_reader
from sources.models import Source


class Import(models.Model):
    """One file on its way into the catalogue. `columns` says for each of our columns where its values come from.

    `columns` holds {"title": {"column": "Name of project"}, "programme": {"value": "c40"}}; `digest` sums up the plan
    that was shown, so that confirming does what was seen or nothing.
    """

    class State(models.TextChoices):
        READ = "read", _("columns to be chosen")
        PLANNING = "planning", _("preview being made")
        PLANNED = "planned", _("to be confirmed")
        CONFIRMING = "confirming", _("being imported")
        DONE = "done", _("imported")
        UNDOING = "undoing", _("being taken back")

    table = models.CharField(_("table"), max_length=20)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.READ)
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("source"), related_name="+", null=True, blank=True
    )
    # The source that is made with it, as it was described; {} where it has one that was there. It goes when the
    # import is taken back, and comes with the next try.
    new_source = models.JSONField(default=dict, editable=False)
    own_source = models.ForeignKey(
        Source, models.SET_NULL, verbose_name=_("new source"), related_name="+", null=True, blank=True
    )
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    separator = models.CharField(_("separator"), max_length=1, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    columns = models.JSONField(_("columns"), default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        related_name="+",
    )
    by = models.CharField(_("who"), max_length=150, blank=True)
    language = models.CharField(max_length=10, default="en")
    reason = models.TextField(_("why"), blank=True)
    leave_out = models.BooleanField(_("refused rows left out"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    alive_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    # What stopped it, in the first language, and in each where they differ.
    problem = models.TextField(blank=True)
    problem_said = models.JSONField(default=dict, editable=False)
    operation = models.ForeignKey(
        Operation, models.SET_NULL, verbose_name=_("operation"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        permissions = [("import_records", _("Can import lists"))]

    def __str__(self):
        return self.file_name

    @property
    def stopped_by(self) -> str:
        """What stopped it, in the language of whoever reads it."""
        return for_reader(self.problem_said or self.problem) if self.problem else ""

    @property
    def source_title(self) -> str:
        """What its source is called, also where that has been taken back with it."""
        source = self.source or self.own_source
        return str(source) if source else self.new_source.get("title", "")


class ImportedFile(models.Model):
    """The file as it was sent, apart from the import so that lists of imports do not read it."""

    of = models.OneToOneField(Import, models.CASCADE, related_name="stored")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("imported file")

    def __str__(self):
        return str(self.of)


class ImportRow(models.Model):
    """What was planned for one row. `line` is its row in the file, the header being 1 where nothing stands above it.

    `changes` holds [our column, before, after] for each, and `problems` [cell, column, what is wrong]; the last two of
    either by language where they read otherwise in each (records/said.py).
    """

    class Status(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", _("refused")

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    name = models.CharField(_("name"), max_length=300)
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["line"]
        indexes = [models.Index(fields=["of", "status", "line"], name="import_row_shown")]

    def __str__(self):
        return f"{self.line} {self.name}"

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """(cell, column, what is wrong) of each problem, in the language of whoever reads it."""
        return [(cell, for_reader(column), for_reader(text)) for cell, column, text in self.problems]


class MadeFrom(models.Model):
    """Which row of which list a record was made from; kept by number, as an import makes records of many kinds."""

    model = models.CharField(_("kind of record"), max_length=100)
    object_id = models.BigIntegerField(_("record"))
    of = models.ForeignKey(Import, models.CASCADE, verbose_name=_("import"), related_name="+")
    line = models.PositiveIntegerField(_("row"))

    class Meta:
        verbose_name = _("row a record was made from")
        verbose_name_plural = _("rows records were made from")
        indexes = [models.Index(fields=["model", "object_id"], name="made_from_of_record")]

    def __str__(self):
        return f"{self.of}, {self.line}"


class SavedColumns(models.Model):
    """How the columns of a table were chosen last for a list with these headings: taken up again for the next one."""

    table = models.CharField(max_length=20)
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("columns chosen before")
        constraints = [models.UniqueConstraint(fields=["table", "headings"], name="saved_columns_once")]

    def __str__(self):
        return self.table
