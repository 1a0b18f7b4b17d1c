"""What readers need of a record, as the room that knows says: publishing without it is asked about first.

It stands in the way of nobody who means it. A list of somebody else may have no more than a title and a place, and be
worth reading; but nobody shall publish a gap unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from records.models import Publishable

# Gives what each record lacks, by its number, in words; records that lack nothing may be left out.
Lacking = Callable[[Iterable[int]], dict[int, list[str]]]
_asked: dict[type[Publishable], Lacking] = {}


def ask(model: type[Publishable], lacking: Lacking) -> None:
    """Has records of a kind looked at by `lacking` before they are published."""
    _asked[model] = lacking


def missing(records: Sequence[Publishable]) -> dict[int, list[str]]:
    """What each of some records of one kind lacks that readers need, by its number; [] where nothing is missing."""
    found: dict[int, list[str]] = {record.pk: [] for record in records}
    if records and (lacking := _asked.get(type(records[0]))):
        found |= lacking(found)
    return found
