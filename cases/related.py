"""Cases like a case: at most four, with what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from cases.models import Initiative, InitiativeTheme, Section, Theme
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
    wanted = traits(state, _texts([case])[case.pk], [theme.slug for theme in themes])
    # One more for the case itself, some for what is no longer public by now or shares too little.
    ids = [id for id in related(state, "case", "theme", wanted, 2 * MOST) if id != case.pk]
    found = Initiative.objects.public().select_related("city").in_bulk(ids)
    made = _compared([found[id] for id in ids if id in found], themes, wanted)
    return list(islice((each for each in made if each.themes or len(each.words) >= _ENOUGH), MOST))


def _compared(cases: Sequence[Initiative], themes: Sequence[Theme], wanted: Traits) -> Iterable[Related]:
    """Each case with the themes and words of these that it has too."""
    texts, theirs, highlighter = _texts(cases), _theme_ids(cases), _highlighter(wanted)
    for case in cases:
        held = highlighter.held("\n".join(texts[case.pk]))
        words = [written for place, written in enumerate(wanted.words.values()) if place in held]
        shared = [theme for theme in themes if theme.pk in theirs[case.pk]]
        yield Related(case, shared, words[:_MOST_WORDS])


def _highlighter(wanted: Traits) -> Highlighter:
    forms = [(written, Form((stem,))) for stem, written in wanted.words.items()]
    return Highlighter(Word(Typed(written, (written,)), (form,)) for written, form in forms)


def _texts(cases: Iterable[Initiative]) -> dict[int, list[str]]:
    """What each case says in our own words."""
    texts = {case.pk: [case.title, case.summary, case.lead_digest] for case in cases}
    sections = Section.objects.filter(initiative__in=texts, hidden=False).order_by("pk")
    for pk, digest in sections.values_list("initiative_id", "digest"):
        texts[pk].append(digest)
    return texts


def _theme_ids(cases: Iterable[Initiative]) -> dict[int, set[int]]:
    """The public themes of each case."""
    ids: dict[int, set[int]] = defaultdict(set)
    links = InitiativeTheme.objects.filter(InitiativeTheme.own_public_q(), initiative__in=cases).order_by()
    for case, theme in links.values_list("initiative_id", "theme_id"):
        ids[case].add(theme)
    return ids
