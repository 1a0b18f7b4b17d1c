"""One theme made part of another: its cases, names, order and matches follow, and its address leads on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Theme, ThemeBroader, ThemeMatch
from cases.thesaurus import Order
from curation.vocabularies import links
from records import history
from records.models import FormerSlug
from records.operations import Operation
from records.said import Anew

EXACT, CLOSE = ThemeMatch.Relation.EXACT, ThemeMatch.Relation.CLOSE


@dataclass(frozen=True)
class Plan:
    """What merging would do, for staff to look at first. `gone` are relations that would have no meaning any more."""

    cases: int
    both: int
    names: list[str]
    kept: list[str]
    gone: list[str]

    @property
    def seen(self) -> str:
        """Tells whether what was looked at is still what would be done."""
        return f"{self.cases}-{self.both}"


def plan(theme: Theme, into: Theme) -> Plan:
    """What merging a theme into another would do."""
    own = links.of_theme(theme)
    kept, gone = _order(theme, into)
    moved, doubled = _matches(theme, into)
    return Plan(
        cases=own.count(),
        both=links.has_both(own, into).count(),
        names=[name for names in _new_names(theme, into).values() for name in names],
        kept=[*map(_pair, _moved(kept, theme, into)), *(match.label for match in moved)],
        gone=[*map(str, gone), *(match.label for match in doubled)],
    )


def merge(theme: Theme, into: Theme, user: Any, reason: str) -> Operation:
    """Merges a theme into another in one operation, which undo takes back whole."""
    subject = Anew(lambda: _("%(theme)s → %(into)s") % {"theme": theme, "into": into})
    with history.operation(Operation.Kind.MERGE, user, reason, subject) as done:
        _lock()
        links.move(list(links.with_names(links.of_theme(theme))), into)
        _move_order(theme, into)
        _move_matches(theme, into)
        for field, names in _new_names(theme, into).items():
            setattr(into, field, "\n".join([*filter(None, [getattr(into, field).strip()]), *names]))
        into.save()
        _lead_on(theme, into)
        theme.delete()
    return done.saved


def _lock() -> None:
    """Whoever saves a theme at the same time waits."""
    list(Theme._base_manager.select_for_update().order_by("pk").values_list("pk"))


def _lead_on(theme: Theme, into: Theme) -> None:
    """Has the address of a theme, and those that led to it, lead to another."""
    label = Theme._meta.label_lower
    for former in FormerSlug.objects.filter(model=label, object_id=theme.pk):
        former.object_id = into.pk
        former.save()
    FormerSlug.objects.update_or_create(model=label, slug=theme.slug, defaults={"object_id": into.pk})


def _new_names(theme: Theme, into: Theme) -> dict[str, list[str]]:
    """By field, the names the other theme does not have yet."""
    known = {name.casefold() for name in into.every_name}
    found: dict[str, list[str]] = {}
    for field, names in (
        ("alt_labels", [theme.name, *theme.other_names]),
        ("alt_labels_zh", [*filter(None, [theme.name_zh]), *theme.other_names_zh]),
        ("hidden_labels", theme.hidden_names),
    ):
        found[field] = [name for name in names if name.casefold() not in known]
        known |= {name.casefold() for name in names}
    return found


def _moved(kept: Iterable[ThemeBroader], theme: Theme, into: Theme) -> Iterable[tuple[Theme, Theme]]:
    for link in kept:
        yield tuple(into if each == theme else each for each in (link.narrower, link.broader))


def _pair(pair: tuple[Theme, Theme]) -> str:
    return f"{pair[0]} → {pair[1]}"


def _order(theme: Theme, into: Theme) -> tuple[list[ThemeBroader], list[ThemeBroader]]:
    """What is broader and narrower than a theme: what can be said of the other one, and what not.

    Not where it is said already, would be said of itself, or would close a circle.
    """
    rows = ThemeBroader._base_manager.select_related("narrower", "broader").order_by("pk")
    own = [*rows.filter(narrower=theme), *rows.filter(broader=theme)]
    said = set(rows.filter(narrower=into).values_list("narrower", "broader"))
    said |= set(rows.filter(broader=into).values_list("narrower", "broader"))
    order = Order()
    above, below = order.above(into.pk), order.below(into.pk)
    kept, gone = [], []
    for link in own:
        is_up = link.narrower_id == theme.pk
        other = link.broader_id if is_up else link.narrower_id
        pair = (into.pk, other) if is_up else (other, into.pk)
        circle = other in (below if is_up else above)
        (gone if other == into.pk or pair in said or circle else kept).append(link)
        if link in kept and is_up:
            above |= {other, *order.above(other)}
    return kept, gone


def _move_order(theme: Theme, into: Theme) -> None:
    kept, gone = _order(theme, into)
    for link in gone:
        link.delete()
    for link, (narrower, broader) in zip(kept, list(_moved(kept, theme, into)), strict=True):
        link.narrower, link.broader = narrower, broader
        link.save()


def _matches(theme: Theme, into: Theme) -> tuple[list[ThemeMatch], list[ThemeMatch]]:
    known = set(into.matches.values_list("uri", flat=True))
    own = list(theme.matches.all())
    return [each for each in own if each.uri not in known], [each for each in own if each.uri in known]


def _move_matches(theme: Theme, into: Theme) -> None:
    moved, doubled = _matches(theme, into)
    for match in doubled:
        match.delete()
    for match in moved:
        match.theme = into
        if match.relation == EXACT:  # it was exact of a theme that meant less
            match.relation = CLOSE
        match.save()
