"""Cases put under another theme, many at once, each written down in the operation that is going on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import InitiativeTheme, Theme
from records import history
from records.models import LoadedRecord
from records.plain import plain
from sources import lines

_AT_ONCE = 500
_SAID = ("reason", "lines", "source", "hidden", "updated_at")


def with_names(links: QuerySet) -> QuerySet:
    """Links with what the history calls them by, and no more of their cases than that."""
    heavy = ("summary", "lead_digest", "printed", "started_reason")
    return links.select_related("initiative", "theme", "source").defer(
        *(f"initiative__{name}" for name in heavy)
    )


def of_theme(theme: Theme) -> QuerySet:
    """All links of a theme, hidden ones too."""
    return InitiativeTheme._base_manager.filter(theme=theme)


def has_both(links: QuerySet, theme: Theme) -> QuerySet:
    """Those of the links whose case stands under the theme already."""
    return links.filter(initiative__in=of_theme(theme).values("initiative"))


def move(links: Sequence[InitiativeTheme], theme: Theme, reason: str = "") -> None:
    """Puts links under a theme; where a case stands there already, the two become one with both reasons.

    `reason` is added to that of each link. The links are `with_names`.
    """
    there = _there(links, theme)
    folded = [link for link in links if link.initiative_id in there]
    moved = [link for link in links if link.initiative_id not in there]
    _fold(folded, there, reason)
    before = {link.pk: plain(link) for link in moved}
    now = timezone.now()
    for link in moved:
        link.theme, link.reason, link.updated_at = theme, both(link.reason, reason), now
    fields = ["theme", "updated_at", *(["reason"] if reason else [])]
    if reason:
        InitiativeTheme._base_manager.bulk_update(moved, fields, batch_size=_AT_ONCE)
    else:
        for some in _batches(moved):
            rows = InitiativeTheme._base_manager.filter(pk__in=[link.pk for link in some])
            rows.update(theme=theme, updated_at=now)
    for link in moved:
        history.note(link, before[link.pk])


def add(links: Sequence[InitiativeTheme], theme: Theme, reason: str) -> None:
    """Puts the cases of links under a theme as well, with this reason and the lines of each; those there stay so."""
    there = _there(links, theme)
    new = [
        InitiativeTheme(
            initiative=link.initiative,
            theme=theme,
            source=link.source,
            lines=link.lines,
            reason=reason,
            hidden=link.hidden,
        )
        for link in links
        if link.initiative_id not in there
    ]
    for link in InitiativeTheme._base_manager.bulk_create(new, batch_size=_AT_ONCE):
        history.note(link, None)


def _batches(links: Sequence[InitiativeTheme]) -> Iterator[Sequence[InitiativeTheme]]:
    for start in range(0, len(links), _AT_ONCE):
        yield links[start : start + _AT_ONCE]


def _there(links: Iterable[InitiativeTheme], theme: Theme) -> dict[int, InitiativeTheme]:
    """The links of a theme by their cases, those of the cases of other links alone."""
    wanted = {link.initiative_id for link in links}
    rows = with_names(of_theme(theme))
    return {link.initiative_id: link for link in rows if link.initiative_id in wanted}


def _fold(links: Sequence[InitiativeTheme], there: dict[int, InitiativeTheme], reason: str) -> None:
    kept = [there[link.initiative_id] for link in links]
    before = {link.pk: plain(link) for link in kept}
    now = timezone.now()
    for link, other in zip(kept, links, strict=True):
        take_in(link, other)
        link.reason, link.updated_at = both(link.reason, reason), now
    InitiativeTheme._base_manager.bulk_update(kept, _SAID, batch_size=_AT_ONCE)
    for link in kept:
        history.note(link, before[link.pk])
    _delete(links)


def take_in(kept: InitiativeTheme, other: InitiativeTheme) -> None:
    """Gives a link what another one of the same case says. What is hidden does not become public by it."""
    if kept.hidden and not other.hidden:
        kept.reason, kept.lines, kept.source, kept.hidden = other.reason, other.lines, other.source, False
    elif kept.hidden == other.hidden:
        said = other.reason
        if not kept.lines or kept.source_id == other.source_id:
            kept.source = kept.source or other.source
            kept.lines = _joined(kept.lines, other.lines)
        elif other.lines:  # a link names one source
            said = f"{said} ({other.source}, {other.lines})"
        kept.reason = both(kept.reason, said)


def both(one: str, other: str) -> str:
    """Two reasons as one text; one where they say the same."""
    one, other = one.strip(), other.strip()
    return one if not other or other in one else other if one in other else f"{one}\n{other}"


def _joined(one: str, other: str) -> str:
    """The places of both in order; the first alone where they are too many for the field."""
    places = sorted({*lines.parse(one), *lines.parse(other)})
    text = "; ".join(lines.write(*place) for place in places)
    return text if len(text) <= InitiativeTheme._meta.get_field("lines").max_length else one


def _delete(links: Sequence[InitiativeTheme]) -> None:
    """Deletes links, leaving the marks that keep the loader from bringing them back."""
    recording, label = history.current(), InitiativeTheme._meta.label_lower
    for some in _batches(links):
        pks = [link.pk for link in some]
        marked = LoadedRecord.objects.filter(model=label, object_id__in=pks).values_list(
            "object_id", flat=True
        )
        known = set(marked)
        marks = [
            LoadedRecord(
                model=label, key=json.dumps(link.natural_key(), ensure_ascii=False), object_id=link.pk
            )
            for link in some
            if link.pk not in known
        ]
        LoadedRecord.objects.bulk_create(marks, ignore_conflicts=True)
        for link in some:
            recording.about_to_change(link, plain(link))
            recording.deleted(InitiativeTheme, link.pk)
        rows = InitiativeTheme._base_manager.filter(pk__in=pks)
        rows._raw_delete(rows.db)
