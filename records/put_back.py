"""Leads rows back to before some changes: what was made is taken out, all else put back, many rows with each query.

Called within an operation. What stands in the way of any row is said for all of them, and then nothing was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from records import authors, by_itself, history, many, merged
from records.models import LoadedRecord, Publishable
from records.operations import Change, Operation
from records.plain import fill, labels, plain
from records.take_out import Rows, take_out

# Of one row, its changes, newest first.
Changes = Sequence[Change]


class Refused(Exception):
    """Nothing was taken back; `problems` say why, each in a sentence for staff (records/said.py where it is kept)."""

    def __init__(self, problems: Sequence[Any]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = list(problems)


def revert(changes: Iterable[Change], anyway: bool) -> None:
    """Leads every row back to before the oldest of the changes, which come newest first. Raises Refused.

    `anyway`: also those that have been changed since. What checks made stands in no way (records/by_itself.py).
    """
    changes = list(changes)
    free = by_itself.computed_rows(changes)
    rows: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        rows.setdefault((change.model, change.object_id), []).append(change)
    # What was made since goes, whatever was done to it meanwhile; all else comes back.
    made = [each[-1] for each in rows.values() if each[-1].action == Change.Action.CREATED]
    others = [each for each in rows.values() if each[-1].action != Change.Action.CREATED]
    problems: list[str] = []
    restored: list[models.Model] = []
    coming, called = _coming(others)
    own = {(each.model, each.object_id) for each in made}
    led = merged.lead_on(coming, called, own)
    history.current().notes += led.notes
    # What was deleted is there first, so that what refers to it can; what was made goes last, when nothing does.
    for is_deletion in (True, False):
        for some in _of_one_kind([each for each in others if _is_deletion(each) == is_deletion]):
            some = _without_doubled(some, led.doubled)
            _put_back(some, coming, anyway, free, restored, problems)
    for label, group in groupby(made, key=lambda change: change.model):
        for some in many.batches(list(group)):
            problems += take_out(label, some, own, anyway, free)
    problems += _without_what_they_need(restored, free, called)
    if problems:
        raise Refused(list(dict.fromkeys(problems)))
    _forget_marks([each[0] for each in others if each[0].action == Change.Action.DELETED])


def _coming(rows: Iterable[Changes]) -> tuple[merged.Values, dict[tuple[str, int], str]]:
    """The values rows had before the oldest of their changes, and what they are called."""
    keys = {(each[0].model, each[0].object_id): each for each in rows}
    return {key: _before(each) for key, each in keys.items()}, {
        key: each[0].called for key, each in keys.items()
    }


def _forget_marks(deletions: Sequence[Change]) -> None:
    """Takes away what the deletion of rows that are there again left for the loader (records/deletions.py).

    With it, what was made here would count as loaded and edited.
    """
    for label, group in groupby(sorted(deletions, key=lambda each: each.model), key=lambda each: each.model):
        for some in many.batches(list(group)):
            since = min(Operation.objects.filter(changes__in=some).values_list("at", flat=True))
            pks = [change.object_id for change in some]
            marks = LoadedRecord.objects.filter(model=label, object_id__in=pks, digest="")
            marks.filter(loaded_at__gte=since).delete()


def _is_deletion(changes: Changes) -> bool:
    return changes[0].action == Change.Action.DELETED


def _of_one_kind(rows: Iterable[Changes]) -> Iterator[Sequence[Changes]]:
    """Rows by their changes, some of one kind at a time."""
    by_model: dict[str, list[Changes]] = {}
    for each in rows:
        by_model.setdefault(each[0].model, []).append(each)
    for group in by_model.values():
        yield from many.batches(group)


def _without_doubled(group: Sequence[Changes], doubled: Rows) -> Sequence[Changes]:
    """Rows of one kind without those that would say what another says already; where these are there, they go."""
    stay = [each for each in group if (each[0].model, each[0].object_id) not in doubled]
    if len(stay) < len(group):
        model = apps.get_model(group[0][0].model)
        numbers = [each[0].object_id for each in group if each not in stay]
        for row in many.held(model, numbers).values():
            row.delete()
    return stay


# --- what was changed or deleted


def _put_back(
    group: Sequence[Changes],
    every: merged.Values,
    anyway: bool,
    free: Rows,
    restored: list[models.Model],
    problems: list[str],
) -> None:
    """Saves rows of one kind as they were before their changes; adds them to `restored`, or why not to `problems`."""
    if not group:
        return
    model = apps.get_model(group[0][0].model)
    there = many.held(model, [each[0].object_id for each in group])
    coming = {each[0].object_id: every[each[0].model, each[0].object_id] for each in group}
    by_itself.make_way(model, [values for pk, values in coming.items() if pk not in there])
    before: dict[int, history.Plain] = {}
    filled: list[tuple[Change, models.Model]] = []
    for each in group:
        change, values = each[0], coming[each[0].object_id]
        row = there.get(change.object_id)
        is_free = (change.model, change.object_id) in free
        if is_free and (row is None) != (change.action == Change.Action.DELETED):
            continue
        now = plain(row) if row else {}
        problem = _in_the_way(model, change, row, now, values, anyway or is_free)
        if problem is not None:
            problems += filter(None, [problem])
            continue
        if row:
            before[row.pk] = now
        if row and is_free and not anyway:
            values = by_itself.without_what_was_said_since(model, values, change.after, now)
        row = row or model()
        fill(row, values)
        filled.append((change, row))
    saved, failed = _save(filled, before, free) if filled else ([], [])
    restored += saved
    problems += failed


def _before(changes: Changes) -> dict[str, Any]:
    """The values a row had before the oldest of its changes, as far as they tell."""
    values: dict[str, Any] = {}
    for change in changes:
        values |= change.before or {}
    return values


def _in_the_way(
    model: type[models.Model],
    change: Change,
    row: models.Model | None,
    now: history.Plain,
    before: dict[str, Any],
    anyway: bool,
) -> str | None:
    """Why a row cannot be put back; "" where it need not be; None where it can. `row` and `now` are as it is there."""
    is_deletion = change.action == Change.Action.DELETED
    if is_deletion and row is not None and not anyway:
        return _("“%(name)s” is there again already.") % {"name": change.called}
    if not is_deletion and row is None:
        return "" if anyway else _("“%(name)s” has been deleted since.") % {"name": change.called}
    if not (is_deletion or anyway):
        other = [name for name, value in change.after.items() if now.get(name) != value]
        if other:
            words = {"name": change.called, "fields": ", ".join(labels(model, other))}
            return _("“%(name)s” has been changed since: %(fields)s.") % words
    return (isinstance(row, Publishable) and _kept_from_readers(row, before)) or None


def _kept_from_readers(row: Publishable, before: dict[str, Any]) -> str:
    """Why somebody may not bring a record back before readers' eyes: as with publishing it, two look at it."""
    state = Publishable.State.PUBLISHED
    if row.state == state or before.get("state") != state:
        return ""
    found = authors.alone(row, history.current().operation.user)
    return _("“%(name)s” was not published: %(todo)s.") % {"name": row, "todo": found[0]} if found else ""


