"""Many rows saved or deleted at once within an operation, and written down as if it were done one by one.

A few queries for each kind of row, however many there are. Rows are to be read through `with_references`: what they are
called by, and whose part they are, is then known without asking for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from records import deletions, history
from records.models import Record
from records.plain import plain
from records.signals import saved_together

AT_ONCE = 500
_CHANGED_AT_ONCE = 100  # values of their own: longer texts take the database more than their share


def batches(rows: Sequence[Any], size: int = AT_ONCE) -> Iterator[Sequence[Any]]:
    """The rows, as many at a time as one query takes."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def with_references(model: type[models.Model]) -> models.QuerySet:
    """All rows of a model, each with the records that its name, its key and its page are told by."""
    return model._base_manager.select_related(*references(model)).order_by("pk")


def held(model: type[models.Model], pks: Sequence[int]) -> dict[int, models.Model]:
    """The rows with these numbers. Nobody changes them between being looked at and being written."""
    return with_references(model).select_for_update(of=("self",)).in_bulk(pks)


@cache
def references(model: type[models.Model]) -> tuple[str, ...]:
    """Those records by the names of the fields that lead to them: ("figures", "figures__city", "source")."""
    direct = [each for each in model._meta.concrete_fields if _is_of_record(each)]
    paths = [each.name for each in direct]
    if issubclass(model, Record):
        named = {*model.natural_fields, *model.page_parents, *model.public_parents}
        for each in direct:
            if each.name in named and each.related_model is not model:
                paths += [f"{each.name}__{further}" for further in _named(each.related_model)]
    return tuple(paths) or (None,)


def _named(model: type[Record]) -> list[str]:
    named = {*model.natural_fields, *model.page_parents, *model.public_parents}
    found = []
    for name in sorted(named):
        field = model._meta.get_field(name)
        if _is_of_record(field) and field.related_model is not model:
            found += [name, *(f"{name}__{further}" for further in _named(field.related_model))]
    return found


def _is_of_record(field: models.Field) -> bool:
    return bool(field.is_relation) and issubclass(field.related_model, Record)


# --- deleting


def can_delete(model: type[models.Model]) -> bool:
    """Whether rows of a model do nothing of their own when they are deleted."""
    return model.delete is models.Model.delete


def delete(rows: Sequence[models.Model]) -> None:
    """Deletes rows of one kind, with what falls with them.

    Raises ProtectedError or RestrictedError where others need them, before anything is deleted.
    """
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=rows)
    collector.collect(rows)
    known = {row.pk: row for row in rows}
    with transaction.atomic():
        for model, found in collector.data.items():
            pks = [each.pk for each in found]
            _about_to_delete(model, known if model is type(rows[0]) else {}, pks)
        collector.delete()
    history.current().foreseen.clear()


def _about_to_delete(model: type[models.Model], known: Mapping[int, models.Model], pks: list[int]) -> None:
    """What the signals would note of each row of its own (records/history.py, records/deletions.py)."""
    if not history.is_followed(model):
        return
    recording = history.current()
    others = [pk for pk in pks if pk not in known]
    rows = [
        *known.values(),
        *(row for some in batches(others) for row in with_references(model).filter(pk__in=some)),
    ]
    deletions.remember_all(rows)
    for row in rows:
        recording.about_to_change(row, plain(row))
    for relation in model._meta.related_objects:
        _about_to_lose(relation, pks)
    recording.foreseen |= {(model, pk) for pk in pks}


def _about_to_lose(relation: Any, pks: list[int]) -> None:
    """Notes the rows whose reference is set to nothing."""
    if relation.on_delete is not models.SET_NULL or not history.is_followed(relation.related_model):
        return
    for row in with_references(relation.related_model).filter(**{f"{relation.field.name}__in": pks}):
        before = plain(row)
        setattr(row, relation.field.attname, None)
        history.note(row, before)


# --- saving


def can_save(model: type[models.Model]) -> bool:
    """Whether rows of a model do nothing of their own when they are saved, but what every record does."""
    return model.save in (models.Model.save, Record.save)


def save(rows: Sequence[models.Model], before: Mapping[int, history.Plain]) -> None:
    """Saves rows of one kind: those in `before`, which says how they were, are changed, the others made.

    Raises IntegrityError; nothing is saved then. Whoever listens for single rows listens for `saved_together` as well.
    """
    model = type(rows[0])
    if issubclass(model, Record):
        now = timezone.now()
        for row in rows:
            row.updated_at = now
    with transaction.atomic():
        model._base_manager.bulk_create([row for row in rows if row.pk not in before], batch_size=AT_ONCE)
        for names, group in _by_changes([row for row in rows if row.pk in before], before).items():
            _change(group, names)
        for row in rows if issubclass(model, Record) else ():
            row.keep_former_slug()
    # As the database has them.
    saved = list(with_references(model).filter(pk__in=[row.pk for row in rows]))
    for row in saved:
        history.note(row, before.get(row.pk))
    saved_together.send(sender=model, rows=saved)


def _by_changes(
    rows: Sequence[models.Model], before: Mapping[int, history.Plain]
) -> dict[tuple[str, ...], list[tuple[models.Model, history.Plain]]]:
    """Rows, with how they are now, by the columns that differ; those in which none does left out."""
    found = defaultdict(list)
    for row in rows:
        old, now = before[row.pk], plain(row)
        if names := tuple(name for name in now if now[name] != old.get(name)):
            found[names].append((row, now))
    return found


def _change(group: Sequence[tuple[models.Model, history.Plain]], names: Sequence[str]) -> None:
    """Writes these columns: at once where all rows have one value there, which is far quicker than one for each."""
    rows = [row for row, _now in group]
    model = type(rows[0])
    alike = {name for name in names if all(now[name] == group[0][1][name] for _row, now in group)}
    values = {name: getattr(rows[0], name) for name in alike}
    if issubclass(model, Record):
        values["updated_at"] = rows[0].updated_at
    if values:
        model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**values)
    if differing := [name for name in names if name not in alike]:
        model._base_manager.bulk_update(rows, differing, batch_size=_CHANGED_AT_ONCE)
