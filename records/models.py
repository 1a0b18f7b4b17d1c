"""What every record of the catalogue shares: who may see it, its natural key, and how it was loaded."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from records.computed import Computed
from records.names import ENGLISH, Name


class RecordQuerySet(models.QuerySet):
    """The one place that decides what the public may see, for pages, counts, exports and search alike."""

    def public(self):
        """Only the records that readers may see (see `Record.public_q`)."""
        return self.filter(self.model.public_q())

    def for_lists(self):
        """With everything a row of a list or an export shows; models with parts say what that is."""
        return self

    def public_ids(self) -> Iterator[int]:
        """The primary keys of those that readers may see, however many, in their order."""
        return self.public().order_by("pk").values_list("pk", flat=True).iterator()


class RecordManager(models.Manager.from_queryset(RecordQuerySet)):
    def get_by_natural_key(self, *key):
        """The record with this natural key, as fixtures name it; DoesNotExist where there is none."""
        return self.get(**dict(zip(self.model.natural_lookups(), key, strict=True)))


class Record(models.Model):
    """Base of everything curated.

    A subclass names the fields that identify it for good (`natural_fields`; a foreign key stands for the key of
    the record it points to) and the records it is a part of (`public_parents`): a part is public only while they are.
    `own_fields` are set by the catalogue itself and never by a fixture, so loading neither fills nor compares them.
    The data package leaves out `private_fields`, which are for staff alone, and records whose `needed_references`
    name what readers may not see: references that may be empty, but not taken away from a record that has them.
    `numbered_fields` are texts that begin with the number of a record ("case/11:start"), each with its words and their
    models. `made_by_itself` tells the rows that the catalogue makes by itself, where it makes some. One that
    `stays_while_needed` and was made along with others does not go with them where something else refers to it by then.
    """

    natural_fields: ClassVar[tuple[str, ...]] = ("slug",)
    public_parents: ClassVar[tuple[str, ...]] = ()
    # The records on whose page a part is edited, where these are others: the first that is named in it.
    page_parents: ClassVar[tuple[str, ...]] = ()
    own_fields: ClassVar[tuple[str, ...]] = ()
    private_fields: ClassVar[tuple[str, ...]] = ()
    needed_references: ClassVar[tuple[str, ...]] = ()
    numbered_fields: ClassVar[dict[str, dict[str, str]]] = {}
    made_by_itself: ClassVar[Computed | None] = None
    stays_while_needed: ClassVar[bool] = False
    # Where on the page of what it hangs on a part is shown: the id of an element there ("outcome-{0.key}").
    anchor: ClassVar[str] = ""
    # What `names` are made of.
    name_fields: ClassVar[tuple[str, ...]] = ("name",)

    hidden = models.BooleanField(
        _("hidden"),
        default=False,
        help_text=_(
            "Set when a record is no longer in the loaded data: it is kept here and not shown to readers."
        ),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_default=Now(), editable=False)
    updated_at = models.DateTimeField(
        _("last change"), default=timezone.now, db_default=Now(), editable=False
    )

    objects = RecordManager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        # Remembered so that an address that was given out keeps leading here after the slug changed.
        instance._slug_as_read = instance.__dict__.get("slug")
        return instance

    def save(self, *args, **kwargs):
        self.updated_at = timezone.now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(*args, **kwargs)
        self.keep_former_slug()

    def keep_former_slug(self) -> None:
        """Has the address it was read with lead to it where it has another one now."""
        before, now = getattr(self, "_slug_as_read", None), self.__dict__.get("slug")
        if before and now and before != now:
            FormerSlug.objects.update_or_create(
                model=self._meta.label_lower, slug=before, defaults={"object_id": self.pk}
            )
        self._slug_as_read = now

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """The condition under which this record is public, seen through `prefix` ("initiative__" from a part)."""
        condition = Q(**{f"{prefix}hidden": False})
        for parent in cls.public_parents:
            related = cls._meta.get_field(parent).related_model
            condition &= related.public_q(f"{prefix}{parent}__")
        return condition

    @classmethod
    def is_part(cls) -> bool:
        """Whether it is edited on the page of another record, and its history is a part of that one's."""
        return bool(cls.public_parents) and not issubclass(cls, Publishable)

    @property
    def is_public(self) -> bool:
        """Whether readers may see this record now."""
        return type(self)._base_manager.filter(type(self).public_q(), pk=self.pk).exists()

    @classmethod
    def natural_lookups(cls) -> list[str]:
        """The query names of the parts of the natural key: ["initiative__slug", "key"]."""
        lookups = []
        for name in cls.natural_fields:
            related = cls._meta.get_field(name).related_model
            lookups += [f"{name}__{inner}" for inner in related.natural_lookups()] if related else [name]
        return lookups

    def natural_key(self) -> tuple:
        key = []
        for name in self.natural_fields:
            value = getattr(self, name)
            key += value.natural_key() if isinstance(value, Record) else [value]
        return tuple(key)

    def names(self) -> tuple[Name, ...]:
        """What readers call it, the name in the active language first. Most things have an English name alone."""
        return (Name(str(self), ENGLISH),)

    def get_absolute_url(self) -> str:
        """The public page of the record: its own, else the one of the record it is a part of."""
        try:
            slug = self._meta.get_field("slug")
            return reverse(
                f"{self._meta.app_label}:{self._meta.model_name}", args=[slug.value_from_object(self)]
            )
        except (FieldDoesNotExist, NoReverseMatch):
            if not self.public_parents:
                raise NoReverseMatch(f"{self._meta.label} has no page") from None
            return getattr(self, self.public_parents[0]).get_absolute_url()

    def in_words(self) -> tuple[str, str]:
        """What it says, where records of all kinds stand in one list, and the tag of the language ("" for the active
        one). Words of the interface among it are in the language of what they stand with.
        """
        with override(ENGLISH):
            return str(self), ENGLISH

    def place_url(self) -> str:
        """Where readers see it: its page, or its place on the page of what it hangs on."""
        address = self.get_absolute_url()
        return f"{address}#{self.anchor.format(self)}" if self.anchor and "#" not in address else address


