"""`/search/suggest.json?q=`: at most eight suggestions for what a reader is typing. Pages work without it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Initiative
from cities.models import City
from listing import exports
from listing.filters import TextFilter
from listing.formats import json_text
from listing.methods import reading_only
from listing.text import is_plain, shown
from records.models import Record
from records.names import CHINESE, ENGLISH
from search.analysis import BETWEEN, HAN
from search.service import Building, snapshot
from search.suggestions import Typing

MOST = 8
_MOST_OF_A_KIND = 4
_MOST_CITIES = _MOST_SYNONYMS = 2
# The index holds names in syllables written together: "Hsia-m" begins "Hsiamen".
_IN_PARTS = re.compile(rf"(?<=\w)[\s{BETWEEN}](?=\w)")
LONGEST = TextFilter.longest
FORM = exports.FORMATS["json"]


@reading_only
def suggest(request: HttpRequest) -> HttpResponse:
    """`suggestions`, each with type (word, city, case), text, where it is a thing the url of its page, and
    `parts`: the text parted by language."""
    typed = request.GET.get("q", "").lstrip()
    if not is_plain(typed) or len(typed) > LONGEST:
        message = _("“%(value)s” is not a known value of “%(name)s”.")
        return exports.refusal(FORM, [message % {"value": shown(typed), "name": "q"}])
    try:
        suggestions = _suggestions(typed)
    except Building:
        suggestions = []
    body = json_text.text({"q": typed, "suggestions": suggestions}) + "\n"
    answer = HttpResponse(body, content_type=FORM.content_type)
    answer["Cache-Control"] = "no-cache"  # what was taken back must not be offered any more
    return answer


def _suggestions(typed: str) -> list[dict]:
    """Cities first, for they are few; then synonyms of what is typed, and words; then cases."""
    if not typed.strip():
        return []
    typing = Typing(snapshot(), typed)
    found = typing.names("city", "names", _MOST_CITIES)
    if not found and _IN_PARTS.search(typed):
        found = Typing(snapshot(), _IN_PARTS.sub("", typed)).names("city", "names", _MOST_CITIES)
    cities = _public(City, found)
    names = {city.name.casefold() for city in cities}
    texts = [typing.head + word for word in typing.words(_MOST_OF_A_KIND)]
    texts = list(dict.fromkeys([*typing.synonyms(_MOST_SYNONYMS), *texts]))[:_MOST_OF_A_KIND]
    words = [_word(text) for text in texts if text.casefold() not in names]
    room = MOST - len(cities) - len(words)
    cases = [_named(case, "case") for case in _public(Initiative, typing.names("case", "title", room))]
    return [*(_named(city, "city") for city in cities), *words, *cases]


def _public(model: type[Record], ids: Iterable[int]) -> list[Record]:
    """The records, in that order, those of them that readers may see."""
    ids = list(ids)
    records = {each.pk: each for each in model.objects.public().filter(pk__in=ids)} if ids else {}
    return [records[id] for id in ids if id in records]


def _word(text: str) -> dict:
    language = CHINESE if HAN.search(text) else ENGLISH
    return {"type": "word", "text": text, "url": None, "parts": [{"text": text, "lang": language}]}


def _named(record: Record, kind: str) -> dict:
    parts = [{"text": each.text, "lang": each.language} for each in record.names()]
    text = " ".join(each["text"] for each in parts)
    return {"type": kind, "text": text, "url": record.get_absolute_url(), "parts": parts}
