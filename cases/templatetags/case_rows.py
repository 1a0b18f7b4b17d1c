"""The rows of a list of cases; made here for the reason that listing/templatetags/lists.py gives."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from cases.cards import Card
from listing.templatetags.lists import marked, snippets
from records import dates

register = template.Library()


@register.simple_tag
def case_rows(cards: Iterable[Card], heading: str = "h2") -> SafeString:
    """The cases, one list item each, with `heading` as the level of their titles."""
    tags = _Tags()
    return mark_safe("".join(_row(card, heading, tags) for card in cards))  # noqa: S308 - escaped


def _row(card: Card, heading: str, tags: "_Tags") -> str:
    title = marked(card.match.title) if card.match else escape(card.title)
    said = snippets(card.match) if card.match else f'<p lang="en">{escape(card.summary)}</p>'
    start = _start(card.started, get_language())
    return (
        f'<li class="row" data-id="{card.slug}">\n'
        f'<{heading}><a href="{card.get_absolute_url()}" lang="en">{title}</a></{heading}>\n'
        f'<p class="small muted">{_place(card)} · {start}</p>\n{said}\n{tags.of(card)}</li>\n'
    )


def _place(card: Card) -> str:
    city = card.city
    local = f' <span lang="zh-Hans">{escape(city.name_local)}</span>' if city.name_local else ""
    country = _country(str(city.country), get_language())
    return f'<a href="{card.city_url}" lang="en">{escape(city.name)}</a>{local}{country}'


# Few countries and years stand on many pages.


@lru_cache(maxsize=1_000)
def _country(code: str, language: str) -> str:
    """What follows the name of a city, in the active language."""
    return _(", ") + escape(str(countries.name(code)))


@lru_cache(maxsize=5_000)
def _start(started: str, language: str) -> str:
    """When a case began, in the active language."""
    if not started:
        return escape(_("start not stated"))
    return escape(_("started %(start)s") % {"start": dates.label(started)})


class _Tags:
    """The themes of cases, each a link to the cases that have it."""

    def __init__(self):
        self._start = f'<li><a class="tag" href="{reverse("cases:initiative_list")}?theme='
        self._list = f'<ul class="tags" aria-label="{escape(_("Themes"))}">'
        judged = escape(_("editor's judgement"))
        self._end = f'<li><span class="judged">{judged}</span></li></ul>\n'

    def of(self, card: Card) -> str:
        """Those of one case; nothing where it has none."""
        tags = (f'{self._start}{each.slug}">{escape(each.label)}</a></li>' for each in card.themes)
        return f"{self._list}{''.join(tags)}{self._end}" if card.themes else ""
