from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Makes the cases, their outcomes, and whom and what they name known to search."""
        from cases.ledger.search import CORPUS as OUTCOMES
        from cases.named.search import CORPORA as NAMED
        from cases.search import CORPUS as CASES
        from search.corpus import register

        for corpus in (CASES, OUTCOMES, *NAMED):
            register(corpus)