class Publishable(Record):
    """A record that is a draft until somebody publishes it.

    Which state follows which, and what that takes, is said in records/workflow.py; nothing else sets these fields.
    `required_to_publish` names fields a draft may leave empty, and a published record may not.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    required_to_publish: ClassVar[tuple[str, ...]] = ()
    # How a record came to where it is; of a published one none of this is for readers.
    workflow_fields: ClassVar[tuple[str, ...]] = (
        "state_changed_at",
        "submitted_by",
        "withdrawn_at",
        "state_reason",
        "publish_at",
        "scheduled_by",
    )
    own_fields = workflow_fields
    private_fields = workflow_fields

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, db_index=True)
    state_changed_at = models.DateTimeField(_("state since"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("sent for review by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Kept until it is published again: its address goes on saying that it was withdrawn.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    state_reason = models.TextField(
        _("reason of the withdrawal"), blank=True, default="", db_default="", editable=False
    )
    publish_at = models.DateTimeField(
        _("to be published"), null=True, blank=True, editable=False, db_index=True
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("scheduled by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        return super().public_q(prefix) & Q(**{f"{prefix}state": cls.State.PUBLISHED})

    @classmethod
    def withdrawn_q(cls) -> Q:
        """Those whose address says that they were withdrawn, until they are published again."""
        return Q(hidden=False, withdrawn_at__isnull=False) & ~Q(state=cls.State.PUBLISHED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its address says that it was withdrawn."""
        return not self.hidden and self.withdrawn_at is not None and self.state != self.State.PUBLISHED

    def own_obstacles(self) -> list[str]:
        """What in the record itself is wanting before it may be published, besides `required_to_publish`."""
        return []


class FormerSlug(models.Model):
    """A slug a record once had: its address redirects to the record's present one."""

    model = models.CharField(_("kind of record"), max_length=100)
    slug = models.SlugField(_("former slug"), max_length=120)
    object_id = models.BigIntegerField(_("record"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["model", "slug"], name="former_slug_once")]

    def __str__(self):
        return self.slug


class LoadedRecord(models.Model):
    """What the loader last wrote for one record of the fixtures, so that it can tell a curator's edit from its own.

    `digest` is the SHA-256 of the values as written. It is empty for a record that was deleted without having
    been loaded from here (after `loaddata`), which the loader must not bring back either, and for one that
    differed from the fixtures when the loader first met it. `hidden` tells the loader's own hiding from a
    curator's.
    """

    model = models.CharField(_("kind of record"), max_length=100)
    key = models.TextField(_("natural key"), help_text=_("as a JSON list"))
    object_id = models.BigIntegerField(_("record"))
    digest = models.CharField(_("digest of the values as loaded"), max_length=64, blank=True)
    hidden = models.BooleanField(_("hidden by the loader"), default=False)
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loaded_once")]
        indexes = [models.Index(fields=["model", "object_id"], name="loaded_record_of")]

    def __str__(self):
        return self.key


# The history is kept in tables of this room.
from records.operations import Change, Operation  # noqa: E402, F401
