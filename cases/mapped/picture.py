"""The map: a mark for each city, one for several that are near one another, names where they find room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.mapped.cities import CityOnMap
from cases.mapped.selection import VIEW, MapSelection
from cities.whereabouts import name_here
from listing.filters import ValuesFilter
from maps import boxes, labels, land
from maps.boxes import Box
from maps.frames import Frame, Shape, frame_of
from maps.gathering import Mark, Spot, gathered
from maps.projections import Plane

# The same map for a wide and for a narrow screen: one that was made smaller would have marks too small for a finger,
# and names too small to read.
WIDE = Shape(860, 380, 620, edge=34)
NARROW = Shape(360, 250, 430, edge=20)
SHAPES = {"wide": WIDE, "narrow": NARROW}
OVERVIEW = {"overview": Shape(480, 250, 400, edge=26)}
_LEAST_FITTED, _LEAST_VIEW = 10.0, 4.0  # degrees that are shown at least
_LARGEST, _SMALLEST = 17.0, 4.5  # radius of a mark
_ONE_CASE = 6.5
_FINGER = 26.0  # how far the middles of two marks are apart at least
_LETTERS = 13.0
# The radius that the number of cities needs, by its digits.
_ROOM = {1: 10.0, 2: 10.0, 3: 13.0, 4: 16.0, 5: 19.0}
RING = 3.0  # around a group
_SURELY_PARTED = 1.0  # degrees: cities so far apart have marks of their own in the nearest view there is
_NAMED = 3  # cities of a group that its name may list


@dataclass(frozen=True)
class Drawn:
    """A mark in the picture. `url` lists the cases of its cities, or shows them nearer (`is_nearer`)."""

    x: float
    y: float
    radius: float
    said: str
    url: str
    is_nearer: bool
    label: labels.Label | None
    cities: Sequence[CityOnMap]
    lang: str

    @property
    def city(self) -> CityOnMap | None:
        """The only city it stands for; None where it stands for several."""
        return self.cities[0] if len(self.cities) == 1 else None


@dataclass(frozen=True)
class Size:
    """What a mark of so many cases looks like, for the key to the map."""

    cases: int
    radius: float


@dataclass(frozen=True)
class Picture:
    """One map. `name` tells those of a page apart; `left_out` counts the cities that lie beyond its edges."""

    name: str
    frame: Frame
    land: str
    marks: Sequence[Drawn]
    sizes: Sequence[Size]
    left_out: int

    @property
    def city_count(self) -> int:
        """How many cities its marks stand for."""
        return sum(len(mark.cities) for mark in self.marks)

    @property
    def has_groups(self) -> bool:
        """Whether any mark stands for several cities."""
        return any(mark.city is None for mark in self.marks)


def fitted(cities: Sequence[CityOnMap]) -> Box | None:
    """The part of the world that all the cities lie in; None where none is known to lie anywhere."""
    box = boxes.least(city.place for city in cities if city.place)
    return box and box.at_least(_LEAST_FITTED)


def pictures(selection: MapSelection, shapes: Mapping[str, Shape] = SHAPES) -> list[Picture]:
    """The map in each of these shapes, by their names; none where no city has a place on it."""
    box = fitted(selection.cities)
    if box is None:
        return []
    shown = selection.box.at_least(_LEAST_VIEW) if selection.box else box
    frames = {name: frame_of(shown, shape) for name, shape in shapes.items()}
    cities, planes = [city for city in selection.cities if city.place], {}
    for projection in {frame.projection for frame in frames.values()}:
        planes[projection] = [(city, projection.forward(city.place)) for city in cities]
    return [_picture(name, each, planes[each.projection], selection) for name, each in frames.items()]


def _picture(
    name: str, frame: Frame, on_plane: Sequence[tuple[CityOnMap, Plane]], selection: MapSelection
) -> Picture:
    placed = [(city, frame.moved(point)) for city, point in on_plane]
    shown = {city.slug: (city, at) for city, at in placed if frame.has(at)}
    apart = _apart([city.cases for city, _at in shown.values()])
    marks = gathered([Spot(slug, *at, city.cases) for slug, (city, at) in shown.items()], apart)
    radius = _radius(marks, apart)
    of_marks = [[shown[spot.key][0] for spot in mark.spots] for mark in marks]
    discs = [labels.Disc(mark.x, mark.y, _room(mark, radius)) for mark in marks]
    # A group is drawn with a ring around it.
    kept_free = [
        labels.Disc(disc.x, disc.y, disc.radius + RING) if mark.is_group else disc
        for disc, mark in zip(discs, marks, strict=True)
    ]
    size = (frame.width, frame.height)
    names = labels.placed(kept_free, list(map(_names, of_marks)), _LETTERS, size)
    drawn = [
        _drawn(disc, own, label, frame, selection)
        for disc, own, label in zip(discs, of_marks, names, strict=True)
    ]
    return Picture(name, frame, land.path(frame), drawn, _sizes(marks, radius), len(placed) - len(shown))


def _drawn(
    disc: labels.Disc,
    cities: Sequence[CityOnMap],
    label: labels.Label | None,
    frame: Frame,
    selection: MapSelection,
) -> Drawn:
    url, is_nearer = _leads_to(cities, frame, selection)
    said, lang = _said(cities, is_nearer), _name(cities[0])[1]
    return Drawn(disc.x, disc.y, disc.radius, said, url, is_nearer, label, cities, lang)


def _apart(cases: Sequence[int]) -> float:
    """How far apart the marks of cities with so many cases must stand: the largest must not touch, and a finger must
    tell them apart."""
    most = max(cases, default=1)
    return max(_FINGER, 2 * min(_LARGEST, _ONE_CASE * sqrt(most)) + 3)


def _radius(marks: Sequence[Mark], apart: float) -> Callable[[int], float]:
    """The radius of a mark of so many cases: what it covers grows as they do, from the smallest that can be seen."""
    most = max((mark.weight for mark in marks), default=1)
    largest = min(apart / 2 - 1, _ONE_CASE * sqrt(most))
    return lambda cases: max(largest * sqrt(cases / most), _SMALLEST)


def _room(mark: Mark, radius: Callable[[int], float]) -> float:
    """The radius a mark is drawn with: a group has room for its number."""
    own = radius(mark.weight)
    return max(own, _ROOM[len(str(len(mark.spots)))]) if mark.is_group else own


def _sizes(marks: Sequence[Mark], radius: Callable[[int], float]) -> list[Size]:
    """Three sizes to compare with, or as many as there are."""
    most = max((mark.weight for mark in marks), default=1)
    wanted = sorted({1, max(round(most / 4), 1), most})
    return [Size(cases, round(radius(cases), 1)) for cases in wanted if most > 1]


def _name(city: CityOnMap) -> tuple[str, str]:
    return name_here(city.name, city.name_local)


def _names(cities: Sequence[CityOnMap]) -> list[str]:
    """What the mark of these cities may be called, the fullest first."""
    first = _name(cities[0])[0]
    if len(cities) == 1:
        return [first]
    every = [_(", ").join(_name(city)[0] for city in cities)] if len(cities) <= _NAMED else []
    return [
        *every,
        _("%(city)s and %(number)d more") % {"city": first, "number": len(cities) - 1},
        first + " …",
    ]


def _said(cities: Sequence[CityOnMap], is_nearer: bool) -> str:
    """What a mark is called by those who read it aloud."""
    cases = sum(city.cases for city in cities)
    counted = ngettext("%(count)d case", "%(count)d cases", cases) % {"count": cases}
    if len(cities) == 1:
        return _("%(city)s: %(cases)s") % {"city": _name(cities[0])[0], "cases": counted}
    said = _("%(number)d cities around %(city)s, %(cases)s: nearer")
    if not is_nearer:
        said = _("%(number)d cities in one place, %(city)s among them: %(cases)s")
    return said % {"number": len(cities), "city": _name(cities[0])[0], "cases": counted}


def _leads_to(cities: Sequence[CityOnMap], frame: Frame, selection: MapSelection) -> tuple[str, bool]:
    """Where a mark leads: a single one to its cases, a group nearer, or to its cases where no nearer view parts it."""
    if len(cities) == 1:
        return str(selection.cases_address(cities[0].slug)), False
    box = boxes.least(city.place for city in cities)
    nearer = box.scaled(1.3).at_least(_LEAST_VIEW)
    if box.is_larger_than(_SURELY_PARTED) or _is_parted(cities, frame_of(nearer, frame.shape)):
        return str(selection.address.without("sort").setting(VIEW, str(nearer))), True
    if len(cities) <= ValuesFilter.most:
        return str(selection.cases_address(*(city.slug for city in cities))), False
    return "#cities", False


def _is_parted(cities: Sequence[CityOnMap], frame: Frame) -> bool:
    """Whether a picture shows these cities by more than one mark."""
    spots = [Spot(city.slug, *frame.at(city.place), city.cases) for city in cities]
    return len(gathered(spots, _apart([city.cases for city in cities]))) > 1
