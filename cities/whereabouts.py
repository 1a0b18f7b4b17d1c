"""Where a city lies: a small map for its page."""

from __future__ import annotations

from dataclasses import dataclass

from cities.models import City
from cities.places import names_of
from maps import boxes, land
from maps.frames import Frame, Shape, frame_of

_SHAPE = Shape(384, 256, 256, edge=0)
_SHOWN = 22.0, 15.0  # degrees around the city, from west to east and from south to north


def name_here(name: str, name_local: str) -> tuple[str, str]:
    """What a city is called in the language of the page, and in which language that is."""
    return names_of(name, name_local)[0]


@dataclass(frozen=True)
class Whereabouts:
    """What the city is called here, the picture, its place in it, and the part of the map of all cities it shows."""

    name: str
    frame: Frame
    land: str
    x: float
    y: float
    view: str


def whereabouts(city: City) -> Whereabouts | None:
    """The small map of a city; None where nobody knows where it lies."""
    if city.latitude is None:
        return None
    place = float(city.longitude), float(city.latitude)
    box = boxes.around(place, *_SHOWN)
    frame = frame_of(box, _SHAPE)
    return Whereabouts(
        name_here(city.name, city.name_local)[0], frame, land.path(frame), *frame.at(place), str(box)
    )
