"""The texts of a case that a reader sees, for showing why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.cards import Card, read_texts
from cases.models import Theme
from cities.passages import names_of
from records import dates
from search.highlights import Highlighter, Passage
from sources.printed import PrintedTexts


def explain(cards: Sequence[Card], highlighter: Highlighter) -> None:
    """Gives each case a `match`: its title and snippets with the words marked. A fixed number of queries.

    Where the summary alone shows every word, what else the case says is not read: it comes first, and is shown.
    """
    printed, labels = PrintedTexts(), _labels(get_language())
    further = [card for card in cards if not highlighter.is_shown_by(card.summary)]
    read_texts(further)
    for card in further:
        card.match = highlighter.show(card.title, passages(card, labels), full_text(card, printed))
    for card in cards:
        if card.match is None:
            card.match = highlighter.show(card.title, [Passage(card.summary)])


@lru_cache
def _labels(language: str | None) -> tuple[str, ...]:
    """What passages are called in the active language, which is `language`."""
    return _("Theme"), _("Outcome"), _("Partner"), _("Place")


def passages(card: Card, labels: tuple[str, ...] | None = None) -> list[Passage]:
    """All its texts, the summary first: where nothing matched, the row shows how that begins."""
    texts, (theme, outcome, partner, place) = card.texts, labels or _labels(get_language())
    said = [card.summary, card.lead_digest]
    said += [f"{heading}: {digest}" for heading, digest in texts.sections]
    return [
        *(Passage(text) for text in said if text),
        *names_of(card.city, [scope for (scope,) in texts.scopes]),
        *(Passage(", ".join((each.name, *each.other_names)), theme) for each in card.themes),
        *(Passage(names, theme, "zh-Hans") for each in card.themes if (names := _in_chinese(each))),
        *(Passage(event, dates.label(date)) for event, date in texts.milestones),
        *(Passage(" ".join(filter(None, each)), outcome) for each in texts.outcomes),
        *(Passage(_with_spellings(*each), partner) for each in texts.partners),
        *(Passage(_with_spellings(*each), place) for each in texts.places),
    ]


def _in_chinese(theme: Theme) -> str:
    return "，".join(filter(None, (theme.name_zh, *theme.other_names_zh)))


def _with_spellings(name: str, variants: str) -> str:
    return ", ".join(filter(None, (name, *variants.splitlines())))


def full_text(card: Card, printed: PrintedTexts) -> Callable[[], Iterator[Passage]]:
    """Gives its printed text, where readers may see it."""

    def full() -> Iterator[Passage]:
        lines = printed.passage(card.source, card.first_line, card.last_line)
        if lines:
            yield Passage("\n".join(lines), _("Printed text"))

    return full
