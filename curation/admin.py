"""What this room adds to the staff pages."""

from django.apps import apps
from django.contrib import admin

from cases.models import Initiative, Organisation, Place
from cities.models import City
from curation.bulk.admin import BulkMixin
from curation.completeness.admin import mixin
from curation.desk.admin import MineMixin
from curation.extending import extend
from curation.merging.admin import MergeMixin
from curation.vocabularies import themes  # noqa: F401 - registers its own before others extend it
from records.models import Publishable, Record

for model in (City, Organisation, Place):
    extend(model, MergeMixin)
for model in (Initiative, City):
    extend(model, mixin(model))
for model in apps.get_models():
    if issubclass(model, Publishable) and admin.site.is_registered(model):
        extend(model, MineMixin)
    if issubclass(model, Record) and admin.site.is_registered(model):
        extend(model, BulkMixin)
