"""The columns of cities.csv, plans.csv, alliances.csv."""

from decimal import Decimal

from cities.models import City, CityFigures, Figure
from cities.remarks import checks_of, remark
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table, number_text

NAMES = Figure.Name


def _figure(figures: CityFigures, name: str) -> Figure | None:
    """The public figure of that name; the list view has put the figures at hand."""
    return next((figure for figure in figures.public_figures if figure.name == name), None)


def _value(name: str):
    def value(figures: CityFigures) -> Decimal | str | None:
        figure = _figure(figures, name)
        return figure and (figure.text or figure.value)

    return value


def _printed(name: str):
    def printed(figures: CityFigures) -> str | None:
        figure = _figure(figures, name)
        return figure and figure.printed

    return printed


def _line(name: str):
    def line(figures: CityFigures) -> str | None:
        figure = _figure(figures, name)
        return figure and figure.lines

    return line


VALUES = [
    Column(
        NAMES.POPULATION, _value(NAMES.POPULATION), "people living there", unit="people", holds=Holds.NUMBER
    ),
    Column(NAMES.AREA, _value(NAMES.AREA), "surface area", unit="km²", holds=Holds.NUMBER),
    Column(
        NAMES.DENSITY,
        _value(NAMES.DENSITY),
        "people per square kilometre, as printed, never computed",
        unit="people/km²",
        holds=Holds.NUMBER,
    ),
    Column(NAMES.GDP, _value(NAMES.GDP), "gross domestic product per person", unit="US$", holds=Holds.NUMBER),
    Column(NAMES.GROWTH, _value(NAMES.GROWTH), "population growth rate", unit="%", holds=Holds.NUMBER),
    Column(NAMES.GINI, _value(NAMES.GINI), "Gini index", holds=Holds.NUMBER),
    Column(NAMES.PROSPERITY, _value(NAMES.PROSPERITY), "main sources of prosperity, in the source's words"),
]


def point_of(city: City) -> list[Decimal] | None:
    """Longitude and latitude of a city in degrees, in the order GeoJSON has them; None where they are not known."""
    return None if city.latitude is None or city.longitude is None else [city.longitude, city.latitude]


def where_of(city: City | None) -> str:
    """City and country, as a citation names the place of what is cited."""
    return f"{city.name}, {city.country.name}" if city else ""


def _said(figures: CityFigures) -> list[str]:
    """The figures of a set in words: the value, the printed form where it is another, and whether it is doubted."""
    remark(figures)
    said = []
    for each in figures.public_figures:
        value = each.text or ("" if each.value is None else number_text(each.value))
        if value:
            other = [f"printed {each.printed}"] if each.printed.replace(",", "").strip() != value else []
            doubts = ["doubted by a source check"] if each.remarks else []
            told = f" ({', '.join([*other, *doubts])})" if other or doubts else ""
            said.append(f"{each.get_name_display()}: {value}{told}")
    return said


CITIES = Table(
    "cities",
    [
        Column("city", lambda f: f.city.name, "usual English name of the city", always=True),
        Column("name_local", lambda f: f.city.name_local, "its name in its own language, from open data"),
        Column("country", lambda f: f.city.country.name, "country", always=True),
        Column(
            "scope",
            lambda f: f.scope,
            "territory the figures speak of: whole city, district, county, urban core, or unlabelled",
            always=True,
        ),
        *VALUES,
        Column(
            "latitude", lambda f: f.city.latitude, "from open data", unit="degrees north", holds=Holds.NUMBER
        ),
        Column(
            "longitude", lambda f: f.city.longitude, "from open data", unit="degrees east", holds=Holds.NUMBER
        ),
        Column("source", lambda f: f.source and f.source.slug, "slug of the source of the figures"),
        *(
            column
            for value in VALUES
            for column in (
                Column(f"{value.name}_as_printed", _printed(value.name), f"{value.name} exactly as printed"),
                Column(f"{value.name}_line", _line(value.name), f"line of {value.name} in the source"),
            )
        ),
        Column("city_id", lambda f: f.city.slug, "slug of the city", always=True),
        Column("country_code", lambda f: str(f.city.country), "ISO 3166-1 code", always=True),
        Column(
            "scope_as_printed", lambda f: f.scope_as_printed, "the words the source labels the figures with"
        ),
        Column(
            "gdp_per_capita_usd_scope",
            lambda f: (g := _figure(f, NAMES.GDP)) and (g.scope or f.scope),
            "territory of the GDP figure, where the source labels it apart from the rest of the block",
        ),
        Column(
            "url",
            lambda f: OnSite(f.city.get_absolute_url()),
            "address of the page of the city",
            holds=Holds.ADDRESS,
            always=True,
        ),
        Column(
            "other_names",
            lambda f: f.city.further_names,
            "older names and other romanisations of the city, from open data",
            holds=Holds.TEXTS,
        ),
        Column(
            "source_checks",
            checks_of,
            "ids of the source checks about these figures, those of notes.csv",
            holds=Holds.TEXTS,
        ),
    ],
    citation=citation(
        "cities",
        key=lambda f: f"{f.city.slug}:{f.source.slug}:{f.key}" if f.source else f"{f.city.slug}:{f.key}",
        title=lambda f: f"{f.city.name}: city figures ({f.scope_as_printed or f.scope})",
        place=lambda f: where_of(f.city),
        url=lambda f: OnSite(f"{f.city.get_absolute_url()}#{f.row_id}"),
        keywords=lambda f: [str(f.get_scope_display())],
        abstract=lambda f: _said(f),
    ),
    point=Column("point", lambda f: point_of(f.city), "where the city lies"),
)

PLANS = Table(
    "plans",
    [
        Column("id", lambda plan: plan.slug, "slug of the plan", always=True),
        Column("title", lambda plan: plan.title, "title", always=True),
        Column("city", lambda plan: plan.city.name, "city", always=True),
        Column("summary", lambda plan: plan.digest, "summary in our own words"),
        Column(
            "targets",
            lambda plan: plan.target_count,
            "number of targets read from it",
            holds=Holds.INTEGER,
            always=True,
        ),
        Column("source", lambda plan: plan.source.slug, "slug of the source", always=True),
        Column(
            "url",
            lambda plan: OnSite(plan.get_absolute_url()),
            "address of its page",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "plans",
        key=lambda plan: plan.slug,
        title=lambda plan: plan.title,
        place=lambda plan: where_of(plan.city),
        url=lambda plan: OnSite(plan.get_absolute_url()),
        abstract=lambda plan: plan.digest,
    ),
    point=Column("point", lambda plan: point_of(plan.city), "where the city of the plan lies"),
)

ALLIANCES = Table(
    "alliances",
    [
        Column("id", lambda alliance: alliance.slug, "slug of the alliance", always=True),
        Column("name", lambda alliance: alliance.name, "name", always=True),
        Column("founded", lambda alliance: alliance.founded, "date of founding (EDTF)"),
        Column("summary", lambda alliance: alliance.digest, "summary in our own words"),
        Column("source", lambda alliance: alliance.source.slug, "slug of the source", always=True),
        Column(
            "url",
            lambda alliance: OnSite(alliance.get_absolute_url()),
            "address of its page",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "alliances",
        key=lambda alliance: alliance.slug,
        title=lambda alliance: alliance.name,
        url=lambda alliance: OnSite(alliance.get_absolute_url()),
        abstract=lambda alliance: alliance.digest,
    ),
)
