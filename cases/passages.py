"""The texts of a case that a reader sees, for showing why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from cases.models import Initiative, Milestone, Outcome, Partner, Section
from cities.passages import names_of
from records import dates
from search.highlights import Highlighter, Passage
from sources.printed import PrintedTexts


def explain(cases: Sequence[Initiative], highlighter: Highlighter) -> None:
    """Gives each case a `match`: its title and snippets with the words marked. A fixed number of queries."""
    prefetch_related_objects(cases, *prefetches())
    printed = PrintedTexts()
    for case in cases:
        case.match = highlighter.show(case.title, passages(case), full_text(case, printed))


def prefetches() -> list[Prefetch | str]:
    """What `passages` reads of a case besides what lists load."""
    parts = [("sections", Section, ()), ("milestones", Milestone, ()), ("outcomes", Outcome, ())]
    parts += [("partners", Partner, ("organisation",))]
    seen = [
        Prefetch(
            name, model.objects.filter(hidden=False).select_related(*joined).order_by("pk"), "seen_" + name
        )
        for name, model, joined in parts
    ]
    return [*seen, "city__figure_sets"]


def passages(case: Initiative) -> list[Passage]:
    """All its texts, the summary first: where nothing matched, the row shows how that begins."""
    themes = [link.theme for link in case.theme_links.all()]
    scopes = [each.scope_as_printed for each in case.city.figure_sets.all() if not each.hidden]
    return [
        Passage(case.summary),
        *([Passage(case.lead_digest)] if case.lead_digest else []),
        *(Passage(f"{section.heading}: {section.digest}") for section in case.seen_sections),
        *names_of(case.city, scopes),
        *(Passage(theme.name, _("Theme")) for theme in themes),
        *(Passage(theme.name_zh, _("Theme"), "zh-Hans") for theme in themes if theme.name_zh),
        *(Passage(fact.event, dates.label(fact.date)) for fact in case.seen_milestones),
        *(Passage(_outcome(each), _("Outcome")) for each in case.seen_outcomes),
        *(Passage(_organisation(each), _("Partner")) for each in case.seen_partners),
    ]


def _outcome(outcome: Outcome) -> str:
    return " ".join(filter(None, (outcome.indicator, outcome.scope, outcome.printed)))


def _organisation(partner: Partner) -> str:
    names = [partner.organisation.name, *partner.organisation.variants.splitlines()]
    return ", ".join(filter(None, names))


def full_text(case: Initiative, printed: PrintedTexts) -> Callable[[], Iterator[Passage]]:
    """Gives its printed text, where readers may see it."""

    def full() -> Iterator[Passage]:
        lines = printed.passage(case.source, case.first_line, case.last_line)
        if lines:
            yield Passage("\n".join(lines), _("Printed text"))

    return full
