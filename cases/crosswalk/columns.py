"""The columns of crosswalk.csv, the keys of its JSON: a row for each answer of a case to an article."""

from cases.evidence import EDITORS
from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Stored, Table

CROSSWALK = Table(
    "crosswalk",
    [
        # These eight are a promise to programs outside.
        Column(
            "case",
            lambda link: link.initiative.slug,
            "slug of the case, as filters take it",
            reads="initiative",
            always=True,
        ),
        Column(
            "city",
            lambda link: link.initiative.city.name,
            "usual English name of the city",
            reads="initiative",
            always=True,
        ),
        Column(
            "declaration",
            lambda link: link.article.declaration.slug,
            "slug of the declaration, as filters take it",
            reads="article",
            always=True,
        ),
        Column(
            "article",
            lambda link: link.article.number,
            "number of the article or proposal; filters take it behind the declaration: `ningbo-initiative:3`",
            reads="article",
            holds=Holds.INTEGER,
            always=True,
        ),
        Column(
            "stated_or_inferred",
            Stored("basis"),
            "stated (the text of the case names the declaration) or inferred (judged by an editor)",
            reads="basis",
            always=True,
        ),
        Column("reason", Stored("reason"), "why the case answers to it, in our own words", reads="reason"),
        Column(
            "source",
            lambda link: link.source and link.source.slug,
            "slug of the source document",
            reads="source",
        ),
        Column("lines", Stored("lines"), "lines of the source the judgement rests on", reads="lines"),
        # These may grow.
        Column(
            "case_title",
            lambda link: link.initiative.title,
            "title of the case",
            reads="initiative",
            always=True,
        ),
        Column(
            "city_id",
            lambda link: link.initiative.city.slug,
            "slug of the city, as filters take it",
            reads="initiative",
            always=True,
        ),
        Column(
            "declaration_title",
            lambda link: link.article.declaration.title,
            "title of the declaration",
            reads="article",
            always=True,
        ),
        Column(
            "article_as_printed",
            lambda link: link.article.number_as_printed,
            "number as printed",
            reads="article",
        ),
        Column(
            "article_heading",
            lambda link: link.article.heading,
            "heading of the article, as printed",
            reads="article",
        ),
        Column(
            "editor",
            lambda link: link.editor or EDITORS,
            "who judged: a name, or the editors of the loaded data",
            reads="editor",
            always=True,
        ),
        Column(
            "url",
            lambda link: OnSite(link.get_absolute_url()),
            "its place on the page of its case",
            reads="place",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    label="how cases answer declarations",
    citation=citation(
        "crosswalk",
        key=lambda link: f"{link.initiative.slug}:{link.article.declaration.slug}:{link.article.number}",
        title=lambda link: f"{link.initiative.title}: answer to {link.article}",
        place=lambda link: where_of(link.initiative.city),
        url=lambda link: OnSite(link.get_absolute_url()),
        keywords=lambda link: [link.article.declaration.title, link.basis],
        abstract=lambda link: link.reason,
    ),
    point=Column("point", lambda link: point_of(link.initiative.city), "where the city lies"),
)
