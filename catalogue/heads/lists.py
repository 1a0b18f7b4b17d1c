"""Titles and descriptions of lists: they say the filters, and how many rows are left."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from catalogue.heads import counts
from catalogue.heads.sentences import cut, fitted, sentence
from listing.chips import Chip

# The rest of the title must stay to be seen.
_LONGEST_FILTERS = 100


def _filters(chips: Iterable[Chip]) -> str:
    """The filters in use: "Theme: housing; City: 海口 Haikou"."""
    said = (f"{chip.heading}{_(': ')}{' '.join(filter(None, (chip.label, chip.quoted)))}" for chip in chips)
    return cut(_("; ").join(said), _LONGEST_FILTERS)


def title_of_list(context, own: str) -> str:
    """What a list is called, with its filters and the number of its page."""
    return " – ".join(filter(None, [own, _filters(context["chips"]), _page(context)]))


def _page(context) -> str:
    """Which page of the list it is, beyond the first."""
    number = getattr(context.get("page_obj"), "number", 1)
    return _("page %(number)s") % {"number": number} if number > 1 else ""


def description_of_list(context, own: str) -> str:
    """What a list holds; under filters, which and how many rows."""
    count = sentence([counts.entries(context.get("count") or 0), _page(context)])
    filters = sentence([_filters(context["chips"])])
    said = [filters, count, own] if filters else [own, count]
    return fitted(*said, _("Filter, search and sort it; take it away as a table or as data."))
