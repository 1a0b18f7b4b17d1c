"""The document of a case, with all that hangs on it."""

from __future__ import annotations

from rest_framework.serializers import Serializer

from cases.columns import CASES
from cases.deadlines.columns import TARGETS
from cases.ledger.columns import OUTCOMES
from cases.named.columns import LESSONS, PARTNERS, PLACES
from catalogue.api import schemas as s
from catalogue.api.documents.parts import EDITOR, FIRST, LAST, LINES, Printed, Sourced
from notes.columns import NOTES


class Lead(Serializer):
    """What stands before the first heading of a case."""

    digest = s.text("what it says, in our own words")
    first_line = s.whole(FIRST)
    last_line = s.whole(LAST)


class Section(Serializer):
    """A headed part of a case."""

    key = s.known("what it is called in the address of its place")
    heading = s.text("as printed")
    kind = s.known(
        "abstract, background, measures, innovation, outcomes, lessons, implementation, schedule, or other"
    )
    kinds = s.texts("all kinds that the heading names")
    level = s.counted("1 for a part of the case, 2 for a part of that")
    digest = s.text("what it says, in our own words")
    first_line = s.whole("line of the heading in the source")
    last_line = s.whole("last line of its own text, sub-sections included")
    text = s.text(
        "as printed; only where the operator attached the source and its rights allow it", required=False
    )


class Start(Serializer):
    """When a case began."""

    date = s.text("EDTF; empty where the source does not say")
    lines = s.text(LINES)
    reason = s.text("why it is taken for the start")


class ThemeOfCase(Serializer):
    """Why a case stands under a theme."""

    theme = s.known("slug of the theme")
    reason = s.text("why")
    lines = s.text(LINES)
    judged_by = s.known(EDITOR)


class GoalOfCase(Serializer):
    """Why a case works for a Sustainable Development Goal."""

    goal = s.counted("number of the goal, 1 to 17")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why")
    lines = s.text(LINES)


class NoveltyOfCase(Printed):
    """How new the source calls a case."""

    kind = s.known("evolutionary, revolutionary or incremental")
    said_by = s.text("who says so")
    reason = s.text("why it is read so")


class AnswerOfCase(Sourced):
    """An article of a declaration that a case answers to."""

    declaration = s.known("slug of the declaration")
    article = s.counted("number of the article")
    article_heading = s.text("its heading, as printed")
    basis = s.known("stated by the source, or inferred by an editor")
    reason = s.text("why, in our own words")
    editor = s.text("who judged")


class Milestone(Printed):
    """A dated fact."""

    date = s.text("EDTF")
    event = s.known("what happened, in our own words")


class Case(s.row_of(CASES)):
    """A case with all that hangs on it."""

    lead = Lead(help_text="what stands before the first heading")
    sections = Section(many=True, help_text="its headed parts, in printed order")
    start = Start(help_text="when it began")
    theme_reasons = ThemeOfCase(many=True, help_text="its themes, with reasons")
    goal_reasons = GoalOfCase(many=True, help_text="its goals, with reasons")
    novelty_claims = NoveltyOfCase(many=True, help_text="how new the source calls it")
    answers = AnswerOfCase(many=True, help_text="articles of declarations it answers to")
    milestones = Milestone(many=True, help_text="dated facts")
    outcomes = s.row_of(OUTCOMES)(many=True, help_text="each printed claim")
    notes = s.row_of(NOTES)(many=True, help_text="source checks")
    partners = s.row_of(PARTNERS)(many=True, help_text="organisations in their roles")
    places = s.row_of(PLACES)(many=True, help_text="places it names")
    transfers = s.row_of(LESSONS)(many=True, help_text="who learned from whom")
    targets = s.row_of(TARGETS)(many=True, help_text="what was to be reached by when")
