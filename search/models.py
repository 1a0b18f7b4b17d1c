"""The two tables of search: what changed, and which words mean the same."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search import analysis

LONGEST = 12  # words, or Chinese characters, of a phrase


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


class SynonymQuerySet(models.QuerySet):
    def delete(self):
        """Removes them. Of those that came with the catalogue a trace stays, so that loading brings none back."""
        self.exclude(key=None).update(is_gone=True)
        return self.filter(key=None)._really_delete()

    def _really_delete(self):
        return super().delete()


class SynonymManager(models.Manager.from_queryset(SynonymQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(is_gone=False)


class Synonym(models.Model):
    """Words that find each other, with the reason why. One group in a row; a phrase counts as one word.

    `key` and `loaded` (a digest of what was loaded) are set on groups that came with the catalogue, see seeds.py.
    """

    words = models.TextField(
        _("words"), help_text=_("of one meaning, one a line: a word, a phrase, an abbreviation")
    )
    only_typed = models.TextField(
        _("only typed"),
        blank=True,
        help_text=_(
            "one a line: whoever types one of these means the words above, but texts use it otherwise"
        ),
    )
    reason = models.TextField(
        _("reason"), help_text=_("why a reader who types one of them means the others too")
    )
    key = models.SlugField(_("key"), max_length=60, unique=True, null=True, editable=False)  # noqa: DJ001 - unique
    loaded = models.CharField(_("as loaded"), max_length=64, blank=True, editable=False)
    is_gone = models.BooleanField(_("removed"), default=False, editable=False)

    objects = SynonymManager()
    with_gone = models.Manager()

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "pk"]

    def __str__(self):
        return ", ".join(self.members)

    @property
    def members(self) -> list[str]:
        """The words and phrases of the group."""
        return lines(self.words)

    def clean(self):
        super().clean()
        errors = problems(self.members, lines(self.only_typed))
        if errors:
            raise ValidationError(errors)

    def delete(self, *args, **kwargs):
        if self.key is None:
            return super().delete(*args, **kwargs)
        self.is_gone = True
        self.save(update_fields=["is_gone"])
        return 1, {self._meta.label: 1}


def lines(text: str) -> list[str]:
    """The lines of a field, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems(members: Sequence[str], only_typed: Sequence[str]) -> dict[str, str]:
    """What is wrong with a group, by the field it is wrong with."""
    errors: dict[str, str] = {}
    if len(members) < (1 if only_typed else 2):
        errors["words"] = _("Give at least two, one a line.")
    seen: dict[tuple[str, ...], str] = {}
    for name, words in (("words", members), ("only_typed", only_typed)):
        for word in words:
            stems = tuple(analysis.stem(token.text) for token in analysis.tokens(word))
            if not any(stems) or len(stems) > LONGEST:
                errors[name] = _("“%(word)s” is no word or short phrase.") % {"word": word}
            elif stems in seen:
                errors[name] = _("“%(word)s” is the same as “%(other)s” to search.") % {
                    "word": word,
                    "other": seen[stems],
                }
            seen.setdefault(stems, word)
    return errors
