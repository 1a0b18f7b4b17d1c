"""What a request asks for beside the filters of a list, and how a thing is asked for its document."""

from __future__ import annotations

import re
from functools import lru_cache

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.api.parameters import MOST, PAGE, PAGE_SIZE, SIZE
from catalogue.api.places import Place
from listing.detail import LED_ON, DetailView
from listing.pages import offset_of
from listing.problems import Problem
from listing.text import shown
from records.models import Record

_SIZE = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def asked_size(params: QueryDict) -> tuple[int, list[Problem]]:
    """How many rows a page shall have, and what is wrong with that."""
    asked = [value.strip() for value in params.getlist(PAGE_SIZE) if value.strip()]
    message = _("“%(value)s” is not a number of rows for a page: give one from 1 to %(most)d.")
    wrong = [value for value in asked if not _SIZE.fullmatch(value) or int(value) > MOST]
    problems = [Problem(PAGE_SIZE, message % {"value": shown(each), "most": MOST}) for each in wrong]
    return (int(asked[-1]) if asked and not wrong else SIZE), problems


def asked_page(params: QueryDict) -> tuple[str, list[Problem]]:
    """The number of the page, "" for the first, and what is wrong with it, whatever pages there are."""
    asked = [value.strip() for value in params.getlist(PAGE) if value.strip()]
    wrong = [value for value in asked if offset_of(value, 1) is None]
    message = _("“%(value)s” is not a number of a page: they are numbered from 1.")
    return (asked[-1] if asked else ""), [Problem(PAGE, message % {"value": shown(each)}) for each in wrong]


class InApi(DetailView):
    """For the page of a thing: a former slug leads to the present address in the API."""

    place: Place
    seconds = LED_ON

    @staticmethod
    @lru_cache(maxsize=100)
    def of(place: Place) -> type[InApi]:
        """The page of the things of a place, as the API asks it for documents."""
        return type(f"{place.page.__name__}InApi", (InApi, place.page), {"place": place})

    def address_of(self, record: Record, format: str | None) -> str:
        return reverse(self.place.thing_name, args=[record.slug])
