from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from functools import partial

        from curation import former
        from curation.completeness import followed
        from curation.completeness.counting import needed_and_missing
        from curation.completeness.models import NotPrinted
        from curation.completeness.rules import RULES
        from curation.imports.models import MadeFrom
        from curation.nominations import following
        from curation.roles import sync_after_migrate
        from records import by_itself, history, needed
        from records.models import FormerSlug
        from search.models import Synonym

        # A merge makes and moves addresses; taken back, they lead where they did.
        for model in (FormerSlug, NotPrinted, Synonym):
            history.follow(model)
        by_itself.keep(MadeFrom)
        for model in RULES:
            needed.ask(model, partial(needed_and_missing, model))
        followed.connect()
        following.connect()
        former.know()
        post_migrate.connect(sync_after_migrate, sender=self, dispatch_uid="curation.roles")
