from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListingConfig(AppConfig):
    name = "listing"
    verbose_name = _("Lists")
    default_auto_field = "django.db.models.BigAutoField"
