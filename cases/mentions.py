"""Whom and what a case names: organisations in their roles, places, and cities it learned from or taught."""

from zlib import crc32

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.evidence import OfInitiative
from cases.initiatives import Initiative
from cities.models import City
from records.models import Record, RecordManager, RecordQuerySet
from sources.models import Located


def seen(city: City | None) -> City | None:
    """A city that was read along with something, where readers may see it; else None."""
    is_public = city is not None and not city.hidden and city.state == City.State.PUBLISHED
    return city if is_public else None


class Named(Record):
    """A thing that cases name: one name, every spelling. A subclass says of which city it is."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    variants = models.TextField(_("other spellings"), blank=True, help_text=_("one a line"))

    class Meta:
        abstract = True
        ordering = ["name", "slug"]

    def __str__(self):
        return self.name

    @property
    def spellings(self) -> list[str]:
        """Its other spellings, one by one."""
        return self.variants.splitlines()

    @property
    def public_city(self) -> City | None:
        """Its city, where readers may see it."""
        return seen(self.city)


class Organisation(Named):
    """An organisation that takes part in cases, or several that a source names only together (`collective`)."""

    class Kind(models.TextChoices):
        PUBLIC = "public-body", _("public body")
        COMPANY = "company", _("company")
        NON_PROFIT = "non-profit", _("non-profit organisation")
        UNIVERSITY = "university", _("university or institute")
        COMMUNITY = "community", _("community group")
        MEDIA = "media", _("media")
        OTHER = "other", _("another kind of organisation")

    kind = models.CharField(_("kind"), max_length=60, choices=Kind, blank=True)
    collective = models.BooleanField(
        _("several, none named"),
        default=False,
        help_text=_("where a source names them only together: “private developers”"),
    )
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="organisations", null=True, blank=True
    )

    class Meta(Named.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class MentionQuerySet(RecordQuerySet):
    def for_lists(self):
        """With everything a row of the list or an export shows."""
        named = {Partner: ["organisation__city"], PlaceMention: ["place__city"], Transfer: ["city"]}[
            self.model
        ]
        return self.select_related("initiative__city", "source", *named)


MentionManager = RecordManager.from_queryset(MentionQuerySet)


class Partner(OfInitiative, Located):
    """An organisation in a role."""

    natural_fields = ("initiative", "organisation", "role")
    public_parents = ("initiative", "organisation")
    anchor = "partners"

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="partners"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="partnerships"
    )
    role = models.CharField(_("role"), max_length=120)

    objects = MentionManager()
    match = None  # why a search by words found it: the list says so

    class Meta(Located.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["initiative", "organisation__name", "role"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="partner_once"),
        ]
        indexes = [models.Index(fields=["initiative", "hidden", "organisation"], name="partner_shown")]

    def __str__(self):
        return f"{self.organisation} ({self.role})"

    @property
    def slug(self) -> str:
        """What lists know it by: its organisation."""
        return self.organisation.slug

    @property
    def row_id(self) -> str:
        """The name of its place on the page of its organisation. Its roles in one case, which may be sentences, are
        told apart by their checksums.
        """
        return f"{self.initiative.slug}-{crc32(self.role.encode()):08x}"

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Organisation.public_q("organisation__")


class Place(Named):
    """A district, a river, a lane: a place within a city, or one that holds several."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("district")
        COUNTY = "county", _("county")
        REGION = "region", _("region")
        NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
        ROAD = "road", _("road or lane")
        WATER = "water", _("river or lake")
        PARK = "park", _("park or reserve")
        SITE = "site", _("site")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("city"), related_name="places", null=True, blank=True
    )

    class Meta(Named.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")


class PlaceMention(OfInitiative, Located):
    """A case names a place; the line is the first that does."""

    natural_fields = ("initiative", "place")
    public_parents = ("initiative", "place")
    anchor = "places"

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="place_mentions"
    )
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("place"), related_name="mentions")

    objects = MentionManager()
    match = None  # why a search by words found it: the list says so

    class Meta(Located.Meta):
        verbose_name = _("place of a case")
        verbose_name_plural = _("places of cases")
        ordering = ["initiative", "first_line", "place__name"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "place"], name="place_mention_once"),
        ]
        indexes = [models.Index(fields=["initiative", "hidden", "place"], name="place_mention_shown")]

    def __str__(self):
        return f"{self.initiative}: {self.place}"

    @property
    def slug(self) -> str:
        """What lists know it by: its place."""
        return self.place.slug

    @property
    def row_id(self) -> str:
        """The name of its place on the page of the place."""
        return self.initiative.slug

    @classmethod
    def own_public_q(cls):
        return super().own_public_q() & Place.public_q("place__")


class Transfer(OfInitiative, Located):
    """Who learned from whom: what a case took over from another city, or what others took over from it.

    `name` is the other side as the source names it, empty where it names nobody; `city` that city where the catalogue
    has it. `count` and `unit` say how many others, where that is printed.
    """

    natural_fields = ("initiative", "key")
    anchor = "lesson-{0.key}"

    class Direction(models.TextChoices):
        LEARNED = "learned", _("learned from others")
        TAUGHT = "taught", _("passed on to others")

    class State(models.TextChoices):
        DONE = "done", _("done")
        PLANNED = "planned", _("planned or offered")

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("case"), related_name="transfers"
    )
    key = models.SlugField(_("key"), max_length=60)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    state = models.CharField(_("state"), max_length=10, choices=State)
    name = models.CharField(_("other side, as named"), max_length=200, blank=True)
    city = models.ForeignKey(
        City, models.SET_NULL, verbose_name=_("other city"), related_name="transfers", null=True, blank=True
    )
    count = models.PositiveIntegerField(_("how many others"), null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=100, blank=True)
    what = models.TextField(_("what was passed on"))

    objects = MentionManager()
    match = None  # why a search by words found it: the list says so

    class Meta(Located.Meta):
        verbose_name = _("lesson passed on")
        verbose_name_plural = _("who learned from whom")
        ordering = ["initiative", "direction", "first_line", "key"]
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(fields=["initiative", "key"], name="transfer_once"),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | ~Q(unit=""),
                name="transfer_unit",
                violation_error_message=_("A number of others needs to say what it counts."),
            ),
        ]

    def __str__(self):
        return f"{self.initiative}: {self.what}"

    @property
    def slug(self) -> str:
        """What it is called outside: its case and its key."""
        return f"{self.initiative.slug}:{self.key}"

    @property
    def public_city(self) -> City | None:
        """The other city where readers may see it; one still in draft is only named."""
        return seen(self.city)

    @property
    def case_url(self) -> str:
        """Its place on the page of its case."""
        return f"{self.initiative.get_absolute_url()}#lesson-{self.key}"
