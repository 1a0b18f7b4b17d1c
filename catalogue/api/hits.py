"""The shape of an answer of the site-wide search."""

from __future__ import annotations

from rest_framework.serializers import CharField, DictField, IntegerField, Serializer

from catalogue.api import schemas as s
from catalogue.hits import KINDS

_KINDS = ", ".join(KINDS)


class Segment(Serializer):
    """A stretch of a text."""

    text = s.known("the words")
    marked = s.yes("whether they are what was searched for")


class Snippet(Serializer):
    """A piece of a text that holds what was searched for."""

    label = s.text("what the text is; empty for summaries")
    segments = Segment(many=True, help_text="the piece")


class Reason(Serializer):
    """A match that is not the typed word."""

    why = s.known("synonym, correction, or division (the city of a typed district or county)")
    found = s.known("the word that was found")
    typed = s.known("the word that was typed")
    named = s.known("the names of a division in full", required=False)


class Highlights(Serializer):
    """Why a hit was found."""

    title = Segment(many=True, help_text="its title")
    snippets = Snippet(many=True, help_text="pieces of its texts")
    reasons = Reason(many=True, help_text="matches that are not the typed word")


class Hit(Serializer):
    """A thing that was found."""

    type = s.known(_KINDS)
    slug = s.known("of an article: slug of its declaration, a colon, its number")
    city = s.text("usual English name; of a declaration or article the city it was adopted in")
    title = s.known("title or name; of an article its heading")
    url = s.address("address of its page")
    score = s.number("how well it matches; comparable within one answer only")
    highlights = Highlights(help_text="why it was found")


class Understood(Serializer):
    """How the words were understood."""

    corrections = DictField(
        child=CharField(), help_text="words that were typed, and what was searched for instead"
    )
    all_words = s.yes("whether the results hold all of the words")
    unknown = s.texts("words that nothing holds")
    left_out = s.counted("how many words were too many")
    offers = DictField(
        child=CharField(), required=False, help_text="quoted texts that nothing holds, and what may be meant"
    )


class Hits(s.Paged):
    """A page of what was found in the whole catalogue."""

    types = DictField(
        child=IntegerField(), help_text=f"results of each kind, whatever type is chosen: {_KINDS}"
    )
    understood = Understood(help_text="how the words were understood")
    results = Hit(many=True, help_text="what was found, best first")
    near = Hit(many=True, help_text="what holds only some of the words, best first and not counted")
