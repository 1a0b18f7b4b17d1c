"""The texts of a case that a reader sees, for showing why it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.cards import Card, read_others, read_sections
from cases.models import Theme
from cities.passages import names_of
from records import dates
from search.highlights import Explanation, Highlighter, Passage
from sources.printed import PrintedTexts


def explain(cards: Sequence[Card], highlighter: Highlighter) -> None:
    """Gives each case a `match`: its title and snippets with the words marked. A fixed number of queries.

    What a case says is read in three steps, the sections after the summary, all else after the sections: where one
    passage shows every word, what comes after it would not be shown.
    """
    begun = {card.pk: Explanation(highlighter, card.title, _first(card)) for card in cards}
    for read, further in ((read_sections, _sections), (read_others, _others)):
        unfinished = [card for card in cards if not begun[card.pk].is_whole]
        read(unfinished)
        for card in unfinished:
            begun[card.pk].add(further(card))
    printed = PrintedTexts()
    for card in cards:
        card.match = begun[card.pk].match(full_text(card, printed))


@lru_cache
def _labels(language: str | None) -> tuple[str, ...]:
    """What passages are called in the active language, which is `language`."""
    return _("Theme"), _("Outcome"), _("Partner"), _("Place")


def passages(card: Card) -> list[Passage]:
    """All its texts, the summary first: where nothing matched, the row shows how that begins."""
    return [*_first(card), *_sections(card), *_others(card)]


def _first(card: Card) -> list[Passage]:
    return [Passage(text) for text in (card.summary, card.lead_digest) if text]


def _sections(card: Card) -> list[Passage]:
    return [Passage(f"{heading}: {digest}") for heading, digest in card.texts.sections]


def _others(card: Card) -> list[Passage]:
    texts, (theme, outcome, partner, place) = card.texts, _labels(get_language())
    return [
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
