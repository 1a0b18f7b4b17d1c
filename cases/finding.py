"""Finding a case or a city by name, to put it beside others: a few at a time, by the list's own search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.lists import CaseList
from cities.models import City
from listing.text import is_plain
from records.names import Name

MOST = 8
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """Names that fit what was typed: of each, slug, title and what stands beside it. `message` where there are none."""

    typed: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    message: str = ""


def cases_called(typed: str, leaving_out: Iterable[str]) -> Found:
    """The cases that hold the words typed, best first, then those that hold some of them."""
    words, unread = _words(typed)
    if unread:
        return unread
    params = QueryDict(mutable=True)
    params["q"] = words
    selection = CaseList().select(params)
    if selection.problems:
        return Found(words, message=selection.problems[0].message)
    left_out = set(leaving_out)
    rows = list(selection.rows[0 : MOST + len(left_out)])
    rows += selection.rows.near(MOST + len(left_out)) if selection.is_search else []
    kept = [row for row in rows if row.slug not in left_out][:MOST]
    made = [
        {"slug": row.slug, "title": row.title, "title_lang": "en", "beside": row.city.name, "lang": "en"}
        for row in kept
    ]
    return Found(words, made, "" if made else _nothing(words))


def cities_called(typed: str, leaving_out: Iterable[str]) -> Found:
    """The cities whose names hold what was typed, those that begin with it first."""
    words, unread = _words(typed)
    if unread:
        return unread
    named = Q(name__icontains=words) | Q(name_local__contains=words) | Q(other_names__icontains=words)
    cities = list(City.objects.public().filter(named).exclude(slug__in=list(leaving_out))[:50])
    cities.sort(key=lambda city: (not city.name.casefold().startswith(words.casefold()), city.name))
    made = [_named(city) for city in cities[:MOST]]
    return Found(words, made, "" if made else _nothing(words))


def _words(typed: str) -> tuple[str, Found | None]:
    """The words to look for; with what is answered instead where there are none, or none that can be read."""
    words = typed.strip()[:LONGEST]
    if not words:
        return "", Found()
    if not is_plain(words):
        message = _("What was typed holds broken or invisible characters. Type it again.")
        return "", Found("", message=message)
    return words, None


def _named(city: City) -> dict[str, str]:
    (name, language), *others = city.names()
    beside = others[0] if others else Name("", "")
    row = {"slug": city.slug, "title": name, "title_lang": language}
    return row | {"beside": beside.text, "lang": beside.language}


def _nothing(words: str) -> str:
    return _("Nothing else is called “%(words)s”. Try fewer or other words.") % {"words": words}