def _save(
    filled: Sequence[tuple[Change, models.Model]], before: dict[int, history.Plain], free: Rows
) -> tuple[list[models.Model], list[str]]:
    """Saves rows of one kind, those that are not in `before` anew. Gives what was saved, and why others were not."""
    rows = [row for _change, row in filled]
    if len(rows) > 1 and many.can_save(type(rows[0])):
        try:
            many.save(rows, before)
            return rows, []
        except IntegrityError:
            pass  # one by one, each says so itself
    saved, problems = [], []
    for change, row in filled:
        try:
            with transaction.atomic():
                row.save(force_insert=row.pk not in before)
            saved.append(row)
        except IntegrityError:
            if (change.model, change.object_id) not in free:
                text = _("“%(name)s” cannot be put back: another record has its key or address now.")
                problems.append(text % {"name": change.called})
    return saved, problems


def _without_what_they_need(
    rows: Sequence[models.Model], free: Rows, called: dict[tuple[str, int], str]
) -> list[str]:
    """Why rows cannot stay that refer to what is no longer there; those that checks made go again."""
    problems = []
    for row, field in _dangling(rows):
        key = row._meta.label_lower, row.pk
        if key not in free:
            problems.append(_needs(called[key], field, getattr(row, field.attname)))
        elif row.pk:  # not deleted yet for another reference
            row.delete()
    return problems


def _needs(name: str, field: models.Field, pk: int) -> str:
    missing = merged.name_of_gone(field, pk)
    text = _("“%(name)s” needs its %(field)s, which has been deleted: restore that first.")
    if missing:
        text = _("“%(name)s” needs its %(field)s “%(missing)s”, which has been deleted: restore that first.")
    return text % {"name": name, "field": field.verbose_name, "missing": missing}


def _dangling(rows: Sequence[models.Model]) -> list[tuple[models.Model, models.Field]]:
    """Rows that refer to what is no longer there, each with the field that does."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    found = []
    for model, group in by_model.items():
        for field in model._meta.concrete_fields:
            if field.is_relation:
                named = {pk for row in group if (pk := getattr(row, field.attname)) is not None}
                gone = merged.gone(field, named)
                found += [(row, field) for row in group if gone and getattr(row, field.attname) in gone]
    return found
