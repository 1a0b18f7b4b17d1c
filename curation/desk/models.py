"""Lists that staff come back to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedListQuerySet(models.QuerySet):
    def for_user(self, user) -> "SavedListQuerySet":
        """A person's own, and what others share."""
        return self.filter(Q(owner=user) | Q(shared=True)).select_related("owner")


class SavedList(models.Model):
    """A list of the staff pages as it was filtered, under a name: of one person, or shared with all staff."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("whose"), related_name="+"
    )
    model = models.CharField(_("kind of record"), max_length=100)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("filters"), blank=True)
    shared = models.BooleanField(_("shared with all staff"), default=False)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "model", "name"], name="saved_list_once"),
        ]

    def __str__(self):
        return self.name
