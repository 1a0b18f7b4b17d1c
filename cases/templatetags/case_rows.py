"""The rows of a list of cases; made here for the reason that listing/templatetags/lists.py gives."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.cards import Card
from cities.models import City
from listing.addresses import address_of_list, around
from listing.templatetags.lists import marked, snippets
from records import dates
from records.templatetags.names import names_html

register = template.Library()


@register.simple_tag
def case_rows(cards: Iterable[Card], heading: str = "h2") -> SafeString:
    """The cases, one list item each, with `heading` as the level of their titles."""
    rows = _Rows(heading)
    return mark_safe("".join(map(rows.row, cards)))  # noqa: S308 - escaped


@register.simple_tag
def collected_row(card: Card) -> SafeString:
    """One case of a collection: its row, with a box to compare it and a button to leave it out of the address.

    Both belong to forms of the page; the button to the one called `leave-out`.
    """
    rows, slug, title = _Rows("h2"), card.slug, escape(card.title)
    named = f'<span class="visually-hidden">{_(": ")}<span lang="en">{title}</span></span>'
    tools = (
        f'<p class="collected__tools"><label><input type="checkbox" name="case" value="{slug}"> '
        f"{escape(_('Compare'))}{named}</label> "
        f'<button type="submit" class="button--quiet" form="leave-out" name="without" value="{slug}">'
        f"{escape(_('Leave out'))}{named}</button></p>\n"
    )
    row = rows.row(card)
    return mark_safe(f"{row.removesuffix('</li>' + chr(10))}{tools}</li>\n")  # noqa: S308 - escaped


class _Rows:
    """Writes the rows of one page. What all rows need of the active language is looked up once."""

    def __init__(self, heading: str):
        self._heading = heading
        self._language = get_language() or ""
        self._case, self._city = around("cases:initiative"), around("cities:city")
        self._tag = f'<li><a class="tag" href="{address_of_list("cases:initiative_list")}?theme='
        self._tags = f'<ul class="tags" aria-label="{escape(_("Themes"))}">'
        judged = escape(_("editor's judgement"))
        self._judged = f'<li><span class="judged">{judged}</span></li></ul>\n'

    def row(self, card: Card) -> str:
        title = marked(card.match.title) if card.match else escape(card.title)
        said = snippets(card.match) if card.match else f'<p lang="en">{escape(card.summary)}</p>'
        start = _start(card.started, self._language)
        return (
            f'<li class="row" data-type="case" data-id="{card.slug}">\n'
            f'<{self._heading}><a href="{card.slug.join(self._case)}" lang="en">{title}</a></{self._heading}>\n'
            f'<p class="small muted">{self._place(card.city)} · {start}</p>\n{said}\n{self._themes(card)}</li>\n'
        )

    def _place(self, city: City) -> str:
        names = city.name, city.name_local, city.other_names
        return _names(names, city.slug.join(self._city), self._language) + _country(
            city.country.code, self._language
        )

    def _themes(self, card: Card) -> str:
        """Each theme, a link to the cases that have it; nothing where a case has none."""
        labels = ((each.slug, escape(each.label_in(self._language))) for each in card.themes)
        tags = (f'{self._tag}{slug}">{label}</a></li>' for slug, label in labels)
        return f"{self._tags}{''.join(tags)}{self._judged}" if card.themes else ""


# Few cities, countries and years stand on many pages. They go by their values: two records of one number are the same,
# whatever they say.


@lru_cache(maxsize=1_000)
def _names(names: tuple[str, str, str], url: str, language: str) -> str:
    """The names of a city, in the order of the active language."""
    name, name_local, other_names = names
    return names_html(City(name=name, name_local=name_local, other_names=other_names), url)


@lru_cache(maxsize=1_000)
def _country(code: str, language: str) -> str:
    """What follows the name of a city, in the active language."""
    return _(", ") + escape(str(City(country=code).country.name))


@lru_cache(maxsize=5_000)
def _start(started: str, language: str) -> str:
    """When a case began, in the active language."""
    if not started:
        return escape(_("start not stated"))
    return escape(_("started %(start)s") % {"start": dates.label(started)})
