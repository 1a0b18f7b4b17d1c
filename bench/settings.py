"""The catalogue's own settings, with one more page: the list of cases with two facets only (see urls.py)."""

from catalogue.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
