"""Addresses in what strangers wrote, as links that staff may follow."""

import re
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_ADDRESS = re.compile(r"(https?://[^\s<>\"']+)", re.IGNORECASE)
# What ends a sentence or closes a bracket around an address is no part of it.
_AFTER = ".,;:!?)]}，。；：！？）】》」"


def linked(text: str) -> SafeString:
    """The text, escaped, with each http and https address in it as a link; whatever else looks like one stays text.

    The page that is led to is not told where the reader came from, and gets no hold on this window. The whole address
    is shown, so that nobody follows what they have not read.
    """
    # Every second piece is an address.
    pieces = _ADDRESS.split(text)
    return mark_safe(  # noqa: S308 each piece is escaped
        "".join(_link(piece) if place % 2 else format_html("{}", piece) for place, piece in enumerate(pieces))
    )


def _link(found: str) -> SafeString:
    address = found.rstrip(_AFTER)
    try:
        has_host = bool(urlsplit(address).hostname)
    except ValueError:
        has_host = False
    if not has_host:
        return format_html("{}", found)
    html = '<a href="{}" rel="noopener noreferrer nofollow">{}</a>{}'
    return format_html(html, address, address, found[len(address) :])
