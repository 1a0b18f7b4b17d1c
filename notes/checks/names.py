"""Titles, contents list and spellings of a case: much of it was ruled on when the text was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cases.models import Initiative
from notes.checks.registry import Finding, check, places
from notes.checks.subjects import CaseFile, Document
from notes.vocabularies import Kind, Severity
from sources.models import Ruling

_TITLES = {
    Ruling.Kind.TITLE_DIFFERS: "The title over the text is another than the one in the contents list.",
    Ruling.Kind.MISSING_FROM_CONTENTS: "The case stands in the body, and the contents list does not name it.",
}


def _of(rulings: list[Ruling], kind: str) -> list[Ruling]:
    return [each for each in rulings if each.kind == kind]


@check("title", of=CaseFile)
def title(case: CaseFile) -> Iterator[Finding]:
    """A case whose title stands in the contents list alone, differs there, or is missing there."""
    if case.case.title_from == Initiative.TitleFrom.CONTENTS and case.case.title_line:
        yield Finding(
            key="only-in-contents",
            kind=Kind.CONTENTS,
            severity=Severity.LOW,
            lines=f"{case.case.title_line}; {case.case.first_line}",
            printed=(case.case.title,),
            note="The body prints no title over this case; it is known from the contents list.",
        )
    for kind, note in _TITLES.items():
        for ruling in _of(case.rulings, kind):
            yield Finding(ruling.key, Kind.CONTENTS, Severity.LOW, ruling.lines, note, (ruling.printed,))


def _varying(rulings: list[Ruling]) -> Iterator[Finding]:
    for ruling in _of(rulings, Ruling.Kind.SPELLING_VARIES):
        yield Finding(
            key=ruling.key,
            kind=Kind.SPELLING,
            severity=Severity.LOW,
            lines=ruling.lines,
            printed=(ruling.printed,),
            note=f"The same name is written “{ruling.read_as}” elsewhere.",
        )


@check("spelling", of=CaseFile)
def spelling(case: CaseFile) -> Iterator[Finding]:
    """A name that an editor ruled to be spelt in several ways."""
    yield from _varying(case.rulings)


@check("spelling-in-document", of=Document)
def spelling_in_document(document: Document) -> Iterator[Finding]:
    """The same outside of cases."""
    yield from _varying(document.rulings)


@check("names-of-one-thing", of=CaseFile)
def names_of_one_thing(case: CaseFile) -> Iterator[Finding]:
    """An organisation or a place that the records of a case print in more than one form."""
    by_thing = defaultdict(list)
    for mention in case.mentions:
        thing = mention.organisation if hasattr(mention, "organisation") else mention.place
        if mention.printed and mention.first_line:
            by_thing[thing].append(mention)
    for thing, mentions in by_thing.items():
        forms = dict.fromkeys(mention.printed for mention in mentions)
        if len({form.casefold() for form in forms}) > 1:
            yield Finding(
                key=thing.slug,
                kind=Kind.SPELLING,
                severity=Severity.LOW,
                lines=places(*mentions),
                printed=tuple(forms),
                note="The same name is printed in more than one form; it is taken as one.",
            )
