"""The catalogue as a production server runs it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from catalogue.head import without_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
application = without_body(get_wsgi_application())
# All pages are loaded before the first reader comes. What is there now stays as long as the process does: looking
# through it for what can be thrown away would make some reader wait a tenth of a second now and then.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
