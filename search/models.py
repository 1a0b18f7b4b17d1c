"""The two tables of search: what changed, and which words mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One change of a row that feeds the index, written by a database trigger in the transaction of the change.

    On PostgreSQL the table has one more column, `xid`: the transaction. A lower id can be committed after a
    higher one was seen; a transaction below the oldest one still running cannot.
    """

    feed = models.CharField(max_length=120)
    value = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")

    def __str__(self):
        return f"{self.feed} {self.value}"


class Synonym(models.Model):
    """Words that find each other, with the reason why. One group in a row; a phrase counts as one word."""

    words = models.TextField(
        _("words"), help_text=_("of one meaning, one a line: a word, a phrase, an abbreviation")
    )
    reason = models.TextField(
        _("reason"), help_text=_("why a reader who types one of them means the others too")
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return ", ".join(self.members)

    @property
    def members(self) -> list[str]:
        """The words and phrases of the group."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self):
        super().clean()
        if len(self.members) < 2:
            raise ValidationError({"words": _("Give at least two, one a line.")})
