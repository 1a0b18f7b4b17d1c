"""Template tags that write names, each marked as what language it is in."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from records.names import CHINESE, ENGLISH, HAN, Named, reads_chinese

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
def english(text: str) -> SafeString:
    """A word of the index: on a Chinese page marked as English, unless it is written in Chinese characters."""
    said = han(text)
    if reads_chinese() and not HAN.search(str(text)):
        return mark_safe(f'<span lang="{ENGLISH}">{said}</span>')  # noqa: S308 - escaped
    return said


@register.filter
def han(text: str) -> SafeString:
    """A text with what is Chinese in it marked as Chinese: words of a source, or what a reader typed."""
    text, said, end = str(text), [], 0
    for each in HAN.finditer(text):
        said += [escape(text[end : each.start()]), f'<span lang="{CHINESE}">{escape(each[0])}</span>']
        end = each.end()
    return mark_safe("".join([*said, escape(text[end:])]))  # noqa: S308 - escaped
