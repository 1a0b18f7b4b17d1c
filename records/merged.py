"""What was merged into another record: what is brought back and named it names that other one.

Such a record is not there, and yet was not deleted: its address leads to the one that stays, and undoing the merge
parts the two again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from records import many, past
from records.models import FormerSlug
from records.operations import Change, Operation
from records.plain import plain

# A row by kind and number, and the values that are put back into it.
Key = tuple[str, int]
Values = dict[Key, dict[str, Any]]


@dataclass(frozen=True)
class Merged:
    """One that was merged: the change in which it went, and the record that stays."""

    deletion: Change
    into: models.Model

    @property
    def told(self) -> str:
        """That, in a sentence with what can be done."""
        words = {"name": self.deletion.called, "into": self.into}
        return _("“%(name)s” was merged into “%(into)s”: undo that merge to have it again.") % words


def merged(model: type[models.Model], numbers: Iterable[int]) -> dict[int, Merged]:
    """Those of the records with these numbers, which are not there, that were merged into one that is."""
    found: dict[int, Merged] = {}
    for some in many.batches(sorted(numbers)):
        deletions = [
            each for each in past.deleted_of(model).filter(object_id__in=some) if "slug" in each.before
        ]
        leads = _leads(model, deletions)
        there = model._base_manager.in_bulk({lead.object_id for lead in leads.values()})
        for deletion in deletions:
            lead = leads.get(deletion.before["slug"])
            if lead and lead.object_id in there and _is_merge(deletion.operation, lead):
                found[deletion.object_id] = Merged(deletion, there[lead.object_id])
    return found


def _leads(model: type[models.Model], deletions: Iterable[Change]) -> dict[str, FormerSlug]:
    slugs = [deletion.before["slug"] for deletion in deletions]
    rows = FormerSlug.objects.filter(model=model._meta.label_lower, slug__in=slugs)
    return {row.slug: row for row in rows}


def _is_merge(operation: Operation, lead: FormerSlug) -> bool:
    """Whether a record went in an operation that has its address lead on: a merge, or one that was done again."""
    if operation.kind == Operation.Kind.MERGE:
        return True
    label = FormerSlug._meta.label_lower
    return operation.changes.filter(model=label, object_id=lead.pk).exists()


@dataclass
class Led:
    """What became of values that named what was merged: `doubled` say what another row says already."""

    doubled: set[Key]
    notes: list[str]


def lead_on(values: Values, called: dict[Key, str], leaving: Collection[Key]) -> Led:
    """Has the values of rows to be put back name what stays. `leaving` are rows that will be taken out."""
    led: dict[Key, set[str]] = {}
    notes: list[str] = []
    for label, group in _by_kind(values).items():
        for field in apps.get_model(label)._meta.concrete_fields:
            if field.is_relation:
                for key, one in _led_by(field, group, values):
                    led.setdefault(key, set()).add(field.attname)
                    words = {"name": one.deletion.called, "into": one.into}
                    notes.append(
                        _("“%(name)s” was merged into “%(into)s”: what named it names that one now.") % words
                    )
    doubled = set()
    for label, group in _by_kind(led).items():
        doubled |= _doubled(label, {key: led[key] for key in group}, values, leaving)
    text = _("“%(name)s” is not brought back beside what says the same already.")
    notes += [text % {"name": called[key]} for key in sorted(doubled)]
    return Led(doubled, list(dict.fromkeys(notes)))


def _by_kind(keys: Iterable[Key]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key in keys:
        found.setdefault(key[0], []).append(key)
    return found


def _led_by(field: models.Field, group: list[Key], values: Values) -> Iterator[tuple[Key, Merged]]:
    """The rows whose reference leads to what was merged, set to what stays."""
    other = field.related_model
    named = {values[key].get(field.attname) for key in group} - {None}
    away = gone(field, {pk for pk in named if (other._meta.label_lower, pk) not in values})
    known = merged(other, away) if away else {}
    for key in group:
        if one := known.get(values[key].get(field.attname)):
            values[key][field.attname] = one.into.pk
            yield key, one


def gone(field: models.Field, pks: Collection[int]) -> set[int]:
    """Those of the numbers that a reference leads to in vain."""
    there: set[int] = set()
    for some in many.batches(sorted(pks)):
        there.update(field.related_model._base_manager.filter(pk__in=some).values_list("pk", flat=True))
    return set(pks) - there


# --- rows that would say the same twice


def _doubled(label: str, led: dict[Key, set[str]], values: Values, leaving: Collection[Key]) -> set[Key]:
    model = apps.get_model(label)
    whole = _whole(model, values)
    found = {key for key, names in led.items() if _names_itself(model, whole[key[1]], names)}
    for columns in _unique(model):
        taken = {_at(row, columns): pk for pk, row in whole.items() if (label, pk) not in led}
        for key in led:
            at = _at(whole[key[1]], columns)
            if key in found or None in at or not led[key] & set(columns):
                continue
            rows = model._base_manager.filter(**dict(zip(columns, at, strict=True)))
            others = rows.exclude(pk=key[1]).values_list("pk", flat=True)
            if at in taken or any(pk not in whole and (label, pk) not in leaving for pk in others):
                found.add(key)
            taken.setdefault(at, key[1])
    return found


def _whole(model: type[models.Model], values: Values) -> dict[int, dict[str, Any]]:
    """All values of the rows of a kind as they will be."""
    label = model._meta.label_lower
    own = {pk: row for (each, pk), row in values.items() if each == label}
    there = many.held(model, list(own))
    return {pk: {**(plain(there[pk]) if pk in there else {}), **row} for pk, row in own.items()}


def _names_itself(model: type[models.Model], row: dict[str, Any], led: set[str]) -> bool:
    """Whether a row relates a record to itself by now, as a theme to the broader one it was merged into."""
    fields = [field for field in model._meta.concrete_fields if field.is_relation]
    pairs = ((one, two) for one in fields if one.attname in led for two in fields if two != one)
    return any(
        one.related_model is two.related_model and row.get(one.attname) == row.get(two.attname)
        for one, two in pairs
    )


def _unique(model: type[models.Model]) -> list[list[str]]:
    """The columns of each rule that allows their values once."""
    options = model._meta
    sets = [each.fields for each in options.constraints if isinstance(each, models.UniqueConstraint)]
    sets += [*options.unique_together, *([field.name] for field in options.concrete_fields if field.unique)]
    return [[options.get_field(name).attname for name in each] for each in sets if each]


def _at(row: dict[str, Any], columns: list[str]) -> tuple:
    return tuple(row.get(column) for column in columns)


def name_of_gone(field: models.Field, pk: int) -> str:
    """What a record that a reference leads to in vain was called; "" where nothing is known of it."""
    deletion = past.deletion_of(field.related_model._meta.label_lower, pk)
    return deletion.called if deletion else ""
