"""What a list repeats some hundred times on a page, made here: as templates these cost more than the rest of the page.

Every text is escaped where it is put in; what comes out is ready for a page.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from listing.facets import FacetValue
from search.highlights import Match, Reason, Segment, Snippet

register = template.Library()


@register.simple_tag
def facet_values(name: str, values: Iterable[FacetValue]) -> SafeString:
    """The values of a filter as checkboxes, each with its count."""
    box = f'<input type="checkbox" name="{escape(name)}" value="'
    return mark_safe("\n".join(_value(each, box) for each in values))  # noqa: S308 - escaped


def _value(value: FacetValue, box: str) -> str:
    empty, checked = "" if value.count else ' class="is-empty"', " checked" if value.selected else ""
    quoted = f' <span lang="en">{escape(value.quoted)}</span>' if value.quoted else ""
    label = (
        f'<span class="label">{escape(value.label)}{quoted}</span> <span class="count">{value.count}</span>'
    )
    return f'<label{empty}>{box}{escape(value.value)}"{checked}> {label}</label>'


@register.simple_tag
def marked(segments: Iterable[Segment]) -> SafeString:
    """A text with what was searched for marked in it."""
    parts = (f"<mark>{escape(each.text)}</mark>" if each.marked else escape(each.text) for each in segments)
    return mark_safe("".join(parts))  # noqa: S308 - escaped


@register.simple_tag
def snippets(match: Match) -> SafeString:
    """The pieces of text that show why something was found, and what is no literal match."""
    reasons = "".join(f"<li>{escape(_reason(each))}</li>" for each in match.reasons)
    why = f'<ul class="snippet__why small muted">{reasons}</ul>' if reasons else ""
    return mark_safe("".join(map(_snippet, match.snippets)) + why)  # noqa: S308 - escaped


def _snippet(snippet: Snippet) -> str:
    label = f'<span class="snippet__label">{escape(snippet.label)}{_(": ")}</span>' if snippet.label else ""
    lang = f' lang="{escape(snippet.lang)}"' if snippet.lang else ""
    return f'<p class="snippet">{label}<span{lang}>{marked(snippet.segments)}</span></p>\n'


def _reason(reason: Reason) -> str:
    if reason.why == "synonym":
        said = _("“%(found)s”: synonym of “%(typed)s”")
    else:
        said = _("“%(found)s”: for the typed “%(typed)s”")
    return said % {"found": reason.found, "typed": reason.typed}
