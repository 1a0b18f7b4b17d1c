"""The columns of declarations.csv."""

from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table

DECLARATIONS = Table(
    "declarations",
    [
        Column("id", lambda d: d.slug, "slug of the declaration", always=True),
        Column("title", lambda d: d.title, "title as printed", always=True),
        Column("adopted", lambda d: d.adopted, "date of adoption (EDTF)"),
        Column("place", lambda d: d.place, "place as printed"),
        Column("occasion", lambda d: d.occasion, "meeting that adopted it"),
        Column(
            "articles",
            lambda d: d.article_count,
            "number of its articles or proposals",
            holds=Holds.INTEGER,
            always=True,
        ),
        Column("summary", lambda d: d.digest, "summary of the preamble in our own words"),
        Column("source", lambda d: d.source and d.source.slug, "slug of the source"),
        Column(
            "url",
            lambda d: OnSite(d.get_absolute_url()),
            "address of its page",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "declarations",
        key=lambda d: d.slug,
        title=lambda d: d.title,
        place=lambda d: d.place,
        url=lambda d: OnSite(d.get_absolute_url()),
        abstract=lambda d: d.digest,
    ),
)
