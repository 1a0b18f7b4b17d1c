"""Template tag for the other looks of a list: the same rows, under the same filters, on pages of another kind."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from listing.addresses import address_of_list

register = template.Library()

_CASES = (
    ("cases:initiative_list", lambda: _("List")),
    ("cases:map", lambda: _("Map")),
    ("cases:charts", lambda: _("Charts")),
    ("cases:timeline", lambda: _("Timeline")),
)
_OUTCOMES = (
    ("cases:outcome_list", lambda: _("List")),
    ("cases:outcome_charts", lambda: _("Charts")),
)
_CROSSWALK = (
    ("cases:crosswalk", lambda: _("Case by case")),
    ("cases:crosswalk_by_theme", lambda: _("By theme")),
    ("cases:crosswalk_by_city", lambda: _("By city")),
)
# Orders mean nothing to a chart, and not all of them are those of each list; a part of the world is that of the map.
_LEFT_OUT = ("sort", "near", "view")


@register.simple_tag(takes_context=True)
def looks(context, here: str) -> SafeString:
    """Links to the other looks of the list whose page is `here`, with its filters."""
    of_list = next(each for each in (_CASES, _OUTCOMES, _CROSSWALK) if here in dict(each))
    address = context["selection"].address
    for name in _LEFT_OUT:
        address = address.without(name)
    links = [
        (
            address.at(address_of_list(name)),
            mark,
            format_html("<strong>{}</strong>", label()) if mark else label(),
        )
        for name, label in of_list
        for mark in [SafeString(' aria-current="page"') if name == here else ""]
    ]
    items = format_html_join("", '<li><a class="tag" href="{}"{}>{}</a></li>', links)
    return format_html(
        '<nav class="looks" aria-label="{}"><ul class="tags">{}</ul></nav>', _("Shown as"), items
    )
