"""The document of a declaration, with its articles and the cases that answer to them."""

from __future__ import annotations

from rest_framework.serializers import Serializer

from catalogue.api import schemas as s
from catalogue.api.documents.parts import FIRST, LAST, LINES, SOURCE, Sourced


class AnswerToArticle(Sourced):
    """A case that answers to an article."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why, in our own words")
    editor = s.text("who judged")


class Article(Serializer):
    """An article or proposal of a declaration."""

    number = s.counted("1, 2, ...")
    number_as_printed = s.text("as printed")
    heading = s.text("as printed")
    digest = s.text("what it says, in our own words")
    first_line = s.whole(FIRST)
    last_line = s.whole(LAST)
    cases = AnswerToArticle(many=True, help_text="cases that answer to it, at most 100")
    more_cases = s.yes("whether there are more: the list crosswalk has them all")


class Closing(Serializer):
    """The last part of a declaration."""

    digest = s.text("what it says, in our own words")
    lines = s.text(LINES)


class CountOfDeclaration(Serializer):
    """A number that a declaration prints."""

    what = s.known("what is counted")
    value = s.number("the number")
    unit = s.text("its unit")
    printed = s.text("as printed")
    lines = s.text(LINES)


class Declaration(Serializer):
    """A declaration with its articles."""

    id = s.known("slug of the declaration")
    title = s.known("title as printed")
    adopted = s.text("date of adoption, EDTF")
    held = s.text("when the meeting was held, EDTF")
    place = s.text("as printed")
    city = s.text("the city it was adopted in")
    city_id = s.text("its slug")
    occasion = s.text("meeting that adopted it")
    digest = s.text("summary of the preamble in our own words")
    source = s.text(SOURCE)
    articles = Article(many=True, help_text="its articles or proposals")
    closing = Closing(help_text="its last part")
    counts = CountOfDeclaration(many=True, help_text="numbers it prints")
    url = s.address("address of its page")
