"""All cases on one small map, for the way in; drawn once for as long as nothing changes."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import get_language

from cases.mapped.lists import MapPage
from cases.mapped.picture import OVERVIEW, Picture, pictures
from listing.addresses import address_of_list
from search.service import Building, snapshot


def overview() -> Picture | None:
    """The cities of all public cases on one map; None where no city has a place, or while the index is being built."""
    try:
        state = snapshot()
    except Building:
        return None
    key = "overview", get_language()
    if not state.is_true:
        return _drawn()
    if key not in state.kept:
        state.kept[key] = _drawn()
    return state.kept[key]


def _drawn() -> Picture | None:
    selection = MapPage().select(QueryDict(), address_of_list("cases:map"))
    return next(iter(pictures(selection, OVERVIEW)), None)
