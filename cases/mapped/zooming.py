"""Ways about the map without a script: nearer, farther, to each side, a part of the world, all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.mapped.picture import WIDE, fitted
from cases.mapped.selection import VIEW, MapSelection
from maps.boxes import Box
from maps.frames import frame_of

_WORLD = Box(-180, -90, 180, 90)
_NEAREST = 4.0
# Where most of a part of the world lies, generously: a view, not a definition.
_PARTS: Sequence[tuple[str | Promise, Box]] = (
    (gettext_lazy("Africa"), Box(-20, -36, 54, 38)),
    (gettext_lazy("Asia"), Box(35, -11, 148, 56)),
    (gettext_lazy("Europe"), Box(-12, 35, 42, 70)),
    (gettext_lazy("North America"), Box(-150, 7, -52, 66)),
    (gettext_lazy("South America"), Box(-83, -56, -34, 13)),
    (gettext_lazy("Australia and Oceania"), Box(112, -48, 200, 12)),
)


@dataclass(frozen=True)
class Link:
    """A way to another part of the map. `count` is how many of the cities lie there; None where nobody need know."""

    label: str | Promise
    url: str
    sign: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Zoom:
    """`steps` from where one is, `parts` of the world, `whole`: the picture with every city; "" where that is shown."""

    steps: Sequence[Link]
    parts: Sequence[Link]
    whole: str
    inside: int


def links(selection: MapSelection) -> Zoom | None:
    """The ways from here; None where there is no map."""
    fit = fitted(selection.cities)
    if fit is None:
        return None
    address = selection.address.without("sort")

    def to(box: Box) -> str:
        return str(address.setting(VIEW, str(box)))

    def inside(box: Box) -> int:
        return sum(1 for city in selection.cities if city.place and box.holds(city.place))

    box = selection.box or fit
    is_wide = frame_of(fit, WIDE).is_world
    parts = [Link(label, to(each), count=inside(each)) for label, each in _PARTS] if is_wide else []
    return Zoom(
        steps=[Link(label, to(each), sign) for label, each, sign in _steps(box, selection.box is not None)],
        parts=[link for link in parts if link.count],
        whole=str(address.without(VIEW)) if selection.box else "",
        inside=inside(box) if selection.box else 0,
    )


def _steps(box: Box, is_asked: bool) -> list[tuple[str | Promise, Box, str]]:
    """Nearer and farther; to the sides where not everything is in sight anyway."""
    is_world = frame_of(box, WIDE).is_world
    steps: list[tuple[str | Promise, Box, str]] = []
    if not is_world and min(box.width, box.height) > _NEAREST:
        steps.append((gettext_lazy("Zoom in"), box.scaled(0.5), "+"))
    if not is_world:
        steps.append((gettext_lazy("Zoom out"), _WORLD if box.width > 75 else box.scaled(2), "−"))
    if is_asked and not is_world:
        east, north = box.width / 2, box.height / 2
        steps += [
            (gettext_lazy("To the west"), box.moved(-east, 0), "←"),
            (gettext_lazy("To the north"), box.moved(0, north), "↑"),
            (gettext_lazy("To the south"), box.moved(0, -north), "↓"),
            (gettext_lazy("To the east"), box.moved(east, 0), "→"),
        ]
    return steps
