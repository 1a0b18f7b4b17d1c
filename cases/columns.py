"""The columns of cases.csv and themes.csv, the keys of their JSON."""

from dataclasses import replace
from operator import attrgetter

from cases.crosswalk.articles import value_of
from cases.models import Initiative, Theme
from cities.columns import point_of, where_of
from declarations.models import Article
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, PageOf, Stored, Table

_IN_ORDER = attrgetter("place")


def _themes(case: Initiative) -> list[Theme]:
    # Sorted here and not in the database: one order whatever its collation.
    return sorted([link.theme for link in case.theme_links.all()], key=_IN_ORDER)


def _goals(case: Initiative) -> list[int]:
    return sorted([link.goal.number for link in case.goal_links.all()])


def _stated_goals(case: Initiative) -> list[int]:
    return sorted([link.goal.number for link in case.goal_links.all() if link.basis == "stated"])


def _articles(case: Initiative) -> list[Article]:
    articles = (link.article for link in case.commitment_links.all())
    return sorted(articles, key=lambda article: (article.declaration.slug, article.number))


# How a case is cited: by what stands on its page, and by the day on which that last changed. Long exports of cases go
# column by column, so each says what it reads.
_READS = {
    "key": "slug",
    "title": "title",
    "place": "city",
    "url": "slug",
    "made": "created_at",
    "changed": "updated_at",
    "keywords": "theme_links",
    "abstract": "summary",
}
_CITED = citation(
    "cases",
    key=Stored("slug"),
    title=Stored("title"),
    place=lambda case: where_of(case.city),
    url=PageOf("slug", "cases:initiative"),
    keywords=lambda case: [theme.name for theme in _themes(case)],
    abstract=Stored("summary"),
)
_CITATION = replace(_CITED, columns=[replace(each, reads=_READS[each.name]) for each in _CITED.columns])

CASES = Table(
    "cases",
    [
        # These fourteen are a promise to programs outside.
        Column(
            "id",
            Stored("slug"),
            "slug of the case; where changed by hand, the old address redirects",
            reads="slug",
            always=True,
        ),
        Column(
            "title",
            Stored("title"),
            "as printed over the case, else from the contents list",
            reads="title",
            always=True,
        ),
        Column(
            "city", lambda case: case.city.name, "usual English name of the city", reads="city", always=True
        ),
        Column(
            "country",
            lambda case: case.city.country.name,
            "English name of the country (ISO 3166-1)",
            reads="city",
            always=True,
        ),
        Column(
            "programme",
            lambda case: case.programme.name,
            "award or scheme the case was entered for",
            reads="programme",
            always=True,
        ),
        Column(
            "started",
            lambda case: case.started_year,
            "year the initiative began",
            unit="year",
            reads="started",
            holds=Holds.INTEGER,
        ),
        Column(
            "themes",
            lambda case: [theme.name for theme in _themes(case)],
            "themes, judged by an editor",
            reads="theme_links",
            holds=Holds.TEXTS,
        ),
        Column(
            "goals",
            _goals,
            "numbers of the Sustainable Development Goals, stated or inferred",
            reads="goal_links",
            holds=Holds.INTEGERS,
        ),
        Column(
            "novelty",
            lambda case: sorted(claim.kind for claim in case.novelty_claims.all()),
            "how new the source calls it: evolutionary, revolutionary, incremental; two of them where it claims both",
            reads="novelty_claims",
            holds=Holds.TEXTS,
        ),
        Column("summary", Stored("summary"), "what it is about, in our own words", reads="summary"),
        Column(
            "url",
            PageOf("slug", "cases:initiative"),
            "address of its page",
            reads="slug",
            holds=Holds.ADDRESS,
            always=True,
        ),
        Column(
            "source",
            lambda case: case.source and case.source.slug,
            "slug of the source document",
            reads="source",
        ),
        Column(
            "first_line",
            Stored("first_line"),
            "first line of the case in the source",
            reads="first_line",
            holds=Holds.INTEGER,
        ),
        Column(
            "last_line",
            Stored("last_line"),
            "last line of the case in the source",
            reads="last_line",
            holds=Holds.INTEGER,
        ),
        # These may grow.
        Column(
            "city_id",
            lambda case: case.city.slug,
            "slug of the city, as filters take it",
            reads="city",
            always=True,
        ),
        Column(
            "country_code",
            lambda case: str(case.city.country),
            "ISO 3166-1 code of the country",
            reads="city",
            always=True,
        ),
        Column(
            "programme_id",
            lambda case: case.programme.slug,
            "slug of the programme",
            reads="programme",
            always=True,
        ),
        Column(
            "theme_ids",
            lambda case: [theme.slug for theme in _themes(case)],
            "slugs of the themes, in their order; judged by an editor",
            reads="theme_links",
            holds=Holds.TEXTS,
        ),
        Column(
            "goals_stated",
            _stated_goals,
            "those of the goals the source itself names",
            reads="goal_links",
            holds=Holds.INTEGERS,
        ),
        Column(
            "articles",
            lambda case: [value_of(article) for article in _articles(case)],
            "articles of declarations it answers to, stated or inferred, as filters take them: `ningbo-initiative:3`",
            reads="commitment_links",
            holds=Holds.TEXTS,
        ),
    ],
    citation=_CITATION,
    point=Column("point", lambda case: point_of(case.city), "where its city lies", reads="city"),
)

THEMES = Table(
    "themes",
    [
        Column("id", lambda theme: theme.slug, "slug of the theme", always=True),
        Column("name", lambda theme: theme.name, "name in English", always=True),
        Column("name_zh", lambda theme: theme.name_zh, "name in Chinese"),
        Column("definition", lambda theme: theme.definition, "what the editors count under it"),
        Column(
            "cases",
            lambda theme: theme.case_count,
            "number of public cases that an editor judged to belong to it",
            holds=Holds.INTEGER,
            always=True,
        ),
        Column(
            "url",
            lambda theme: OnSite(theme.get_absolute_url()),
            "address of its page",
            holds=Holds.ADDRESS,
            always=True,
        ),
        Column(
            "other_names",
            lambda theme: theme.other_names,
            "other names in English (skos:altLabel)",
            holds=Holds.TEXTS,
        ),
        Column(
            "other_names_zh",
            lambda theme: theme.other_names_zh,
            "other names in Chinese (skos:altLabel)",
            holds=Holds.TEXTS,
        ),
        Column(
            "broader",
            lambda theme: [link.broader.slug for link in theme.broader_shown],
            "slugs of the themes it is part of (skos:broader)",
            holds=Holds.TEXTS,
        ),
        Column(
            "matches",
            lambda theme: [f"{match.relation} {match.uri}" for match in theme.matches_shown],
            "concepts of outside vocabularies: exact, close, broad or narrow, and the URI; an editor's judgement",
            holds=Holds.TEXTS,
        ),
    ],
    citation=citation(
        "themes",
        key=lambda theme: theme.slug,
        title=lambda theme: theme.name,
        url=lambda theme: OnSite(theme.get_absolute_url()),
        keywords=lambda theme: theme.other_names,
        abstract=lambda theme: theme.definition,
    ),
)
