"""What the head of a page says to programs: where it stands for good, in which languages, and what it is about."""

from __future__ import annotations

from html import unescape

from django import template
from django.conf import settings
from django.template.base import Node, NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import heads
from catalogue.templatetags.site import html_lang
from listing.addresses import address_of_list, translated
from listing.export_links import export_links
from listing.formats import json_text
from listing.views import site_of

register = template.Library()

_SHARED = "1200", "630"  # pixels of static/share.png

# Open Graph writes a language with a country, as ISO 3166 and 639 have them: https://ogp.me/#optional
_LOCALES = {"en": "en_GB", "zh-hans": "zh_CN"}
# In JSON within a page these could end the script, or be read as markup by what comes before HTML's own reader.
_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class _Captured(Node):
    """Text of a page that is said in several places: made once, kept under a name."""

    def __init__(self, name: str, nodelist: NodeList):
        self.name, self.nodelist = name, nodelist

    def render(self, context) -> str:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - a template's
        return ""


@register.tag
def captured(parser: Parser, token: Token) -> Node:
    """`{% captured name %}…{% endcaptured %}`: what stands between them as the variable `name`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return _Captured(name, nodelist)


@register.simple_tag(takes_context=True)
def head(context) -> str:
    """Finishes `page_title` and `page_description`, captured from the blocks of a template (see catalogue/heads)."""
    for name, finish in (("page_title", heads.title), ("page_description", heads.description)):
        # What a block gave is escaped already; what is made of facts is escaped where it is put in.
        own = unescape(str(context.get(name, "")))
        context[name] = finish(context, own)
    return ""


@register.simple_tag(takes_context=True)
def addresses(context) -> SafeString:
    """Where the page stands for good, in each language, and how it is shown where it is shared.

    A list stands under what was understood of its query: names of other programs, values that are none and what is
    said twice make no address of their own.
    """
    request = context.get("request")
    if request is None:
        return SafeString("")
    address = _lasting(context)
    site = site_of(request)
    here = site + address
    others = [(html_lang(code), site + translated(address, code)) for code, _name in settings.LANGUAGES]
    default = site + translated(address, settings.LANGUAGE_CODE)
    links = [format_html('<link rel="canonical" href="{}">', here)]
    for code, url in [*others, ("x-default", default)]:
        links.append(format_html('<link rel="alternate" hreflang="{}" href="{}">', code, url))
    links += _feeds(context, site)
    return mark_safe("\n".join([*links, *_graph(context, here, site)]) + "\n")  # noqa: S308 - of formatted parts


def _lasting(context) -> str:
    page, understood = context.get("page_obj"), context.get("understood_url")
    if understood is None:
        return context["request"].path
    number = getattr(page, "number", 1)
    if number > 1:
        understood += f"{'&' if '?' in understood else '?'}page={number}"
    return understood


def _feeds(context, site: str) -> list[SafeString]:
    """The feeds of a list under its query."""
    selection = context.get("selection")
    table = getattr(context.get("view"), "table", None)
    if selection is None or table is None or "page_obj" not in context:
        return []
    rows_at = getattr(context["view"], "rows_at", "")
    path = address_of_list(rows_at) if rows_at else context["request"].path
    markup = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    return [
        format_html(markup, link["label"], site + link["url"])
        for link in export_links(table, selection.address.at(path))
        if link["format"] == "atom"
    ]


def _graph(context, here: str, site: str) -> list[SafeString]:
    """Open Graph (https://ogp.me): what a message shows of a page that somebody shares."""
    kind = "article" if "record" in context else "website"
    said = {
        "og:type": kind,
        "og:site_name": _("Urban Innovation Catalogue"),
        "og:title": context.get("page_title", ""),
        "og:description": context.get("page_description", ""),
        "og:url": here,
        "og:image": site + static("share.png"),
        "og:image:alt": _("Urban Innovation Catalogue"),
        "og:image:width": _SHARED[0],
        "og:image:height": _SHARED[1],
        "og:locale": _LOCALES.get(get_language() or "", ""),
    }
    return [
        format_html('<meta property="{}" content="{}">', name, text) for name, text in said.items() if text
    ]


@register.simple_tag
def linked(document: dict | None) -> SafeString:
    """A document of linked data (JSON-LD) as a script that browsers leave alone."""
    if not document:
        return SafeString("")
    text = json_text.text(document).translate(_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>\n')  # noqa: S308 - nothing can end it


@register.simple_tag
def elements(pairs: list[tuple[str, str]] | None) -> SafeString:
    """Names and contents as elements of the head of a page."""
    return format_html_join("", '<meta name="{}" content="{}">\n', pairs or [])
