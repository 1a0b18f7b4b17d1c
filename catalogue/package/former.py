"""Addresses that records once had and that lead to them still: no record of their own, and yet given out to readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from catalogue.package import public, tables
from catalogue.package.archive import PackageError
from records.models import FormerSlug, Record

TABLE = "former-addresses"
PATH = f"data/{TABLE}.csv"
COLUMNS = ("table", "former", "slug")
WORDS = {
    "title": "former addresses",
    "about": "One row for each short name that a record once had: its address leads to the record of today.",
}
_DESCRIBED = (
    "The table of the record: cases, cities.",
    "The short name it once had, as its address had it.",
    "Its short name today, in that table.",
)


def schema() -> dict[str, Any]:
    """The Table Schema."""
    rules = {"required": True}
    fields = [
        {"name": name, "type": "string", "format": "default", "description": said, "constraints": rules}
        for name, said in zip(COLUMNS, _DESCRIBED, strict=True)
    ]
    return {"fields": fields, "primaryKey": ["table", "former"], "missingValues": [""]}


def _models() -> dict[str, type[Record]]:
    """The kinds of records that addresses name by a slug, by their tables."""
    return {
        name: model for name, model in tables.models_by_table().items() if model.natural_fields == ("slug",)
    }


def rows() -> Iterator[list[str]]:
    """Those of the records in the package, in a fixed order."""
    for name, model in sorted(_models().items()):
        former = FormerSlug.objects.filter(model=model._meta.label_lower)
        known = model._base_manager.filter(public.included_q(model), pk__in=former.values("object_id"))
        slugs = dict(known.values_list("pk", "slug"))
        pairs = former.values_list("slug", "object_id")
        yield from sorted([name, slug, slugs[number]] for slug, number in pairs if number in slugs)


def load(found: Iterable[tuple[int, list[str]]]) -> None:
    """Brings them back; `found` are the rows with their numbers. PackageError where one names no record."""
    for number, cells in found:
        if len(cells) != len(COLUMNS) or not all(cells):
            raise PackageError(f"{PATH}: row {number}: give all of {', '.join(COLUMNS)}.")
        name, former, slug = cells
        model = _models().get(name)
        if model is None:
            raise PackageError(f"{PATH}: row {number}, column “table”: no table “{name}” has addresses.")
        record = model._base_manager.filter(slug=slug).first()
        if record is None:
            raise PackageError(f"{PATH}: row {number}, column “slug”: there is no “{slug}” in {name}.")
        kind = {"model": model._meta.label_lower, "slug": former}
        if (
            len(former) > 120
            or not FormerSlug.objects.get_or_create(**kind, defaults={"object_id": record.pk})[1]
        ):
            raise PackageError(f"{PATH}: row {number}, column “former”: too long, or given twice.")
