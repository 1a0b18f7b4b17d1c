"""Does what was planned: makes and changes the records, all in one operation of the history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from curation.imports.planning import Plan
from curation.imports.wanted import Wanted
from records import history
from records.models import Record

_MADE_AT_ONCE = 400
_CHANGED_AT_ONCE = 100


def apply(plan: Plan) -> None:
    """Writes the records of all rows that are not refused. Called within an operation."""
    for wanted in plan.wanted.values():
        asked = [each for each in wanted.values() if each.is_wanted]
        _make([each for each in asked if each.pk is None])
        _change([each for each in asked if each.pk is not None])


def _make(wanted: list[Wanted]) -> None:
    if not wanted:
        return
    for each in wanted:
        _refer(each)
    model = wanted[0].part.model
    model._base_manager.bulk_create([each.record for each in wanted], batch_size=_MADE_AT_ONCE)
    for each in wanted:
        history.note(each.record, None)


def _change(wanted: list[Wanted]) -> None:
    by_fields: dict[tuple[str, ...], list[Wanted]] = {}
    for each in wanted:
        _refer(each)
        by_fields.setdefault(tuple(each.changes), []).append(each)
    for names, group in by_fields.items():
        model: Any = group[0].part.model
        fields = list(names)
        if issubclass(model, Record):
            fields.append("updated_at")
            for each in group:
                each.record.updated_at = timezone.now()
        model._base_manager.bulk_update([each.record for each in group], fields, batch_size=_CHANGED_AT_ONCE)
        for each in group:
            history.note(each.record, each.before)


def _refer(wanted: Wanted) -> None:
    """Sets references to records of the plan anew: those have their numbers now."""
    for name, value in wanted.values.items():
        if isinstance(value, Wanted):
            setattr(wanted.record, name, value.record)
        elif isinstance(value, models.Model) and name in wanted.changes:
            setattr(wanted.record, name, value)
