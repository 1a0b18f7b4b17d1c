"""The columns of declarations.csv."""

from listing.columns import Column, OnSite, Table

DECLARATIONS = Table(
    "declarations",
    [
        Column("id", lambda d: d.slug, "slug of the declaration"),
        Column("title", lambda d: d.title, "title as printed"),
        Column("adopted", lambda d: d.adopted, "date of adoption (EDTF)"),
        Column("place", lambda d: d.place, "place as printed"),
        Column("occasion", lambda d: d.occasion, "meeting that adopted it"),
        Column("articles", lambda d: d.article_count, "number of its articles or proposals"),
        Column("summary", lambda d: d.digest, "summary of the preamble in our own words"),
        Column("source", lambda d: d.source and d.source.slug, "slug of the source"),
        Column("url", lambda d: OnSite(d.get_absolute_url()), "address of its page"),
    ],
)
