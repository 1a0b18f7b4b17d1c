"""Where the rows of a page are taken away: one address for each form, whatever the language of the page."""

from __future__ import annotations

from django.conf import settings

from listing import exports
from listing.addresses import Address, translated, with_ending
from listing.columns import Table


def export_links(table: Table, address: Address) -> list[dict[str, str]]:
    """Each form that serves a table, and each kind of it: label, url, format, kind. `address` is that of the page."""
    path, links = translated(address.path, settings.LANGUAGE_CODE), []
    for form in exports.forms_of(table):
        own = address.at(with_ending(path, form.name))
        links.append({"label": form.label, "url": str(own), "format": form.name, "kind": ""})
        for kind, label in form.kinds:
            url = str(own.having("for", kind))
            links.append({"label": label, "url": url, "format": form.name, "kind": kind})
    return links
