from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotesConfig(AppConfig):
    name = "notes"
    verbose_name = _("Source checks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from notes import following

        following.connect()
