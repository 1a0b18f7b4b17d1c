"""A declaration as linked data."""

from __future__ import annotations

from collections.abc import Iterable

from cities.linked import place_of
from declarations.models import Article, Declaration
from listing import linked
from records import dates
from sources.linked import source_of


def declaration_linked(declaration: Declaration, articles: Iterable[Article], site: str) -> dict:
    """The declaration as a work, and its articles as the parts of it."""
    address = site + declaration.get_absolute_url()
    parts = [
        linked.thing(
            "CreativeWork",
            **{"@id": f"{address}#article-{article.number}"},
            name=article.heading,
            position=article.number,
            abstract=article.digest,
        )
        for article in articles
    ]
    return linked.document(
        "CreativeWork",
        address,
        name=declaration.title,
        abstract=declaration.digest,
        inLanguage="en",
        dateCreated=dates.iso(declaration.adopted),
        locationCreated=place_of(declaration.city, site) if declaration.city else None,
        isBasedOn=source_of(declaration.source, site),
        hasPart=parts,
    )
