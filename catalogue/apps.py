from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self):
        from catalogue import accounts, synonyms
        from catalogue.package import tables
        from records import history
        from search import corpus
        from search.models import Synonym

        synonyms.connect()
        history.follow(Synonym)
        accounts.read_in_words()
        # The data package is made anew when any of its tables changed.
        for model in tables.models():
            corpus.watch(model._meta.db_table)
