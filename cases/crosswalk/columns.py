"""The columns of crosswalk.csv, the keys of its JSON: a row for each answer of a case to an article."""

from listing.columns import Column, OnSite, Table

CROSSWALK = Table(
    "crosswalk",
    [
        # These eight are a promise to programs outside.
        Column("case", lambda link: link.initiative.slug, "slug of the case, as filters take it"),
        Column("city", lambda link: link.initiative.city.name, "usual English name of the city"),
        Column(
            "declaration",
            lambda link: link.article.declaration.slug,
            "slug of the declaration, as filters take it",
        ),
        Column(
            "article",
            lambda link: link.article.number,
            "number of the article or proposal; filters take it behind the declaration: `ningbo-initiative:3`",
        ),
        Column(
            "stated_or_inferred",
            lambda link: link.basis,
            "stated (the text of the case names the declaration) or inferred (judged by an editor)",
        ),
        Column("reason", lambda link: link.reason, "why the case answers to it, in our own words"),
        Column("source", lambda link: link.source and link.source.slug, "slug of the source document"),
        Column("lines", lambda link: link.lines, "lines of the source the judgement rests on"),
        # These may grow.
        Column("case_title", lambda link: link.initiative.title, "title of the case"),
        Column("city_id", lambda link: link.initiative.city.slug, "slug of the city, as filters take it"),
        Column("declaration_title", lambda link: link.article.declaration.title, "title of the declaration"),
        Column("article_as_printed", lambda link: link.article.number_as_printed, "number as printed"),
        Column("article_heading", lambda link: link.article.heading, "heading of the article, as printed"),
        Column("editor", lambda link: link.editor, "who judged; empty for the editors of the loaded data"),
        Column("url", lambda link: OnSite(link.get_absolute_url()), "its place on the page of its case"),
    ],
)
