"""The columns of partners.csv, places.csv and lessons.csv, the keys of their JSON."""

from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table
from sources import lines


def _city(named) -> str | None:
    return named.public_city and named.public_city.name


CASE = Column(
    "case", lambda record: record.initiative.slug, "slug of the case, as filters take it", always=True
)
CITY = Column(
    "city", lambda record: record.initiative.city.name, "city of the case, usual English name", always=True
)
SOURCE = Column("source", lambda record: record.source and record.source.slug, "slug of the source document")
LINE = Column("line", lines.cell, "line of the source; several as 75-79", holds=Holds.LINE)
PRINTED = Column("as_printed", lambda record: record.printed, "as the line prints it")
CASE_TITLE = Column("case_title", lambda record: record.initiative.title, "title of the case", always=True)
CITY_ID = Column(
    "city_id", lambda record: record.initiative.city.slug, "slug of the city of the case", always=True
)
POINT = Column("point", lambda record: point_of(record.initiative.city), "where the city of the case lies")

PARTNERS = Table(
    "partners",
    [
        # These seven are a promise to programs outside.
        Column("name", lambda partner: partner.organisation.name, "name of the organisation", always=True),
        Column(
            "kind",
            lambda partner: partner.organisation.kind,
            "public-body, company, non-profit, university (or institute), community (group), media, other",
        ),
        Column("role", lambda partner: partner.role, "what it does in the case, in our own words"),
        CASE,
        CITY,
        SOURCE,
        LINE,
        # These may grow.
        Column("id", lambda partner: partner.organisation.slug, "slug of the organisation", always=True),
        Column(
            "collective",
            lambda partner: "yes" if partner.organisation.collective else "no",
            "yes where the source names several together and none of them",
            always=True,
        ),
        Column(
            "variants",
            lambda partner: partner.organisation.spellings,
            "other spellings in the sources",
            holds=Holds.TEXTS,
        ),
        PRINTED,
        Column(
            "organisation_city",
            lambda partner: _city(partner.organisation),
            "city the organisation is of, where its name or role says so",
        ),
        CASE_TITLE,
        CITY_ID,
        Column(
            "url",
            lambda partner: OnSite(partner.organisation.get_absolute_url()),
            "address of the page of the organisation",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "partners",
        key=lambda partner: f"{partner.organisation.slug}:{partner.row_id}",
        title=lambda partner: f"{partner.organisation.name}: {partner.role} ({partner.initiative.title})",
        place=lambda partner: where_of(partner.initiative.city),
        url=lambda partner: OnSite(f"{partner.organisation.get_absolute_url()}#{partner.row_id}"),
        keywords=lambda partner: [partner.organisation.kind] if partner.organisation.kind else [],
        abstract=lambda partner: partner.printed,
    ),
    point=POINT,
)

PLACES = Table(
    "places",
    [
        Column("name", lambda mention: mention.place.name, "name of the place", always=True),
        Column(
            "kind",
            lambda mention: mention.place.kind,
            "district, county, region, neighbourhood, road (or lane), water (river or lake), park (or reserve), site",
        ),
        CASE,
        CITY,
        SOURCE,
        Column("line", lines.cell, "the first line of the case that names it", holds=Holds.LINE),
        Column("id", lambda mention: mention.place.slug, "slug of the place", always=True),
        Column(
            "variants",
            lambda mention: mention.place.spellings,
            "other spellings in the sources",
            holds=Holds.TEXTS,
        ),
        PRINTED,
        Column("place_city", lambda mention: _city(mention.place), "city it lies in, where it is one"),
        CASE_TITLE,
        CITY_ID,
        Column(
            "url",
            lambda mention: OnSite(mention.place.get_absolute_url()),
            "address of the page of the place",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "places",
        key=lambda mention: f"{mention.place.slug}:{mention.row_id}",
        title=lambda mention: f"{mention.place.name} ({mention.initiative.title})",
        place=lambda mention: where_of(mention.initiative.city),
        url=lambda mention: OnSite(f"{mention.place.get_absolute_url()}#{mention.row_id}"),
        keywords=lambda mention: [mention.place.kind] if mention.place.kind else [],
        abstract=lambda mention: mention.printed,
    ),
    point=POINT,
)

LESSONS = Table(
    "lessons",
    [
        CASE,
        CITY,
        Column(
            "direction",
            lambda lesson: lesson.direction,
            "learned (the case took it over from others) or taught (others took it over, or are to)",
            always=True,
        ),
        Column(
            "other", lambda lesson: lesson.name, "the other side as the source names it; empty: not named"
        ),
        Column(
            "count",
            lambda lesson: lesson.count,
            "how many others, where printed",
            unit="see unit",
            holds=Holds.INTEGER,
        ),
        Column("unit", lambda lesson: lesson.unit, "what the others are: cities, schools ..."),
        Column(
            "state",
            lambda lesson: lesson.state,
            "done, or planned (planned, offered or hoped for)",
            always=True,
        ),
        Column("what", lambda lesson: lesson.what, "what was passed on, in our own words"),
        SOURCE,
        LINE,
        PRINTED,
        Column(
            "id", lambda lesson: lesson.slug, "slug of the case and key, with a colon between", always=True
        ),
        Column(
            "other_city_id",
            lambda lesson: lesson.public_city and lesson.public_city.slug,
            "slug of the other city, where the catalogue has it",
        ),
        CASE_TITLE,
        CITY_ID,
        Column(
            "url",
            lambda lesson: OnSite(lesson.case_url),
            "its place on the page of its case",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "lessons",
        key=lambda lesson: lesson.slug,
        title=lambda lesson: f"{lesson.get_direction_display()}: {lesson.what} ({lesson.initiative.title})",
        place=lambda lesson: where_of(lesson.initiative.city),
        url=lambda lesson: OnSite(lesson.case_url),
        keywords=lambda lesson: [lesson.direction, lesson.state],
        abstract=lambda lesson: lesson.printed,
    ),
    point=POINT,
)
