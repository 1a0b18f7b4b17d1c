"""The right to merge. There is no table: a merge is an operation of the history."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Merging(models.Model):
    class Meta:
        managed = False
        default_permissions = ()
        verbose_name = _("merging")
        permissions = [("merge_records", _("Can merge records that are the same"))]

    def __str__(self):
        return "merging"
