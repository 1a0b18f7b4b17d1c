"""`/api/schema.json`: the API as OpenAPI 3.1 has it, made by drf-spectacular from what the views say of themselves.

The values of filters and the examples are those of the data there is, so the document changes with them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from drf_spectacular.generators import SchemaGenerator

from catalogue.api import example, parameters, urls
from listing.formats import json_text
from listing.indexed import state_of_index
from listing.methods import reading_only
from listing.views import site_of

VERSION = "1.0.0"
_TITLE = "Urban Innovation Catalogue"
_ABOUT = """\
What cities tried, what came of it, and how anyone knows: the lists and things of the catalogue's pages, for programs. \
Read-only, without a key, from any origin.

* A list has the filters, orders and rows of its page and of its exports. A name given twice means "or", different \
names mean "and". Unknown names are ignored, an unknown value of a known name is refused (400).
* An answer carries `next` and `previous`, and an `ETag`: ask again with `If-None-Match`.
* `null` means "not printed in the source", never zero and never a guess. Names are the English ones.
* All rows of a list at once: its `.csv`, `.json` or `.xlsx`; everything at once: `/download/`.
"""
_LICENCE = {"name": "CC BY 4.0 (our own words and data)", "identifier": "CC-BY-4.0"}


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Objects with named properties have no others."""
    if schema.get("type") == "object" and "properties" in schema:
        schema.setdefault("additionalProperties", False)
    return schema


def make(request: HttpRequest) -> dict[str, Any]:
    """The document for whoever asks; called for in the default language."""
    patterns = [path("api/", include((urls.urlpatterns, "api")))]
    made = SchemaGenerator(patterns=patterns).get_schema(public=True)
    shapes = made["components"]["schemas"]
    for shape in shapes.values():
        _closed(shape)
    shapes[parameters.WORDS] = parameters.words()
    example.add(made["paths"], request)
    site = site_of(request)
    return {
        "openapi": made["openapi"],
        "info": {
            "title": _TITLE,
            "version": VERSION,
            "summary": "A read-only API of urban initiatives, their outcomes and their evidence",
            "description": _ABOUT,
            "license": _LICENCE,
            "contact": {"name": "Report an error", "url": f"{site}{reverse('curation:report')}"},
        },
        "servers": [{"url": site}],
        "externalDocs": {"description": "For people", "url": f"{site}{reverse('api:reference')}"},
        "paths": made["paths"],
        "components": made["components"],
    }


def text(request: HttpRequest) -> str:
    """The document as JSON, kept while the logs of changes tell of none."""
    states = [state_of_index(kind) for kind in ("case", "outcome")]
    is_kept = all(state is not None and state.is_true for state in states)
    said = ("api", site_of(request), *(state.name for state in states if state))
    key = sha256("\n".join(said).encode()).hexdigest()
    if is_kept and (found := caches["pages"].get(key)):
        return found
    with override(settings.LANGUAGE_CODE):
        made = json_text.text(make(request)) + "\n"
    if is_kept:
        caches["pages"].set(key, made)
    return made


@reading_only
@conditional_page
def document(request: HttpRequest) -> HttpResponse:
    """`/api/schema.json`."""
    return HttpResponse(text(request), content_type="application/json")
