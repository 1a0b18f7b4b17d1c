"""Cities with figures, for the tests of this folder."""

from cities.models import City, CityFigures, Figure
from sources.models import Source
from tests import factories as make

NAMES = {
    "population": "population",
    "area": "area_km2",
    "density": "density_per_km2",
    "income": "gdp_per_capita_usd",
}


def give_figures(city: City, scope: str = "unlabelled", source: Source | None = None, **figures) -> City:
    """The city with one more set of figures; a value is a number, or (number, a scope of its own)."""
    source = source or make.make_source()
    key = f"set-{city.figure_sets.count()}"
    held = CityFigures.objects.create(city=city, source=source, key=key, scope=scope)
    for line, (name, value) in enumerate(figures.items(), 7):
        number, own = value if isinstance(value, tuple) else (value, "")
        Figure.objects.create(
            figures=held,
            name=NAMES[name],
            value=number,
            scope=own,
            source=source,
            first_line=line,
            last_line=line,
            printed=str(number),
        )
    return city


def make_place(name: str, scope: str = "unlabelled", **figures) -> City:
    """A public city with figures."""
    return give_figures(make.make_city(name), scope, **figures)
