"""The marks of a map as SVG, written without a template each: a map of the world has a hundred and more."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cases.mapped.picture import RING, Drawn, Picture

register = template.Library()

REACH = 13  # what a finger hits at least, in units of the picture


@register.simple_tag
def map_marks(picture: Picture) -> SafeString:
    """Every mark as a link, with its name beside it, the one with most cases first."""
    parts = [part for mark in picture.marks for part in _mark(mark)]
    return mark_safe("\n".join(parts))  # noqa: S308 - of escaped parts


def _mark(mark: Drawn) -> list[str]:
    at = f'cx="{mark.x:.1f}" cy="{mark.y:.1f}"'
    group = mark.city is None
    further = ""
    if group:
        further = (
            f'<circle class="map__ring" {at} r="{mark.radius + RING:.1f}"/>'
            f'<text class="map__number" x="{mark.x:.1f}" y="{mark.y:.1f}" dy=".35em">{len(mark.cities)}</text>'
        )
    url = escape(mark.url) + ("#map" if mark.is_nearer else "")
    reach = f'<circle class="map__reach" {at} r="{REACH}"/>'
    disc = f'<circle class="map__disc" {at} r="{mark.radius:.1f}"/>'
    title = f"<title>{escape(mark.said)}</title>"
    parts = [f'<a class="map__mark" href="{url}">{title}{reach}{disc}{further}</a>']
    if mark.label:
        parts.append(_label(mark))
    return parts


def _label(mark: Drawn) -> str:
    """The name of a city leads to its page; that of a group only says what its link says already."""
    label, city = mark.label, mark.city
    said = f'lang="{mark.lang}"' if city else 'aria-hidden="true"'
    place = f'x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="{label.anchor}"'
    text = f'<text class="map__label" {place} {said}>{escape(label.text)}</text>'
    return f'<a class="map__name" href="{escape(city.get_absolute_url())}">{text}</a>' if city else text
