"""Makes one record of several that are the same thing: what hangs on them moves, names join, addresses lead on.

A merge is looked at by doing it and taking it back, so that what is shown is what will be. Nothing is lost silently:
rows that say the same fold together and are counted; rows that differ in one place must be chosen between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from curation.imports import origins
from curation.merging.names import choosable, every_name, join_names
from curation.merging.relations import comparable, differing, relations, rows_of, twins
from curation.nominations.models import ErrorReport
from records import history
from records.admin.keys import key_of, keys_beside
from records.models import FormerSlug, LoadedRecord, Publishable, Record
from records.operations import Operation
from records.plain import name_of, plain

KEPT, OTHER, BOTH = "kept", "other", "both"


class Refused(Exception):
    """Nothing was merged; `problems` say why, each in a sentence for staff."""

    def __init__(self, problems: Sequence[str]):
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@dataclass
class Collision:
    """Two rows for one place that say different things. `choices` are what can be decided, `chosen` what was."""

    name: str
    kind: str
    label: str
    differing: list[tuple[str, str, str]]
    choices: list[str]
    chosen: str


@dataclass
class Moved:
    """What became of the rows of one relation: how many were there, moved, folded together, were chosen between."""

    label: str
    there: int = 0
    moved: int = 0
    folded: int = 0
    decided: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def after(self) -> int:
        return self.there + self.moved


@dataclass
class Report:
    """What a merge does, or did."""

    moved: dict[str, Moved] = field(default_factory=dict)
    collisions: list[Collision] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    operation: Operation | None = None

    @property
    def listed(self) -> list[Moved]:
        """The relations in which anything is done."""
        return [each for each in self.moved.values() if each.moved or each.folded or each.decided]

    @property
    def undecided(self) -> list[Collision]:
        return [each for each in self.collisions if not each.chosen]


Choices = Mapping[str, str]
# For each entry of `choosable`, its names joined by a comma: the number of the record whose value stands.
Fields = Mapping[str, int]


def look(kept: Record, others: Sequence[Record], fields: Fields, choices: Choices) -> Report:
    """What merging would do; nothing is changed. Raises Refused."""
    with transaction.atomic():
        report = _Merge(kept, others, fields, choices).run()
        transaction.set_rollback(True)
    return report


def merge(
    kept: Record,
    others: Sequence[Record],
    fields: Fields,
    choices: Choices,
    user: Any,
    reason: str,
    seen: str,
) -> Report:
    """Merges in one operation. Raises Refused, and where what there is no longer is what was `seen` (`state_of`)."""
    with history.operation(Operation.Kind.MERGE, user, reason, str(kept)) as done:
        if seen != state_of([kept, *others]):
            raise Refused([_("Something of it has been changed meanwhile: look at it again, then confirm.")])
        report = _Merge(kept, others, fields, choices).run()
        if report.undecided:
            raise Refused([_("Choose for each pair of rows that differ which one stands.")])
    report.operation = done.saved
    return report


def state_of(records: Sequence[Record]) -> str:
    """A digest of some records and of what hangs on them."""
    parts: list = []
    for record in sorted(records, key=lambda each: each.pk):
        parts.append((record.pk, sorted(plain(record).items(), key=lambda item: item[0])))
        for relation in relations(type(record)):
            rows = rows_of(relation, record)
            is_record = issubclass(relation.related_model, Record)
            known = rows.values_list("pk", "updated_at") if is_record else rows.values_list()
            parts.append((relation.related_model._meta.label_lower, list(known)))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def obstacles(kept: Record, others: Sequence[Record]) -> list[str]:
    """Why `kept` cannot be the one that stays."""
    found = []
    if kept.hidden and not all(other.hidden for other in others):
        found.append(_("“%(name)s” is hidden: let the other one stay, or show it first.") % {"name": kept})
    public = Publishable.State.PUBLISHED
    states = [getattr(each, "state", public) for each in (kept, *others)]
    if states[0] != public and public in states:
        found.append(
            _("“%(name)s” is not published and another one is: let the published one stay.") % {"name": kept}
        )
    return found


class _Merge:
    """One run. The records are read anew, so that nothing of a run that is taken back stays on them."""

    def __init__(self, kept: Record, others: Sequence[Record], fields: Fields, choices: Choices):
        self.model = type(kept)
        numbers = [kept.pk, *(other.pk for other in others)]
        rows = {row.pk: row for row in self.model._base_manager.select_for_update().filter(pk__in=numbers)}
        if len(rows) != len(set(numbers)) or len(set(numbers)) < 2:
            raise Refused([_("Choose two or more different records that are still there.")])
        self.kept, *self.others = (rows[pk] for pk in numbers)
        self.fields, self.choices = fields, choices
        self.report = Report()
        self._seen: set[tuple[str, int]] = set()

    def run(self) -> Report:
        problems = obstacles(self.kept, self.others)
        if problems:
            raise Refused(problems)
        names = [name for record in (self.kept, *self.others) for name in every_name(record)]
        marks = LoadedRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        try:
            for other in self.others:
                self._absorb(self.kept, other)
            self._values(names)
            for other in self.others:
                self._lead_on(other)
                other.delete()
        except IntegrityError as error:
            raise Refused(
                [_("The database refuses it: %(error)s") % {"error": str(error).split("\n")[0]}]
            ) from error
        # Deleting leaves these for the loader; taking the merge back takes them along.
        for mark in LoadedRecord.objects.filter(pk__gt=marks):
            history.note(mark, None)
        return self.report

    def _values(self, names: list[str]) -> None:
        """Gives the record that stays the values chosen, and all names."""
        rows = {row.pk: row for row in (self.kept, *self.others)}
        for group in choosable(self.model):
            chosen = rows.get(self.fields.get(",".join(group), self.kept.pk), self.kept)
            for name in group:
                setattr(self.kept, name, getattr(chosen, name))
        join_names(self.kept, names)
        try:
            self.kept.full_clean()
        except ValidationError as error:
            raise Refused(error.messages) from error
        self.kept.save()
        self.report.names = every_name(self.kept)

    def _lead_on(self, other: Record) -> None:
        """The addresses of a record that goes lead to the one that stays."""
        label = self.model._meta.label_lower
        # So do what readers reported of it, and the lists it is from.
        for named in (FormerSlug, ErrorReport):
            history.update(named.objects.filter(model=label, object_id=other.pk), object_id=self.kept.pk)
        origins.follow(self.kept, other)
        FormerSlug.objects.update_or_create(
            model=label, slug=other.slug, defaults={"object_id": self.kept.pk}
        )

    # --- what hangs on them

    def _absorb(self, kept: models.Model, other: models.Model) -> None:
        for relation in relations(type(kept)):
            rows = list(rows_of(relation, other))
            known = self._counted(relation, kept)
            if not rows:
                continue
            taken = twins(relation, kept, rows)
            free = rows_of(relation, other).exclude(pk__in=list(taken))
            known.examples += [name_of(row) for row in rows[: 5 - len(known.examples)]]
            known.moved += history.update(free, **{relation.field.name: kept})
            for row in rows:
                if row.pk in taken:
                    self._fold(relation, kept, row, taken[row.pk], known)

    def _counted(self, relation, kept: models.Model) -> Moved:
        """The entry of a relation, with what hung on the row that stays before anything moved to it."""
        name = f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        known = self.report.moved.setdefault(
            name, Moved(str(relation.related_model._meta.verbose_name_plural))
        )
        if (name, kept.pk) not in self._seen:
            self._seen.add((name, kept.pk))
            known.there += rows_of(relation, kept).count()
        return known

    def _fold(
        self, relation, kept: models.Model, row: models.Model, twin: models.Model, known: Moved
    ) -> None:
        """Two rows for one place: one where they say the same, else as it was chosen."""
        differences = differing(twin, row, relation.field)
        if not differences:
            known.folded += 1
        else:
            chosen = self._choice(relation, row, twin, differences)
            if chosen == BOTH:
                self._beside(relation, kept, row)
                known.moved += 1
                return
            if chosen == OTHER:
                for each in comparable(twin, relation.field):
                    setattr(twin, each.attname, getattr(row, each.attname))
                twin.save()
            known.decided += 1
        self._absorb(twin, row)
        origins.follow(twin, row)
        row.delete()

    def _choice(self, relation, row, twin, differences) -> str:
        name = f"{row._meta.label_lower}-{row.pk}"
        choices = [KEPT, OTHER, *([BOTH] if _has_key(row) else [])]
        chosen = self.choices.get(name, "")
        chosen = chosen if chosen in choices else ""
        kind = str(row._meta.verbose_name)
        self.report.collisions.append(Collision(name, kind, name_of(twin), differences, choices, chosen))
        return chosen

    @staticmethod
    def _beside(relation, kept: models.Model, row: models.Model) -> None:
        setattr(row, relation.field.name, kept)
        values = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields}
        row.key = key_of(type(row), {**values, "name": row.key}, keys_beside(type(row), values, row.pk))
        row.save()


def _has_key(row: models.Model) -> bool:
    return isinstance(row, Record) and "key" in row.natural_fields
