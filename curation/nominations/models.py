"""Nominations, error reports, and what keeps them from being sent by machines.

None of these is a record: nothing of them reaches readers, exports of readers or the data package, and no history
holds what a person wrote of themselves.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.models import Initiative
from sources.models import Source

HASH = 64


class Handled(models.Model):
    """What staff do with something that a reader sent. `reason` is for staff, `answer` went to the person."""

    language = models.CharField(
        _("language of the person"), max_length=10, default="en", choices=settings.LANGUAGES
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answer = models.TextField(_("answer sent"), blank=True)
    answered_at = models.DateTimeField(_("answer sent on"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("personal data deleted"), null=True, blank=True)

    class Meta:
        abstract = True


class Nomination(Handled):
    """An initiative that somebody tells us about: a draft of theirs first, in the inbox once its e-mail is confirmed.

    The private link and the link of the confirmation are kept as SHA-256 only. `outcomes` and `sources` are lists of
    pairs: what, and where it is printed; the document or link, and its page.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft of its author")
        SENT = "sent", _("waits for its e-mail to be confirmed")
        NEW = "new", _("new")
        WORK = "work", _("in work")
        TURNED = "turned", _("turned into a case")
        DECLINED = "declined", _("declined")
        SPAM = "spam", _("spam")

    OF_ITS_AUTHOR = (State.DRAFT, State.SENT)
    OPEN = (State.NEW, State.WORK)
    CLOSED = (State.TURNED, State.DECLINED, State.SPAM)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    who = models.CharField(_("who did it"), max_length=500, blank=True)
    began = models.CharField(_("when it began"), max_length=60, blank=True)
    tried = models.TextField(_("what was tried"), blank=True)
    outcomes = models.JSONField(_("what came of it"), default=list, blank=True)
    sources = models.JSONField(_("where it can be read"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    partners = models.TextField(_("partners"), blank=True)
    name = models.CharField(_("name of the person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail of the person"), blank=True)
    licensed = models.BooleanField(_("may be published under CC BY 4.0"), default=False)

    # Null once forgotten: many may have none, and none may have the same.
    token_hash = models.CharField(max_length=HASH, unique=True, null=True, editable=False)  # noqa: DJ001
    confirm_hash = models.CharField(max_length=HASH, blank=True, db_index=True, editable=False)
    text_hash = models.CharField(max_length=HASH, blank=True, db_index=True, editable=False)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now)
    expires_at = models.DateTimeField(_("draft kept until"), db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("says the same as"), null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        verbose_name=_("case"),
        null=True,
        blank=True,
        related_name="nominations",
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, verbose_name=_("source"), null=True, blank=True, related_name="nominations"
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-confirmed_at", "-pk"]
        permissions = [("handle_nominations", _("Can handle nominations and error reports"))]

    def __str__(self):
        return self.title or f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def open_count(cls) -> int:
        """How many wait for staff."""
        return cls.objects.filter(state__in=cls.OPEN).count()


class ErrorReport(Handled):
    """What a reader says is wrong on a page. `model` and `object_id` name the record the page is about."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        WORK = "work", _("in work")
        CORRECTED = "corrected", _("corrected")
        ANSWERED = "answered", _("answered, nothing to correct")
        DECLINED = "declined", _("declined")
        SPAM = "spam", _("spam")

    OPEN = (State.NEW, State.WORK)
    CLOSED = (State.CORRECTED, State.ANSWERED, State.DECLINED, State.SPAM)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, db_index=True)
    page = models.CharField(_("page"), max_length=500)
    model = models.CharField(_("kind of record"), max_length=100, blank=True)
    object_id = models.BigIntegerField(_("record"), null=True, blank=True)
    what = models.TextField(_("what is wrong"))
    printed = models.TextField(_("where it is printed"), blank=True)
    email = models.EmailField(_("e-mail of the person"), blank=True)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.page} ({self.created_at:%Y-%m-%d})"

    @classmethod
    def open_count(cls) -> int:
        """How many wait for staff."""
        return cls.objects.filter(state__in=cls.OPEN).count()


class DaySalt(models.Model):
    """What addresses of a day are hashed with. Once it is deleted, nobody can tell whose they were."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=HASH)

    class Meta:
        verbose_name = _("salt of a day")

    def __str__(self):
        return str(self.day)


class DayCount(models.Model):
    """How often something was sent in a day: by one (`who`, a hash with the salt of that day), or by all ("")."""

    day = models.DateField(db_index=True)
    what = models.CharField(max_length=20)
    who = models.CharField(max_length=HASH, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a day")
        constraints = [models.UniqueConstraint(fields=["day", "what", "who"], name="day_count_once")]

    def __str__(self):
        return f"{self.day} {self.what}"
