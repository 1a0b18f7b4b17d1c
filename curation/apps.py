from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from curation.completeness.models import NotPrinted
        from curation.nominations import following
        from records import history
        from records.models import FormerSlug
        from search.models import Synonym

        # A merge makes and moves addresses; taken back, they lead where they did.
        for model in (FormerSlug, NotPrinted, Synonym):
            history.follow(model)
        following.connect()
