"""How a document of the sources itself is cited, in the styles of the field: what it says of itself and no more."""

from __future__ import annotations

import json
import re

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from listing.citations import STYLES, Styled, written
from records import dates
from sources.columns import authors_of
from sources.models import Source

_TWICE = re.compile(r"^(<i>.+?</i>)(\. [^<]*?\. )\1\.? ?")


def document_item(source: Source) -> dict:
    """The document in CSL-JSON: title, publisher, date, address where known; a date that is none of one day,
    month or year is left out."""
    today = timezone.localdate()
    day = dates.iso(source.date)
    record = {
        "id": source.slug,
        "type": "report",
        "title": source.title,
        "author": [{"literal": name} for name in authors_of(source)],
        "publisher": source.publisher,
        "issued": day and {"date-parts": [[int(part) for part in day.split("-")]]},
        "URL": source.url,
        "accessed": source.url and {"date-parts": [[today.year, today.month, today.day]]},
        "language": source.language,
    }
    return {name: value for name, value in record.items() if value}


def cite_document(source: Source) -> list[Styled]:
    """The citation as text, in each style."""
    record = json.dumps(document_item(source), sort_keys=True, ensure_ascii=False)
    return [Styled(key, name, _once(written(record, file))) for key, (name, file) in STYLES.items()]


def _once(text: SafeString) -> SafeString:
    """The citation with its title once: where nobody is named as author the title stands there, and styles have it not
    repeated, which citeproc-py does."""
    return mark_safe(_TWICE.sub(r"\1\2", text).strip())  # noqa: S308 - a part of what was safe
