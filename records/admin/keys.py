"""Keys that need not be thought of: made from what a record says, and unlike those of its neighbours."""

from collections.abc import Iterable

from django.db import models
from django.utils.text import slugify

# What a key is made from, the first of these that is filled in.
_FROM = ("heading", "indicator", "event", "target", "name", "what", "read_as", "printed", "kind")


def key_of(model: type[models.Model], values: dict, taken: Iterable[str]) -> str:
    """A key for a record with these values that is none of `taken`: "length-of-streets", "length-of-streets-2".

    What has no Latin letters or digits is named after its kind: "outcome", "outcome-2".
    """
    longest = model._meta.get_field("key").max_length
    words = (slugify(str(values.get(name) or "")) for name in _FROM)
    base = next(filter(None, words), "") or model._meta.model_name
    key, number, taken = _cut(base, longest), 1, set(taken)
    while key in taken:
        number += 1
        ending = f"-{number}"
        key = _cut(base, longest - len(ending)) + ending
    return key


def _cut(text: str, length: int) -> str:
    """At most so long, ending with a whole word where there is one."""
    if len(text) <= length:
        return text
    whole = text[: length + 1].rpartition("-")[0]
    return (whole or text[:length]).rstrip("-")


def keys_beside(model: type[models.Model], values: dict, pk: int | None) -> set[str]:
    """The keys in use within the same parent (and source, where that is part of what tells records apart)."""
    others = {name: values.get(name) for name in model.natural_fields if name != "key"}
    if any(isinstance(value, models.Model) and value.pk is None for value in others.values()):
        return set()  # a parent that is being made has no parts yet
    return set(model._base_manager.filter(**others).exclude(pk=pk).values_list("key", flat=True))
