from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from search.triggers import install_after_migrate

        # SQLite drops the triggers of a table whenever Django makes it anew, so they are set after every migration.
        post_migrate.connect(install_after_migrate, dispatch_uid="search.triggers")
