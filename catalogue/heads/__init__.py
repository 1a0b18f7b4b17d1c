"""What the head of each page says to whoever sees only that: its title, and a description made of facts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalogue.heads.lists import description_of_list, title_of_list
from catalogue.heads.pages import SAID
from catalogue.heads.sentences import LEAST, fitted
from catalogue.heads.things import description_of_thing, title_of_thing


def title(context, own: str) -> str:
    """The title of a page; `own` is what its template calls it."""
    if (record := context.get("record")) is not None:
        return title_of_thing(record) or own
    return title_of_list(context, own) if "chips" in context else own


def description(context, own: str) -> str:
    """50 to 160 characters on what stands on a page; `own` is what its template says."""
    record = context.get("record")
    if record is not None and (said := description_of_thing(record, context)):
        return said
    match = getattr(context.get("request"), "resolver_match", None)
    own = own or str(SAID.get(match.view_name, "") if match else "")
    if "chips" in context:
        return description_of_list(context, own)
    if len(own) >= LEAST:
        return fitted(own)
    return fitted(
        own,
        _("What cities tried, what came of it, and how anyone knows."),
        _("Cases of urban innovation, each held to the document and the line it was read from."),
    )
