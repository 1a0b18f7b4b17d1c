"""Linked data in the terms of schema.org (https://schema.org/docs/full.html): what the pages of all rooms share.

A date there is one of ISO 8601: what else a source may print (records/dates.py) is left out (`dates.iso`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from listing.formats.cited import AUTHOR

CONTEXT = "https://schema.org"


def document(kind: str, address: str, **said: Any) -> dict:
    """A document about one thing, which is known by the address of its page. What is empty is left out."""
    return {"@context": CONTEXT, **thing(kind, **{"@id": address, "url": address}, **said)}


def thing(kind: str, /, **said: Any) -> dict:
    """A thing as a part of a document. What is empty is left out."""
    return {"@type": kind, **{name: value for name, value in said.items() if value not in (None, "", [], {})}}


def publisher(site: str) -> dict:
    """The catalogue itself, as whoever made a page."""
    return thing("Organization", name=AUTHOR, url=f"{site}/")


def dataset(site: str) -> dict:
    """All data of the catalogue, as what a page is a part of."""
    with override("en"):
        return {"@type": "Dataset", "@id": site + reverse("download"), "name": AUTHOR}


def dublin_core(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and contents of Dublin Core elements for the head of a page (DCMI, "Expressing Dublin Core in HTML")."""
    pairs = []
    for name, value in said.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(f"DC.{name}", str(each)) for each in values if each]
    return pairs
