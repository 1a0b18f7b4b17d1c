"""The history of everything curated: who did what when and why, and how each record was before and after.

An operation is one act: a page saved, a bulk action, an import, a merge. Its changes hold plain values, so that they
can be read, compared and taken back (records/history.py) whatever has become of the records.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records import former
from records.said import ByLanguage, Text, for_reader, told_apart


class Operation(models.Model):
    """What one person did at one time. `by` keeps the name of an account that has gone."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edited")
        BULK = "bulk", _("bulk action")
        STATE = "state", _("published, withdrawn or sent for review")
        IMPORT = "import", _("import")
        MERGE = "merge", _("merged or split")
        RESTORE = "restore", _("restored")
        UNDO = "undo", _("undone")
        NOMINATION = "nomination", _("made from a nomination")
        INBOX = "inbox", _("nomination or error report handled")
        ACCOUNT = "account", _("account or group changed")

    # What whoever did it is told of it, in words of that moment; not kept.
    notes: Sequence[str] = ()
    # Written down and never brought back: who may do what, and what became of what readers sent.
    ONLY_TOLD = (Kind.INBOX, Kind.ACCOUNT)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.EDIT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        related_name="+",
    )
    by = models.CharField(_("who"), max_length=150, blank=True)
    reason = models.TextField(_("why"), blank=True)
    subject = models.CharField(_("what"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    # What the catalogue itself says there, by field and language; nothing where the words or a name are somebody's own.
    said = models.JSONField(_("in each language"), default=dict, blank=True, editable=False)
    undoes = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("undoes"), null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["-pk"]
        permissions = [("restore_operation", _("Can undo operations and restore records"))]
        indexes = [models.Index(fields=["kind"], name="operation_of_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.what}" if self.subject else self.get_kind_display()

    @property
    def what(self) -> str:
        """What it was done to, in the language of whoever reads it."""
        return self._read("subject", self.subject)

    @property
    def undoing(self) -> Operation | None:
        """What took it back, unless that was taken back itself; None where what it did stands."""
        return next((each for each in self.undone_by.all() if each.undoing is None), None)

    @property
    def why(self) -> str:
        """The reason, likewise."""
        return self._read("reason", self.reason)

    def _read(self, name: str, text: str) -> str:
        said = self.said.get(name)
        return for_reader(said) if said else former.read(self.kind, name, text)

    def say(self, name: str, text: Text) -> None:
        """Sets `subject` or `reason`: a person's own words as they are, those of the catalogue in each language.

        The field itself, which is searched and exported, has them in the first language.
        """
        text, said = told_apart(text)
        text = text.replace("\0", "")  # no form leads to one, and PostgreSQL keeps none
        if said:
            self.said[name] = said
        length = self._meta.get_field(name).max_length
        setattr(self, name, text.strip()[:length])


class Change(models.Model):
    """What an operation did to one record.

    `before` and `after` hold plain values by column: all of them where the record was made or deleted (the other side
    is null), else those that differ. `root_model` and `root_id` name the record on whose page it is edited, itself
    where it is no part of another.
    """

    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("done to a record", "created")
        CHANGED = "changed", pgettext_lazy("done to a record", "changed")
        DELETED = "deleted", pgettext_lazy("done to a record", "deleted")

    operation = models.ForeignKey(
        Operation, models.CASCADE, verbose_name=_("operation"), related_name="changes"
    )
    action = models.CharField(_("action"), max_length=8, choices=Action)
    model = models.CharField(_("kind of record"), max_length=100)
    object_id = models.BigIntegerField(_("record"))
    name = models.CharField(_("name"), max_length=300)
    # Where it is not the same in each language.
    names = models.JSONField(_("name in each language"), default=dict, blank=True, editable=False)
    root_model = models.CharField(_("kind of page"), max_length=100)
    root_id = models.BigIntegerField(_("page"))
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["model", "object_id"], name="change_of_record"),
            models.Index(fields=["root_model", "root_id"], name="change_of_page"),
            models.Index(fields=["root_model", "operation"], name="change_of_kind_of_page"),
            # Who made which records is told by it alone, without the changes themselves.
            models.Index(fields=["model", "action", "operation", "object_id"], name="change_of_kind_by_whom"),
            models.Index(fields=["action"], name="change_of_action"),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.called}"

    @property
    def every_name(self) -> str | ByLanguage:
        """What the record was called then, as it is kept."""
        return self.names or self.name

    @property
    def called(self) -> str:
        """The same in the language of whoever reads it."""
        return for_reader(self.every_name)

    def call(self, names: ByLanguage) -> None:
        """Sets what the record was called. `name`, which is searched, has it in the first language."""
        self.name, self.names = told_apart(names)
