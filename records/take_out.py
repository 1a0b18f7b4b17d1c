"""Takes out again what an operation made, many rows with each query (records/put_back.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from records import by_itself, history, many
from records.operations import Change
from records.plain import labels, plain

# Rows by kind and number.
Rows = Collection[tuple[str, int]]


def take_out(label: str, made: Sequence[Change], own: Rows, anyway: bool, free: Rows) -> list[str]:
    """Deletes rows of one kind that were made, an import's by the hundred; gives what stands in the way.

    `own` names all rows that the operation made: they may go along.
    """
    model = apps.get_model(label)
    rows = many.held(model, [change.object_id for change in made])
    for pk in [pk for pk, row in rows.items() if (label, pk) in free and by_itself.was_answered(row)]:
        del rows[pk]
    for pk in _left_for_others(model, rows, own):
        del rows[pk]
    changes = [change for change in made if change.object_id in rows]
    asked = [change for change in changes if (label, change.object_id) not in free]
    if not anyway and (problems := _since(model, asked, rows, own)):
        return problems
    by_itself.let_go(model, rows)
    if len(changes) > 1 and many.can_delete(model):
        try:
            many.delete(list(rows.values()))
            return []
        except (ProtectedError, RestrictedError):
            pass  # one by one, each says what it is held by
    return [problem for change in changes if (problem := _take_out_one(change, rows[change.object_id]))]


def _left_for_others(model: type[models.Model], rows: Collection[int], own: Rows) -> set[int]:
    """The rows that came along with what was made and that something else refers to by now: they stay."""
    label = model._meta.label_lower
    if not getattr(model, "stays_while_needed", False) or all(each == label for each, _pk in own):
        return set()
    return needed(model, rows)


def needed(model: type[models.Model], rows: Collection[int]) -> set[int]:
    """Those of the rows of a kind that something refers to which a person made."""
    found: set[int] = set()
    for relation in _relations_to(model):
        other = relation.related_model
        if relation.on_delete in (models.PROTECT, models.RESTRICT) or history.is_followed(other):
            of_rows = other._base_manager.filter(**{f"{relation.field.name}__in": list(rows)})
            of_persons = of_rows.exclude(pk__in=by_itself.rows_of(other).values("pk"))
            found.update(of_persons.order_by().values_list(relation.field.attname, flat=True))
    return found


def _relations_to(model: type[models.Model]) -> list[Any]:
    """The references of all models to one, those without a name in it too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [each for each in fields if each.auto_created and (each.one_to_many or each.one_to_one)]


def _since(model: type[models.Model], changes: list[Change], rows: dict, own: Rows) -> list[str]:
    """What was done since to rows that were made, or hung on them."""
    parts = defaultdict(list)
    for pk, part in _parts(model, rows):
        if (part._meta.label_lower, part.pk) not in own:
            parts[pk].append(str(part))
    problems = []
    for change in changes:
        now = plain(rows[change.object_id])
        other = [name for name, value in change.after.items() if name in now and now[name] != value]
        if other:
            words = {"name": change.called, "fields": ", ".join(labels(model, other))}
            problems.append(_("“%(name)s” has been changed since: %(fields)s.") % words)
        elif later := parts[change.object_id]:
            words = {"name": change.called, "parts": ", ".join(later[:5])}
            problems.append(_("“%(name)s” has got parts since: %(parts)s.") % words)
    return problems


def _parts(model: type[models.Model], rows: Iterable[int]) -> Iterable[tuple[int, models.Model]]:
    """What a person made that would be deleted with each of these rows."""
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and history.is_followed(relation.related_model):
            found = many.with_references(relation.related_model)
            of_rows = found.filter(**{f"{relation.field.name}__in": list(rows)})
            by_checks = by_itself.rows_of(relation.related_model).values("pk")
            of_persons = of_rows.exclude(pk__in=by_checks)
            yield from ((getattr(part, relation.field.attname), part) for part in of_persons)


def _take_out_one(change: Change, row: models.Model) -> str:
    """Deletes a row that was made; gives what holds it."""
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError) as error:
        held = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ())
        words = {"name": change.called, "others": ", ".join(map(str, list(held)[:5]))}
        return _("“%(name)s” is needed by others: %(others)s.") % words
    return ""
