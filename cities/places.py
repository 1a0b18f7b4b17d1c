"""Cities, and the figures that sources report of them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from records.models import Publishable, RecordManager, RecordQuerySet
from records.names import CHINESE, ENGLISH, Name, called, is_chinese, language_of, reads_chinese
from sources.models import Located, Source


class Scope(models.TextChoices):
    """What territory a figure speaks of. Unlabelled where the source does not say: nothing is guessed."""

    CITY = "whole city", _("whole city")
    DISTRICT = "district", _("district")
    COUNTY = "county", _("county")
    URBAN_CORE = "urban core", _("urban core")
    UNLABELLED = "unlabelled", _("unlabelled")


def names_of(name: str, name_local: str, further: Iterable[str] = ()) -> tuple[Name, ...]:
    """What readers call a city: its English name and its local one; to readers of Chinese the Chinese one first."""
    english, chinese = Name(name, ENGLISH), _in_chinese(name_local, further)
    if reads_chinese() and chinese:
        return Name(chinese, CHINESE), english
    return (english, Name(name_local, language_of(name_local))) if name_local else (english,)


def _in_chinese(name_local: str, further: Iterable[str]) -> str:
    return next(filter(is_chinese, (name_local, *further)), "")


class City(Publishable):
    name_fields = ("name", "name_local", "other_names")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("its usual English name"))
    name_local = models.CharField(_("local name"), max_length=120, blank=True)
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("older names and other romanisations, one a line")
    )
    divisions = models.TextField(
        _("districts and counties"),
        blank=True,
        help_text=_(
            "one a line, its names parted by commas: the two that are shown, then shorter ones. Who types one of them "
            "finds the city and its cases."
        ),
    )
    divisions_source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source of districts and counties"),
        related_name="divided_cities",
        null=True,
        blank=True,
    )
    country = CountryField(_("country"))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    place_source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source of local name and coordinates"),
        related_name="cities",
        null=True,
        blank=True,
    )
    place_id = models.CharField(_("number in that source"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Not null is said aloud: a comparison with null is neither true nor false, and would pass.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="city_coordinates",
                violation_error_message=_(
                    "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
                ),
            )
        ]

    def __str__(self):
        return self.name

    def in_words(self) -> tuple[str, str]:
        return called(self), self.names()[0].language

    def names(self) -> tuple[Name, ...]:
        """Its usual English name and its local one; to readers of Chinese the Chinese one first, if known."""
        return names_of(self.name, self.name_local, self.further_names)

    @property
    def name_zh(self) -> str:
        """Its name in Chinese: the local one, or another that is written in Chinese characters."""
        return _in_chinese(self.name_local, self.further_names)

    @property
    def every_name(self) -> list[str]:
        """All names it is known by: the usual one, the local one, the others."""
        return [name for name in (self.name, self.name_local, *self.further_names) if name]

    @property
    def further_names(self) -> list[str]:
        """Older names and other romanisations."""
        return [name.strip() for name in self.other_names.splitlines() if name.strip()]

    @property
    def every_division(self) -> list[list[str]]:
        """Its districts and counties, each as the list of its names."""
        lines = ([name.strip() for name in line.split(",")] for line in self.divisions.splitlines())
        return [names for line in lines if (names := [name for name in line if name])]


class CityFigures(Located):
    """One set of figures of a city, as one source reports them."""

    natural_fields = ("city", "source", "key")
    public_parents = ("city",)
    anchor = "figures"

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="figure_sets")
    key = models.SlugField(
        _("key"), max_length=60, default="basic", help_text=_("tells sets of one source apart")
    )
    scope = models.CharField(_("scope"), max_length=20, choices=Scope, default=Scope.UNLABELLED)
    scope_as_printed = models.CharField(_("scope as printed"), max_length=200, blank=True)

    class Meta(Located.Meta):
        verbose_name = _("set of city figures")
        verbose_name_plural = _("sets of city figures")
        ordering = ["city", "source", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["city", "source", "key"], name="city_figures_once"),
        ]

    def __str__(self):
        return f"{self.city} ({self.scope_as_printed or self.get_scope_display()})"

    def in_words(self) -> tuple[str, str]:
        if self.scope_as_printed:
            return super().in_words()
        return f"{called(self.city)} ({self.get_scope_display()})", ""

    @property
    def row_id(self) -> str:
        """The name of its place on the page of its city."""
        return "-".join(["figures", *([self.source.slug] if self.source else []), self.key])


class FigureQuerySet(RecordQuerySet):
    def in_fixed_order(self):
        """Those of a set in the order of their names as declared, in whatever order a source prints them."""
        names = [When(name=name, then=position) for position, name in enumerate(Figure.Name.values)]
        return self.order_by("figures", Case(*names, default=len(names)), "pk")


# What a figure of a name can be: the names, the lowest and the highest value, and what a curator is told.
_LIMITS = {
    "not_negative": (
        ("population", "area_km2", "density_per_km2", "gdp_per_capita_usd"),
        (0, None),
        _("This figure cannot be below zero."),
    ),
    "gini": (
        ("gini_index",),
        (0, 100),
        _("A Gini index lies between 0 and 1, or between 0 and 100 where it is given in per cent."),
    ),
    "growth": (
        ("population_growth_pct",),
        (-100, None),
        _("A population cannot shrink by more than 100 per cent."),
    ),
}


def _limit(name, names, limits, message):
    low, high = limits
    within = Q(value__gte=low) if high is None else Q(value__range=limits)
    return models.CheckConstraint(
        condition=~Q(name__in=names) | Q(value__isnull=True) | within,
        name=name,
        violation_error_message=message,
    )


class Figure(Located):
    """One line of a city data block. `value` and `text` stay empty where the source prints a label and no value."""

    natural_fields = ("figures", "name")
    public_parents = ("figures",)
    anchor = "figures"

    class Name(models.TextChoices):
        POPULATION = "population", _("population")
        AREA = "area_km2", _("area (km²)")
        DENSITY = "density_per_km2", _("density (people per km²)")
        GDP = "gdp_per_capita_usd", _("GDP per person (US$)")
        GROWTH = "population_growth_pct", _("population growth (%)")
        GINI = "gini_index", _("Gini index")
        PROSPERITY = "prosperity", _("main sources of prosperity")

    figures = models.ForeignKey(CityFigures, models.CASCADE, verbose_name=_("set"), related_name="figures")
    name = models.CharField(_("figure"), max_length=30, choices=Name)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("text value"), max_length=400, blank=True)
    scope = models.CharField(
        _("scope"), max_length=20, choices=Scope, blank=True, help_text=_("empty: the same as its set")
    )

    objects = RecordManager.from_queryset(FigureQuerySet)()

    class Meta(Located.Meta):
        verbose_name = _("city figure")
        verbose_name_plural = _("city figures")
        ordering = ["figures", "first_line", "name"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["figures", "name"], name="figure_once"),
            *(_limit(f"figure_{label}", *limit) for label, limit in _LIMITS.items()),
        ]

    def clean(self):
        super().clean()
        for names, (low, high), message in _LIMITS.values():
            known = self.value is not None and self.name in names
            if known and (self.value < low or (high is not None and self.value > high)):
                raise ValidationError({"value": message})

    def __str__(self):
        return f"{self.get_name_display()}: {self.printed}"

    def in_words(self) -> tuple[str, str]:
        return super().in_words() if self.text else (str(self), "")

    @property
    def is_withdrawn(self) -> bool:
        """Whether something is printed and no value stands for it here: an editor emptied it, the source did not."""
        return bool(self.printed) and self.value is None and not self.text
