"""A city as linked data: where it lies, what else it is called, and the figures its page shows."""

from __future__ import annotations

from collections.abc import Iterable

from cities.models import City, CityFigures, Figure
from listing import linked


def place_of(city: City, site: str) -> dict:
    """The city as the place of something."""
    has_place = city.latitude is not None
    return linked.thing(
        "City",
        **{"@id": site + city.get_absolute_url()},
        name=city.name,
        alternateName=[name for name in city.every_name if name != city.name],
        containedInPlace=linked.thing("Country", name=str(city.country.name), identifier=str(city.country)),
        geo=linked.thing("GeoCoordinates", latitude=city.latitude, longitude=city.longitude)
        if has_place
        else None,
    )


def city_linked(city: City, sets: Iterable[CityFigures], site: str) -> dict:
    """The city, and each figure its page shows (see cities.pages.with_figures) as an observation of it."""
    address = site + city.get_absolute_url()
    figures = [_observation(figure, each, address, site) for each in sets for figure in each.public_figures]
    subject = {name: value for name, value in place_of(city, site).items() if name not in ("@type", "@id")}
    return linked.document("City", address, **subject, subjectOf=figures)


def _observation(figure: Figure, figures: CityFigures, address: str, site: str) -> dict:
    """A figure with its place in the source; where source checks speak of it (`remarks`), it says so."""
    source = figure.source or figures.source
    doubts = [f"doubted: {site}{note.get_absolute_url()}" for note in getattr(figure, "remarks", ())]
    place = [f"line {figure.lines}"] if figure.lines else []
    scope = figures.scope_as_printed or str(figures.get_scope_display())
    return linked.thing(
        "Observation",
        observationAbout={"@id": address},
        variableMeasured=str(figure.get_name_display()),
        value=figure.text if figure.value is None else figure.value,
        description=" · ".join(filter(None, (scope, figure.printed, *place, *doubts))),
        isBasedOn={"@id": site + source.get_absolute_url()} if source and source.is_public else None,
    )
