"""The columns of map.csv, the keys of its JSON: a row for each city of the cases that the filters leave."""

from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, OnSite, Table

MAP = Table(
    "map",
    [
        Column("city", lambda city: city.name, "usual English name of the city"),
        Column("city_id", lambda city: city.slug, "slug of the city, as filters take it"),
        Column("name_local", lambda city: city.name_local, "name in its own language"),
        Column("country", lambda city: str(city.country.name), "its country"),
        Column("cases", lambda city: city.cases, "how many of the cases that the filters leave lie in it"),
        Column("latitude", lambda city: city.latitude, "where it lies (WGS 84)", "degrees"),
        Column("longitude", lambda city: city.longitude, "where it lies (WGS 84)", "degrees"),
        Column(
            "place_source",
            lambda city: city.source and city.source.slug,
            "slug of the source of name and coordinates",
        ),
        Column("url", lambda city: OnSite(city.get_absolute_url()), "the page of the city"),
    ],
    citation=citation(
        "map",
        key=lambda city: city.slug,
        title=lambda city: city.name,
        place=where_of,
        url=lambda city: OnSite(city.get_absolute_url()),
        abstract=lambda city: f"cases of this list there: {city.cases}",
    ),
    point=Column("point", point_of, "where the city lies"),
)
