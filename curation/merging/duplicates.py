"""Records that may be the same thing: the same name as it is folded, nearly the same name, the same place."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from curation.merging.names import every_name
from records.models import Record

# Names are held against so many neighbours in the order of the alphabet, once from the front and once from the back:
# all against all would take minutes at 10,000.
NEIGHBOURS = 12
NEAR = 88
# Names shorter than this are near one another by chance.
SHORTEST = 5
# More than this of one name is a common name, and no list to work through.
MOST_OF_ONE = 6

SAME_NAME = _("the same name")
NEAR_NAME = _("nearly the same name")
SAME_PLACE = _("the same coordinates")


@dataclass(frozen=True)
class Pair:
    """Two records, and why they may be one; `score` is 100 for the same name."""

    one: Record
    other: Record
    why: str
    score: float

    @property
    def sides(self) -> tuple[Record, Record]:
        return self.one, self.other


def fold(name: str) -> str:
    """A name without accents, case, blanks and signs: "São-Paulo" and "sao paulo" are one."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in parts if each.isalnum())


def pairs(model: type[Record]) -> list[Pair]:
    """Every pair of records of a model that may be one, the most alike first."""
    rows = list(model._base_manager.select_related(*_city(model)).order_by("pk"))
    names = {row.pk: [folded for name in every_name(row) if (folded := fold(name))] for row in rows}
    by_number = {row.pk: row for row in rows}
    found: dict[tuple[int, int], Pair] = {}
    for score, why, one, other in (*_same_name(names), *_same_place(rows), *_near_name(names)):
        key = min(one, other), max(one, other)
        found.setdefault(key, Pair(by_number[key[0]], by_number[key[1]], why, score))
    return sorted(found.values(), key=lambda each: (-each.score, str(each.one), each.one.pk))


def _city(model: type[Record]) -> list[str]:
    return [field.name for field in model._meta.fields if field.name == "city"]


Found = Iterator[tuple[float, str, int, int]]


def _same_name(names: dict[int, list[str]]) -> Found:
    of_name = defaultdict(set)
    for pk, folded in names.items():
        for name in folded:
            of_name[name].add(pk)
    yield from ((100.0, SAME_NAME, *pair) for pks in of_name.values() for pair in _pairs(pks))


def _same_place(rows: Iterable[Record]) -> Found:
    at = defaultdict(set)
    for row in rows:
        if getattr(row, "latitude", None) is not None:
            at[round(row.latitude, 3), round(row.longitude, 3)].add(row.pk)
    yield from ((95.0, SAME_PLACE, *pair) for pks in at.values() for pair in _pairs(pks))


def _near_name(names: dict[int, list[str]]) -> Found:
    known = [(name, pk) for pk, folded in names.items() for name in folded if len(name) >= SHORTEST]
    for turned in (False, True):
        ordered = sorted((name[::-1] if turned else name, pk) for name, pk in known)
        for place, (name, pk) in enumerate(ordered):
            for other, other_pk in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                score = fuzz.ratio(name, other, score_cutoff=NEAR) if pk != other_pk else 0
                if score:
                    yield min(score, 99.0), NEAR_NAME, pk, other_pk


def _pairs(pks: set[int]) -> Iterable[tuple[int, int]]:
    return combinations(sorted(pks), 2) if 1 < len(pks) <= MOST_OF_ONE else ()
