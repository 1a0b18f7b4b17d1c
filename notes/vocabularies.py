"""The fixed words of source checks: kinds, severity, who found it, answers."""

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What does not fit; the builder of the fixtures knows the same list."""

    ARITHMETIC = "arithmetic", _("figures that do not fit each other")
    PARTS = "parts-total", _("parts that do not make their total")
    REPEATED = "repeated", _("a value that repeats another field")
    TWO_VALUES = "two-values", _("one fact told in two ways")
    DATES = "dates", _("dates that do not fit, or lack their year")
    SCOPE = "scope", _("different territories, groups or periods")
    UNIT = "unit", _("a doubtful unit")
    BLANK = "blank", _("left blank or not said")
    MISSING = "missing", _("announced and not there")
    CONTENTS = "contents", _("contents list and text differ")
    SPELLING = "spelling", _("a name or word spelt in two ways, or misspelt")
    MISREAD = "misread-name", _("a misread name")
    LOST_WORD = "lost-word", _("a lost word")
    HEADING = "heading", _("a heading that does not fit its text")
    ORDER = "order", _("order lost")
    FOREIGN = "foreign-text", _("text that belongs elsewhere")
    OTHER = "other", _("something else that does not fit")


class Severity(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class Finder(models.TextChoices):
    CHECK = "check", _("a check that was computed")
    EDITOR = "editor", _("an editor's reading")
    BOTH = "both", _("both: computed and read")


class Answer(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted: the source is at fault")
    EXPLAINED = "explained", _("explained: it fits after all")
    CORRECTED = "corrected", _("corrected: there is a correction")


RANK = Case(
    *(When(severity=value, then=Value(rank)) for rank, value in enumerate(Severity.values)),
    default=Value(len(Severity.values)),
    output_field=models.SmallIntegerField(),
)
