"""Themes, goals and units: the vocabularies cases and their outcomes are described with."""

import re
from functools import cached_property

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from records.models import Record


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


class Theme(TwoNames):
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    definition = models.TextField(_("definition"))
    definition_zh = models.TextField(_("definition in Chinese"), blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name", "slug"]

    def __str__(self):
        return self.label

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

    @property
    def short(self) -> str:
        """As it stands beside a number: its code where that is a sign, its name where readers might not know it."""
        is_chinese = (get_language() or "").startswith("zh")
        unknown = "[A-Za-z]{3}" if is_chinese else "[a-z]{4}"  # "CNY" and "hours"; "hours"
        return self.label if re.search(unknown, self.code) else self.code
