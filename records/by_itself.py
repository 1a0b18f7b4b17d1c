"""Rows that the catalogue makes by itself and finds again (`Record.made_by_itself`): they hold up no putting back.

They are made anew at the end of the operation from whatever is there then. Only what a person said to them is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.apps import apps
from django.db import models
from django.db.models import Q

from records.computed import Computed
from records.operations import Change
from records.plain import Plain, plain

# Tables that the catalogue keeps for itself: staff have no rights on them, and need none.
_KEPT_BY_ITSELF = {"records.formerslug", "records.loadedrecord"}


def keep(model: type[models.Model]) -> None:
    """Has a table count as one of those."""
    _KEPT_BY_ITSELF.add(model._meta.label_lower)


def of(model: type[models.Model]) -> Computed | None:
    """How computed rows of a kind are told; None where there are none."""
    return getattr(model, "made_by_itself", None)


def rows_of(model: type[models.Model]) -> models.QuerySet:
    """The computed rows of a kind."""
    how = of(model)
    return model._base_manager.filter(**how.where) if how else model._base_manager.none()


def among(changes: Iterable[Change]) -> set[int]:
    """The numbers of those changes that are of computed rows, or of tables that the catalogue keeps for itself."""
    found: set[int] = set()
    undecided: dict[type[models.Model], list[Change]] = {}
    for change in changes:
        try:
            model = apps.get_model(change.model)
        except LookupError:
            continue
        how = of(model)
        if change.model in _KEPT_BY_ITSELF:
            found.add(id(change))
        elif how and change.action == Change.Action.CHANGED:
            undecided.setdefault(model, []).append(change)
        elif how and how.marks(change.after or change.before or {}):
            found.add(id(change))
    for model, some in undecided.items():
        there = set(
            rows_of(model).filter(pk__in=[each.object_id for each in some]).values_list("pk", flat=True)
        )
        # What a person said is theirs, and so is what became of it.
        found |= {
            id(each)
            for each in some
            if each.object_id in there and not set(each.after) <= set(of(model).said)
        }
    return found


def computed_rows(changes: Iterable[Change]) -> set[tuple[str, int]]:
    """The computed rows among those changed, by kind and number."""
    changes = list(changes)
    own = among(changes)
    return {
        (each.model, each.object_id)
        for each in changes
        if id(each) in own and each.model not in _KEPT_BY_ITSELF
    }


def was_answered(row: models.Model) -> bool:
    """Whether a person has said something to a computed row."""
    return not of(type(row)).is_unsaid(plain(row))


def without_what_was_said_since(model: type[models.Model], values: Plain, after: Plain, now: Plain) -> Plain:
    """The values to be put back, without what a person has said otherwise since the change that led to `after`."""
    said = of(model).said
    if all(now.get(name) == after[name] for name in said if name in after):
        return values
    return {name: value for name, value in values.items() if name not in said}


def by_persons(changes: Sequence[Change]) -> list[Change]:
    """The changes that persons made: all of them where the catalogue made every one by itself."""
    own = among(changes)
    return [change for change in changes if id(change) not in own] or list(changes)


def make_way(model: type[models.Model], coming: Sequence[Plain]) -> None:
    """Deletes the computed rows that were made anew in the place of rows that come back.

    `coming`: the values of those. What was said to a row meanwhile is put into them where they bring no answer.
    """
    how = of(model)
    if how is None:
        return
    by_value = {(name, values[name]): values for values in coming for name in how.unique if values.get(name)}
    same = Q()
    for name in how.unique:
        same |= Q(**{f"{name}__in": [value for each, value in by_value if each == name]})
    for row in rows_of(model).filter(same).exclude(pk__in=[values["id"] for values in coming]):
        for name in how.unique:
            values = by_value.get((name, getattr(row, name)))
            now = {each: getattr(row, each) for each in how.said}
            if values and how.is_unsaid(values) and not how.is_unsaid(now):
                values.update(now)
        row.delete()


def let_go(model: type[models.Model], pks: Collection[int]) -> None:
    """Deletes the computed rows that would hold rows which are to be deleted; those that were answered stay."""
    for relation in model._meta.related_objects:
        how = of(relation.related_model)
        if how and relation.on_delete is models.PROTECT:
            for row in rows_of(relation.related_model).filter(
                **how.unsaid, **{f"{relation.field.name}__in": list(pks)}
            ):
                row.delete()
