"""The columns of sources.csv."""

from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table
from sources.models import Source


def authors_of(source: Source) -> list[str]:
    """Who wrote it, where what was read from it says so: plans do, of a room above."""
    plans = source.plans.all() if hasattr(source, "plans") else []
    return list(dict.fromkeys(plan.author for plan in plans if plan.author and plan.is_public))


SOURCES = Table(
    "sources",
    [
        Column("id", lambda s: s.slug, "slug of the source", always=True),
        Column("title", lambda s: s.title, "title as printed", always=True),
        Column("kind", lambda s: s.kind, "kind of source", always=True),
        Column("publisher", lambda s: s.publisher, "publisher as printed"),
        Column("date", lambda s: s.date, "date of the source (EDTF)"),
        Column(
            "url",
            lambda s: OnSite(s.get_absolute_url()),
            "address of its page",
            holds=Holds.ADDRESS,
            always=True,
        ),
        Column("original_url", lambda s: s.url, "address of the original, where known"),
        Column("language", lambda s: s.language, "language of the text"),
        Column("rights", lambda s: s.rights, "who the text belongs to"),
        Column("lines", lambda s: s.line_count, "number of lines of the text", holds=Holds.INTEGER),
        Column("sha256", lambda s: s.sha256, "checksum of the text"),
    ],
    # A row is the document itself, and not what is said of it here.
    citation=citation(
        "sources",
        key=lambda s: s.slug,
        title=lambda s: s.title,
        url=lambda s: OnSite(s.get_absolute_url()),
        keywords=lambda s: [s.kind],
        author=lambda s: "; ".join(authors_of(s)) or s.publisher,
        original=lambda s: s.url,
        issued=lambda s: s.date,
        language=lambda s: s.language or "en",
    ),
)
