"""The rights that Django's four do not say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Workflow(models.Model):  # noqa: DJ008 - there is no row to be named
    """Holds rights and no rows: they are not about one kind of record."""

    class Meta:
        managed = False
        default_permissions = ()
        verbose_name = _("workflow")
        permissions = [
            ("publish_records", _("Can publish, schedule and send back records")),
            ("withdraw_records", _("Can withdraw records and take them up again")),
        ]
