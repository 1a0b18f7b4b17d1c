"""What this room adds to the staff pages."""

from django.apps import apps
from django.contrib import admin

from cases.models import Initiative, Organisation, Place
from cities.models import City
from curation.bulk.admin import BulkMixin
from curation.completeness.admin import mixin
from curation.desk.admin import MineMixin
from curation.extending import extend
from curation.imports import admin as imports
from curation.imports import origins
from curation.merging.admin import MergeMixin
from curation.nominations import admin as nominations
from curation.vocabularies import synonym_admin, themes
from records.models import Publishable, Record

# Their staff pages are registered before others are extended.
__all__ = ["imports", "nominations", "synonym_admin", "themes"]

for model in (City, Organisation, Place):
    extend(model, MergeMixin)
for model in (Initiative, City):
    extend(model, mixin(model))
for model in origins.kinds():
    if admin.site.is_registered(model):
        extend(model, origins.MadeFromMixin)
for model in apps.get_models():
    if issubclass(model, Publishable) and admin.site.is_registered(model):
        extend(model, MineMixin)
    if issubclass(model, Record) and admin.site.is_registered(model):
        extend(model, BulkMixin)

__all__ = ["nominations"]
