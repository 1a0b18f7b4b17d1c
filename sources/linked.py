"""A document of the sources as linked data."""

from __future__ import annotations

from listing import linked
from records import dates
from sources.models import Source


def source_of(source: Source | None, site: str) -> dict | None:
    """The document that something was read from; None where there is none."""
    if source is None or not source.is_public:
        return None
    return linked.thing(
        "CreativeWork",
        **{"@id": site + source.get_absolute_url()},
        name=source.title,
        publisher=source.publisher and linked.thing("Organization", name=source.publisher),
        datePublished=dates.iso(source.date),
        inLanguage=source.language,
        sameAs=source.url,
    )
