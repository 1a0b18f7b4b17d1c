from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from records import deletions, listening, versions

        deletions.connect()
        listening.connect()
        # Once, after all apps: SQLite drops the triggers of a table whenever Django makes it anew.
        post_migrate.connect(versions.install_after_migrate, sender=self, dispatch_uid="records.versions")
