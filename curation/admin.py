"""What this room adds to the staff pages."""

from cases.models import Initiative, Organisation, Place
from cities.models import City
from curation.completeness.admin import mixin
from curation.extending import extend
from curation.merging.admin import MergeMixin

for model in (City, Organisation, Place):
    extend(model, MergeMixin)
for model in (Initiative, City):
    extend(model, mixin(model))
