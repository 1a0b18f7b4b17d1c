"""How themes hang together: what is broader, and what outside vocabularies call the same. The terms are SKOS's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import Theme
from records.models import Record

# So many themes may stand one above the other: more, and nobody finds the lowest.
MOST_LEVELS = 4

CIRCLE = _("A theme cannot be broader than itself: “%(broader)s” stands below “%(narrower)s” already.")
TOO_DEEP = _("That would be %(count)d levels of themes, one below the other; at most %(most)d are allowed.")


class ThemeBroader(Record):
    """That one theme is broader than another. There are no circles: forms say so, and saving refuses them."""

    natural_fields = ("narrower", "broader")
    public_parents = ("narrower", "broader")

    narrower = models.ForeignKey(Theme, models.CASCADE, verbose_name=_("theme"), related_name="broader_links")
    broader = models.ForeignKey(
        Theme, models.CASCADE, verbose_name=_("broader theme"), related_name="narrower_links"
    )

    class Meta:
        verbose_name = _("broader theme")
        verbose_name_plural = _("broader themes")
        ordering = ["narrower", "broader__name"]
        constraints = [
            models.UniqueConstraint(fields=["narrower", "broader"], name="theme_broader_once"),
            models.CheckConstraint(
                condition=~Q(narrower=F("broader")),
                name="theme_broader_other",
                violation_error_message=_("A theme cannot be broader than itself."),
            ),
        ]

    def __str__(self):
        return f"{self.narrower} → {self.broader}"

    def clean(self):
        super().clean()
        if not (self.narrower_id and self.broader_id):
            return
        order = Order(leaving_out=self.pk)
        if self.narrower_id in {self.broader_id, *order.above(self.broader_id)}:
            words = {"narrower": self.narrower, "broader": self.broader}
            raise ValidationError({"broader": CIRCLE % words})
        levels = order.levels_above(self.broader_id) + order.levels_below(self.narrower_id)
        if levels > MOST_LEVELS:
            raise ValidationError({"broader": TOO_DEEP % {"count": levels, "most": MOST_LEVELS}})

    def save(self, *args, **kwargs):
        with transaction.atomic():
            # Whoever changes the order at the same time waits: two halves of a circle would each look sound.
            list(Theme._base_manager.select_for_update().order_by("pk").values_list("pk"))
            above = Order(leaving_out=self.pk).above(self.broader_id)
            if self.narrower_id in {self.broader_id, *above}:
                raise IntegrityError("theme_broader_circle")
            super().save(*args, **kwargs)


class ThemeMatch(Record):
    """That a concept of an outside vocabulary is the same as a theme, or near it: an editor's judgement."""

    natural_fields = ("theme", "uri")
    public_parents = ("theme",)

    class Relation(models.TextChoices):
        EXACT = "exact", _("exact match")
        CLOSE = "close", _("close match")
        BROAD = "broad", _("broader match")
        NARROW = "narrow", _("narrower match")

    theme = models.ForeignKey(Theme, models.CASCADE, verbose_name=_("theme"), related_name="matches")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.CLOSE)
    uri = models.URLField(
        _("address of the concept (URI)"),
        max_length=500,
        validators=[URLValidator(["http", "https"])],
        help_text=_("as the vocabulary itself gives it: http://metadata.un.org/sdg/11"),
    )
    label = models.CharField(_("its name there"), max_length=200)
    scheme = models.CharField(_("vocabulary"), max_length=120, help_text=_("EuroVoc, GEMET, Wikidata …"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("match in another vocabulary")
        verbose_name_plural = _("matches in other vocabularies")
        ordering = ["theme", "scheme", "label", "pk"]
        constraints = [
            # One concept is matched in one way: what is exact is not broader too.
            models.UniqueConstraint(fields=["theme", "uri"], name="theme_match_once"),
            models.CheckConstraint(
                condition=Q(uri__startswith="http://") | Q(uri__startswith="https://"),
                name="theme_match_uri",
                violation_error_message=_(
                    "Give the address of the concept: it begins with http:// or https://."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.theme}: {self.label} ({self.scheme})"


class Order:
    """What stands above and below each theme, hidden ones included, by their numbers; read once."""

    def __init__(self, leaving_out: int | None = None):
        pairs = ThemeBroader._base_manager.exclude(pk=leaving_out).values_list("narrower_id", "broader_id")
        self._up: dict[int, set[int]] = defaultdict(set)
        self._down: dict[int, set[int]] = defaultdict(set)
        for narrower, broader in pairs:
            self._up[narrower].add(broader)
            self._down[broader].add(narrower)

    def above(self, theme: int) -> set[int]:
        """All themes broader than one, at any distance."""
        return _reached(theme, self._up)

    def below(self, theme: int) -> set[int]:
        """All themes narrower than one, at any distance."""
        return _reached(theme, self._down)

    def levels_above(self, theme: int) -> int:
        """How many levels end with this theme."""
        return _levels(theme, self._up, frozenset())

    def levels_below(self, theme: int) -> int:
        """How many levels begin with this theme."""
        return _levels(theme, self._down, frozenset())


def _reached(start: int, steps: Mapping[int, Iterable[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def _levels(start: int, steps: Mapping[int, Iterable[int]], seen: frozenset[int]) -> int:
    onward = (_levels(each, steps, seen | {start}) for each in steps.get(start, ()) if each not in seen)
    return 1 + max(onward, default=0)


def with_order(themes: QuerySet) -> QuerySet:
    """Themes with their public `broader_shown` and `matches_shown`."""
    links = ThemeBroader.objects.public().select_related("broader").order_by("broader__name", "pk")
    matches = ThemeMatch.objects.public().order_by("scheme", "label", "pk")
    return themes.prefetch_related(
        Prefetch("broader_links", links, to_attr="broader_shown"),
        Prefetch("matches", matches, to_attr="matches_shown"),
    )
