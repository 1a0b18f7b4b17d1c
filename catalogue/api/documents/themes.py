"""The document of a theme, with what is above and below it and its cases."""

from __future__ import annotations

from rest_framework.serializers import Serializer

from cases.columns import THEMES
from catalogue.api import schemas as s
from catalogue.api.documents.parts import EDITOR, Sourced


class Narrower(Serializer):
    """A theme below another."""

    id = s.known("slug of the theme")
    cases = s.counted("number of its own cases")


class Match(Serializer):
    """A concept of an outside vocabulary."""

    relation = s.known("exact, close, broad or narrow")
    uri = s.address("its URI")
    label = s.text("its name there")
    scheme = s.text("the vocabulary")
    reason = s.text("why it is the same, or nearly")
    judged_by = s.known(EDITOR)


class CaseOfTheme(Sourced):
    """A case of a theme."""

    case = s.known("slug of the case")
    title = s.known("its title")
    city = s.known("its city")
    reason = s.text("why it stands there")
    judged_by = s.known(EDITOR)
    url = s.address("address of its page")


class Theme(s.row_of(THEMES)):
    """A theme, what is above and below it, and its cases."""

    definition_zh = s.text("what the editors count under it, in Chinese")
    narrower = Narrower(many=True, help_text="themes below it")
    matches = Match(many=True, help_text="concepts of outside vocabularies")
    case_reasons = CaseOfTheme(many=True, help_text="its cases, at most 100")
    more_cases = s.yes("whether there are more")
