"""Outcomes side by side: what several cases count in one row, what a case alone counts by its status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.compare.rows import Item, Row, Said, cell
from cases.models import Outcome
from cases.templatetags.outcomes import amount
from listing.addresses import address_of_list
from records import dates


def outcome_rows(outcomes: Sequence[Sequence[Outcome]], slugs: Sequence[str]) -> list[Row]:
    """Rows for the outcomes of each case; `slugs` are those of the cases."""
    counted = defaultdict(set)
    for place, own in enumerate(outcomes):
        for outcome in own:
            counted[outcome.indicator].add(place)
    shared = sorted((name for name, places in counted.items() if len(places) > 1), key=str.casefold)
    shared.sort(key=lambda name: -len(counted[name]))
    rows = [_of_indicator(name, outcomes) for name in shared]
    list_url = address_of_list("cases:outcome_list")
    for status in Outcome.Status:
        cells = [
            cell(_items_of(own, status, set(shared)), f"{list_url}?case={slug}&status={status.value}")
            for own, slug in zip(outcomes, slugs, strict=True)
        ]
        said = _("Counted by one of them alone: %(status)s") % {"status": status.label}
        row = Row(said, cells, empty=_("none printed in the source"))
        rows += [row] if row.has_value else []
    return rows or [
        Row(_("Outcomes"), [cell([]) for _own in outcomes], empty=_("none printed in the source"))
    ]


def _of_indicator(name: str, outcomes: Sequence[Sequence[Outcome]]) -> Row:
    own = [[outcome for outcome in each if outcome.indicator == name] for each in outcomes]
    return Row(
        capfirst(name),
        [cell(_item(outcome, amount(outcome)) for outcome in each) for each in own],
        label_lang="en",
        caution=_caution(own),
    )


def _items_of(outcomes: Sequence[Outcome], status: str, shared: set[str]) -> list[Item]:
    return [
        _item(
            outcome,
            format_html(
                '<span lang="en">{}</span>{}{}', capfirst(outcome.indicator), _(": "), amount(outcome)
            ),
            with_status=False,
        )
        for outcome in outcomes
        if outcome.status == status and outcome.indicator not in shared
    ]


def _item(outcome: Outcome, html, with_status: bool = True) -> Item:
    said = [Said(outcome.get_status_display())] if with_status else []
    said += [Said(dates.label(outcome.date))] if outcome.date else []
    said += [Said(outcome.scope, "en")] if outcome.scope else []
    return Item(
        _value(outcome),
        html=html,
        url="",
        said=said,
        place=outcome,
        brief=outcome.source_id == outcome.initiative.source_id,
        remarks=outcome.remarks,
        number=outcome.value,
    )


def _value(outcome: Outcome) -> tuple:
    """What two claims agree in where they say the same."""
    numbers = (outcome.value, outcome.value_low, outcome.value_high, outcome.before, outcome.after)
    words = (outcome.date, outcome.status, outcome.scope, outcome.qualifier, outcome.direction)
    return (outcome.indicator, *numbers, outcome.unit_id, outcome.value_alt, outcome.unit_alt_id, *words)


def _caution(own: Sequence[Sequence[Outcome]]) -> str:
    """What besides the number is not the same in all claims of an indicator, and makes it hard to compare."""
    claims = [outcome for each in own for outcome in each]
    aspects = {
        _("unit"): {outcome.unit_id for outcome in claims},
        _("date"): {outcome.date for outcome in claims},
        _("status"): {outcome.status for outcome in claims},
        _("scope"): {outcome.scope for outcome in claims},
    }
    unlike = [name for name, values in aspects.items() if len(values) > 1]
    return _("Not alike: %(aspects)s") % {"aspects": _(", ").join(unlike)} if unlike else ""
