"""The order of loading: what is referred to comes before what refers to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from records.loading.files import Entry, FieldsOf, Key, loaded_fields
from records.models import Record


def referred_models(model: type[Record], fields: FieldsOf = loaded_fields) -> set[type[Record]]:
    """The other models that records of this one refer to."""
    return {f.related_model for f in fields(model).values() if f.is_relation} - {model}


def in_order(models: Iterable[type[Record]], fields: FieldsOf = loaded_fields) -> list[type[Record]]:
    """The models, each after those it refers to."""
    wanted = set(models)
    graph = {
        model: referred_models(model, fields) & wanted
        for model in sorted(wanted, key=lambda m: m._meta.label_lower)
    }
    return list(TopologicalSorter(graph).static_order())


def entries_in_order(entries: Iterable[Entry], fields: FieldsOf = loaded_fields) -> list[Entry]:
    """The records, each after those it refers to. FixtureError where records of one kind refer to each
    other.
    """
    by_model: dict[type[Record], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_model[entry.model].append(entry)
    ordered = []
    for model in in_order(by_model, fields):
        ordered += _within(model, by_model[model], fields)
    return ordered


def _within(model: type[Record], entries: list[Entry], fields: FieldsOf) -> list[Entry]:
    """The records of one model, ordered by the references among them."""
    names = [name for name, field in fields(model).items() if field.related_model is model]
    if not names:
        return entries
    by_key: dict[Key, Entry] = {entry.key: entry for entry in entries}
    graph = {
        entry.key: [entry.fields[name] for name in names if entry.fields.get(name) in by_key]
        for entry in entries
    }
    try:
        return [by_key[key] for key in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise by_key[error.args[1][0]].error("it refers, through others of its kind, to itself") from error
