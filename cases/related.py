"""Cases like a case: at most four, with what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch

from cases.models import Initiative, Section, Theme
from search.highlights import Highlighter
from search.related import Traits, related, traits
from search.service import Building, snapshot
from search.understanding import Form, Typed, Word

MOST = 4
_MOST_WORDS = 5  # shown of the words two cases share
_ENOUGH = 2  # words that two cases without a theme in common must share


@dataclass(frozen=True)
class Related:
    """A case and what it has in common with the one whose page it stands on."""

    case: Initiative
    themes: Sequence[Theme]
    words: Sequence[str]


def related_cases(case: Initiative) -> list[Related]:
    """The public cases that share most themes and rare words with a case, given `for_lists`; [] without an index."""
    try:
        state = snapshot()
    except Building:
        return []
    themes = [link.theme for link in case.theme_links.all()]
    case.digested = list(case.sections.filter(hidden=False).order_by("position"))
    wanted = traits(state, _texts(case), [theme.slug for theme in themes])
    # One more for the case itself, some for what is no longer public by now or shares too little.
    ids = [id for id in related(state, "case", "theme", wanted, 2 * MOST) if id != case.pk]
    sections = Prefetch("sections", Section.objects.filter(hidden=False).order_by("position"), "digested")
    found = Initiative.objects.public().for_lists().prefetch_related(sections).filter(pk__in=ids).in_bulk()
    words = _highlighter(wanted)
    made = (_compared(found[id], themes, wanted, words) for id in ids if id in found)
    return list(islice((each for each in made if each.themes or len(each.words) >= _ENOUGH), MOST))


def _highlighter(wanted: Traits) -> Highlighter:
    forms = [(written, Form((stem,))) for stem, written in wanted.words.items()]
    return Highlighter(Word(Typed(written, (written,)), (form,)) for written, form in forms)


def _texts(case: Initiative) -> Iterator[str]:
    yield from (case.title, case.summary, case.lead_digest)
    yield from (section.digest for section in case.digested)


def _compared(
    other: Initiative, themes: Sequence[Theme], wanted: Traits, highlighter: Highlighter
) -> Related:
    theirs = {link.theme_id for link in other.theme_links.all()}
    held = highlighter.held("\n".join(_texts(other)))
    words = [written for place, written in enumerate(wanted.words.values()) if place in held]
    return Related(other, [theme for theme in themes if theme.pk in theirs], words[:_MOST_WORDS])
