"""Themes, goals and units: the vocabularies cases and their outcomes are described with."""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.names import CHINESE, ENGLISH, Name, reads_chinese


class TwoNames(Record):
    """A term with its name in both languages of the catalogue."""

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name in the active language, the English one where there is no other."""
        return self.label_in(get_language() or "")

    def label_in(self, language: str) -> str:
        """The name in a language, the English one where there is no other."""
        return (self.name_zh if language.startswith("zh") else "") or self.name

    def names(self) -> tuple[Name, ...]:
        """As it is shown in the active language."""
        return (Name(str(self), CHINESE if reads_chinese() and self.name_zh else ENGLISH),)


_ONE_A_LINE = _("one a line")


def split_lines(text: str) -> list[str]:
    """The lines of a field that holds one thing a line, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Theme(TwoNames):
    """A subject of cases. What is broader, and what other vocabularies call the same, is in cases/thesaurus.py."""

    # Words of curators, which no fixture holds; merging themes adds to them.
    own_fields = ("alt_labels", "alt_labels_zh", "hidden_labels")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    definition = models.TextField(_("definition"))
    definition_zh = models.TextField(_("definition in Chinese"), blank=True)
    alt_labels = models.TextField(_("other names"), blank=True, help_text=_ONE_A_LINE)
    alt_labels_zh = models.TextField(_("other names in Chinese"), blank=True, help_text=_ONE_A_LINE)
    hidden_labels = models.TextField(
        _("found by, not shown"),
        blank=True,
        help_text=_("one a line: misspellings and the like, in either language"),
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name", "slug"]

    def __str__(self):
        return self.label

    @property
    def other_names(self) -> list[str]:
        """Its other names in English."""
        return split_lines(self.alt_labels)

    @property
    def other_names_zh(self) -> list[str]:
        """Its other names in Chinese."""
        return split_lines(self.alt_labels_zh)

    @property
    def hidden_names(self) -> list[str]:
        """What it is found by without being called so."""
        return split_lines(self.hidden_labels)

    @property
    def every_name(self) -> list[str]:
        """Whatever it is found by, each once."""
        own = (self.name, self.name_zh, *self.other_names, *self.other_names_zh)
        return list(dict.fromkeys(filter(None, (*own, *self.hidden_names))))

    def clean(self):
        super().clean()
        seen = {self.name.casefold(), self.name_zh.casefold()}
        errors = {}
        for field in self.own_fields:
            for label in split_lines(getattr(self, field)):
                if label.casefold() in seen:
                    errors[field] = _("“%(name)s” is a name of this theme already.") % {"name": label}
                seen.add(label.casefold())
        if errors:
            raise ValidationError(errors)

    @cached_property
    def place(self) -> tuple[str, str]:
        """What themes are ordered by wherever the database does not order them."""
        return self.name.casefold(), self.slug

    @property
    def definition_label(self) -> str:
        """The definition in the active language, the English one where there is no other."""
        chinese = self.definition_zh if (get_language() or "").startswith("zh") else ""
        return chinese or self.definition


class Goal(TwoNames):
    """A Sustainable Development Goal of the United Nations."""

    natural_fields = ("number",)

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__range=(1, 17)),
                name="goal_number",
                violation_error_message=_("The goals are numbered 1 to 17."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.label}"


class Unit(TwoNames):
    """What numbers are counted or measured in. Its code is as short as it is written beside a number: %, km², CNY."""

    natural_fields = ("code",)

    class Kind(models.TextChoices):
        COUNT = "count", _("count")
        SHARE = "share", _("share")
        RANK = "rank", _("place in a ranking")
        SCORE = "score", _("score")
        MONEY = "money", _("money")
        LENGTH = "length", _("length")
        AREA = "area", _("area")
        VOLUME = "volume", _("volume")
        MASS = "mass", _("mass")
        ENERGY = "energy", _("energy")
        CONCENTRATION = "concentration", _("concentration")
        TIME = "time", _("time")
        RATE = "rate", _("rate")
        OTHER = "other", _("another kind")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("as filters and exports have it: %, persons, km², CNY"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code=""),
                name="unit_code",
                violation_error_message=_("A unit needs its code."),
            )
        ]

    def __str__(self):
        return self.code if self.label == self.code else f"{self.code} ({self.label})"

    def names(self) -> tuple[Name, ...]:
        """Its code is what exports and addresses have: it stands behind the name in Chinese."""
        if not (reads_chinese() and self.name_zh):
            return super().names()
        code = (Name(self.code, ENGLISH),) if re.search("[A-Za-z]", self.code) else ()
        return (Name(self.name_zh, CHINESE), *code)

    @property
    def short(self) -> str:
        """As it stands beside a number: its code where that is a sign, its name where readers might not know it."""
        is_chinese = (get_language() or "").startswith("zh")
        unknown = "[A-Za-z]{3}" if is_chinese else "[a-z]{4}"  # "CNY" and "hours"; "hours"
        return self.label if re.search(unknown, self.code) else self.code
