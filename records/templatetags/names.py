"""Template tags that write names, each marked as what language it is in."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from records.names import CHINESE, HAN, Named

register = template.Library()


@register.simple_tag
def named(record: Named, url: str = "") -> SafeString:
    """Every name that readers know a record by, in their language first; where there is a `url`, that one leads there.

    `{% named city %}`, `{% named city city.get_absolute_url %}`
    """
    return mark_safe(names_html(record, url))  # noqa: S308 - escaped


def names_html(record: Named, url: str = "") -> str:
    """The same for pages that are written without a template."""
    (text, language), *others = record.names()
    if url:
        said = f'<a href="{escape(url)}" lang="{language}">{escape(text)}</a>'
    else:
        said = f'<span lang="{language}">{escape(text)}</span>'
    for other in others:
        said += f' <span class="local-name" lang="{other.language}">{escape(other.text)}</span>'
    return said


@register.simple_tag
def first_name(record: Named, url: str = "") -> SafeString:
    """The name a record has in the language of the page, where there is room for one."""
    text, language = record.names()[0]
    tag, end = (f'a href="{escape(url)}"', "a") if url else ("span", "span")
    return mark_safe(f'<{tag} lang="{language}">{escape(text)}</{end}>')  # noqa: S308 - escaped


@register.filter
def han(text: str) -> SafeString:
    """A text with what is Chinese in it marked as Chinese: words of a source, or what a reader typed."""
    said, end = [], 0
    for each in HAN.finditer(str(text)):
        said += [escape(text[end : each.start()]), f'<span lang="{CHINESE}">{escape(each[0])}</span>']
        end = each.end()
    return mark_safe("".join([*said, escape(str(text)[end:])]))  # noqa: S308 - escaped
