"""What a person has chosen on the page of a merge."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from curation.merging.names import choosable
from curation.merging.relations import relations, rows_of, shown
from records.admin import REASON
from records.models import Record

FIELD, CHOICE = "field-", "choice-"
# What the page proposed for a field, empty where a person had chosen: any other value that is sent is chosen by hand.
PROPOSED = "proposed-"


def _weight(record: Record) -> tuple[int, Any]:
    """Orders records by what hangs on them, the most first, then the oldest."""
    hanging = sum(rows_of(relation, record).count() for relation in relations(type(record)))
    return -hanging, (record.created_at, record.pk)


class MergeForm:
    """The records, which of them stays, which value of each field; `problem` says what is wrong with the address."""

    def __init__(self, model: type[Record], data: QueryDict, most: int):
        self.model, self.data = model, data
        numbers = [
            int(each) for each in data.get("ids", "").split(",") if each.isascii() and each.isdecimal()
        ]
        numbers = [number for number in dict.fromkeys(numbers[: most + 1]) if number < 2**63]
        rows = model._base_manager.in_bulk(numbers)
        self.records = [rows[number] for number in numbers if number in rows]
        self.problem = ""
        if not 2 <= len(self.records) <= most or len(self.records) < len(numbers):
            self.problem = _("Tick from two to %(most)d records that are still there.") % {"most": most}

    @property
    def ids(self) -> str:
        return ",".join(str(record.pk) for record in self.records)

    @cached_property
    def kept(self) -> Record:
        """The one that stays: as chosen, else of those readers see the one on which most hangs, then the oldest."""
        asked = self.data.get("kept", "")
        chosen = [record for record in self.records if str(record.pk) == asked]
        public = [record for record in self.records if record.is_public]
        return chosen[0] if chosen else min(public or self.records, key=_weight)

    @property
    def others(self) -> list[Record]:
        return [record for record in self.records if record.pk != self.kept.pk]

    @cached_property
    def fields(self) -> dict[str, int]:
        """For each field, or group of fields, whose value stands: the one chosen, else the first that has one."""
        return {",".join(group): self._standing(group) for group in choosable(self.model)}

    def _standing(self, group: tuple[str, ...]) -> int:
        name = ",".join(group)
        return self.by_hand.get(name, self.proposed[name])

    @cached_property
    def by_hand(self) -> dict[str, int]:
        """Of the fields, those for which a person chose: that stands whichever stays. All others follow which does."""
        known = {str(record.pk): record.pk for record in self.records}
        names = [",".join(group) for group in choosable(self.model)]
        asked = {name: self.data.get(FIELD + name, "") for name in names}
        return {
            name: known[value]
            for name, value in asked.items()
            if value in known and value != self.data.get(PROPOSED + name)
        }

    @cached_property
    def proposed(self) -> dict[str, int]:
        """For each field, or group of fields, the value that stands where nobody chooses another."""
        return {",".join(group): self._first_with(group) for group in choosable(self.model)}

    def _first_with(self, group: tuple[str, ...]) -> int:
        for record in (self.kept, *self.others):
            if any(shown(record, self.model._meta.get_field(name)) for name in group):
                return record.pk
        return self.kept.pk

    @property
    def choices(self) -> dict[str, str]:
        """What was decided of rows that differ, by their names."""
        return {
            name.removeprefix(CHOICE): value for name, value in self.data.items() if name.startswith(CHOICE)
        }

    @property
    def reason(self) -> str:
        return self.data.get(REASON, "")

    def missing(self) -> list[str]:
        """What must be given before anything is merged."""
        return [] if self.reason.strip() else [_("Say why these are the same: the reason is kept.")]

    def rows(self) -> list[dict]:
        """The records field by field, for the page: label, the name of the choice, and a cell for each record."""
        rows = []
        for group in choosable(self.model):
            fields = [self.model._meta.get_field(name) for name in group]
            name = ",".join(group)
            cells = [
                {
                    "pk": record.pk,
                    "text": "; ".join(filter(None, (shown(record, field) for field in fields))),
                    "chosen": self.fields[name] == record.pk,
                }
                for record in self.records
            ]
            if not any(cell["text"] for cell in cells):
                continue  # there is nothing to choose between
            label = ", ".join(str(field.verbose_name) for field in fields)
            differ = len({cell["text"] for cell in cells}) > 1
            rows.append(
                {
                    "label": label,
                    "name": FIELD + name,
                    "proposed_name": PROPOSED + name,
                    "proposed": "" if name in self.by_hand else self.proposed[name],
                    "cells": cells,
                    "differ": differ,
                }
            )
        return rows
