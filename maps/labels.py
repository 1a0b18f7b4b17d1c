"""Names beside marks: none over another, none over a mark, none beyond the edge. What finds no room is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

_LINE = 1.4  # how high a line is at most, in the size of its letters
_GAP = 3  # between a mark and its name
_SQUARE = 64


@dataclass(frozen=True)
class Disc:
    """A mark as labels see it: a round thing to be kept free."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """A name in its place: `x` and `y` are those of its baseline, at its start, middle or end as `anchor` says."""

    text: str
    x: float
    y: float
    anchor: str
    box: Rectangle


@lru_cache(maxsize=20_000)
def width(text: str) -> float:
    """How wide a text is at most, in the size of its letters, whichever of the usual fonts it is set in."""
    return sum(map(_wide, text))


def _wide(letter: str) -> float:
    if letter >= "\u2e80":
        return 1.0
    if letter in "mwMW%@—":
        return 1.0
    if letter in "iljtfrI.,:;'’|()[] ":
        return 0.42
    return 0.76 if letter.isupper() else 0.64


class _Taken:
    """The places of a picture that are taken."""

    def __init__(self):
        self._squares: dict[tuple[int, int], list[Rectangle]] = {}

    def _of(self, box: Rectangle) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(edge // _SQUARE) for edge in box)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))

    def add(self, box: Rectangle) -> None:
        for square in self._of(box):
            self._squares.setdefault(square, []).append(box)

    def is_free(self, box: Rectangle) -> bool:
        return not any(overlap(box, other) for at in self._of(box) for other in self._squares.get(at, ()))


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def placed(
    discs: Sequence[Disc], names: Sequence[Iterable[str]], size: float, picture: tuple[float, float]
) -> list[Label | None]:
    """A label for each mark, None where none finds room; those first in order are set first.

    `names` are what each may be called, the best first; `size` is that of the letters, `picture` its width and height.
    """
    taken = _Taken()
    for disc in discs:
        taken.add((disc.x - disc.radius, disc.y - disc.radius, disc.x + disc.radius, disc.y + disc.radius))
    found: list[Label | None] = []
    for disc, texts in zip(discs, names, strict=True):
        label = next(
            (
                each
                for text in texts
                for each in _around(disc, text, size)
                if _is_within(each.box, picture) and taken.is_free(each.box)
            ),
            None,
        )
        if label:
            taken.add(label.box)
        found.append(label)
    return found


def _is_within(box: Rectangle, picture: tuple[float, float]) -> bool:
    return box[0] >= 1 and box[1] >= 1 and box[2] <= picture[0] - 1 and box[3] <= picture[1] - 1


def _around(disc: Disc, text: str, size: float) -> Iterator[Label]:
    """Where a name may stand: right of its mark, left, above, below, then beside it a little higher or lower."""
    wide, high, off = width(text) * size, _LINE * size, disc.radius + _GAP
    for x, middle, anchor in (
        (disc.x + off, disc.y, "start"),
        (disc.x - off, disc.y, "end"),
        (disc.x, disc.y - off - high / 2, "middle"),
        (disc.x, disc.y + off + high / 2, "middle"),
        (disc.x + off, disc.y - high * 0.6, "start"),
        (disc.x + off, disc.y + high * 0.6, "start"),
        (disc.x - off, disc.y - high * 0.6, "end"),
        (disc.x - off, disc.y + high * 0.6, "end"),
    ):
        left = x - {"start": 0, "end": wide, "middle": wide / 2}[anchor]
        box = (left, middle - high / 2, left + wide, middle + high / 2)
        yield Label(text, round(x, 1), round(middle + size * 0.36, 1), anchor, box)
