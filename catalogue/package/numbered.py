"""Fields that name a record by its number within a text ("case/11:start"): in the package it has its natural key.

A number means nothing in another database. A model says which fields these are (`numbered_fields`).
"""

from __future__ import annotations

from functools import cached_property

from django.apps import apps

from catalogue.package import public, tables
from catalogue.package.archive import PackageError
from records.models import Record


class Names:
    """The natural keys, each as one text, of the records in the package, by their numbers, for one field."""

    def __init__(self, model: type[Record], field: str):
        self.model, self.field = model, field
        self.kinds = {word: apps.get_model(label) for word, label in model.numbered_fields[field].items()}

    @cached_property
    def _by_number(self) -> dict[str, str]:
        return {f"{word}/{number}": name for word, number, name in self._every()}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {name: f"{word}/{number}" for word, number, name in self._every()}

    def _every(self):
        for word, model in self.kinds.items():
            query = model._base_manager.filter(public.included_q(model))
            for number, *key in query.values_list(
                "pk", *(column.lookup for column in tables.key_columns(model))
            ):
                yield word, number, "/".join([word, *("" if part is None else str(part) for part in key)])

    def packed(self, text: str) -> str | None:
        """The text as the package has it; None where it names what is not in it."""
        return _replaced(text, self._by_number)

    def unpacked(self, text: str) -> str | None:
        """The text as this database has it; None where there is no such record."""
        return _replaced(text, self._by_name)


def _replaced(text: str, names: dict[str, str]) -> str | None:
    head, colon, rest = text.partition(":")
    if not text:
        return text
    return names[head] + colon + rest if head in names else None


def names_of(model: type[Record]) -> list[Names]:
    """One for each such field of a model."""
    return [Names(model, field) for field in model.numbered_fields]


def unpack_all() -> None:
    """Gives the records that were loaded the numbers of this database. PackageError where one is of no record."""
    for model in tables.models():
        for names in names_of(model):
            for row in model._base_manager.exclude(**{f"{names.field}__isnull": True}).order_by("pk"):
                text = names.unpacked(getattr(row, names.field))
                if text is None:
                    place = f"data/{tables.table_name(model)}.csv: {', '.join(map(str, row.natural_key()))}"
                    column = tables.plain_name(names.field)
                    raise PackageError(
                        f"{place}, column “{column}”: “{getattr(row, names.field)}” is of no record."
                    )
                model._base_manager.filter(pk=row.pk).update(**{names.field: text})
