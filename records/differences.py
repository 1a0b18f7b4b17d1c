"""What differs between two states of a record, as a person reads it: labels, names, choices, changed words marked."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records import history
from records.operations import Change
from records.plain import columns, name_of
from records.said import for_reader

# Never of use to a reader of the history: the row's number, and when it was made (the operation says that).
_LEFT_OUT = ("id", "created_at")
# Words, single characters of scripts without blanks, and whatever stands between.
_WORDS = re.compile(r"[\u3400-\u9fff]|\w+|\s+|[^\w\s]")
# Texts with more pieces than this would take seconds to compare; they are shown whole.
_MOST_WORDS = 3000
# Values that are kept in a way of their own: by kind of record and column, what gives their words.
_words_of: dict[tuple[str, str], Callable[[Any], str]] = {}


def show_as(model: type[models.Model], name: str, words: Callable[[Any], str]) -> None:
    """Has the values that a column holds, where it is not empty, shown by what `words` says of them."""
    _words_of[model._meta.label_lower, name] = words


@dataclass
class Difference:
    """One field before and after, both ready to be shown."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One change as it is shown: what kind of record, its name, field by field."""

    change: Change
    kind: str
    differences: list[Difference]

    @property
    def is_part(self) -> bool:
        change = self.change
        return (change.model, change.object_id) != (change.root_model, change.root_id)


def model_of(label: str) -> type[models.Model] | None:
    """The model of a change; None where the catalogue no longer knows it."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_of(label: str, count: int = 1) -> str:
    """What a kind of record is called: "Outcome"; the plural where there are several."""
    model = model_of(label)
    if model is None:
        return label
    return capfirst(str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural))


def described(changes: Iterable[Change]) -> list[Entry]:
    """The changes as they are shown; the names of what they point to are read for each kind at once."""
    changes = list(changes)
    names = Names()
    for change in changes:
        for values in filter(None, (change.before, change.after)):
            names.will_need(change.model, values)
    return [Entry(change, kind_of(change.model), _differences(change, names)) for change in changes]


def _differences(change: Change, names: Names) -> list[Difference]:
    model, before, after = model_of(change.model), change.before, change.after
    known = columns(model) if model else {}
    found = []
    for name in dict.fromkeys([*(before or {}), *(after or {})]):
        was, now = (before or {}).get(name), (after or {}).get(name)
        if name in _LEFT_OUT or (None in (before, after) and _is_empty(was) and _is_empty(now)):
            continue
        field = known.get(name)
        label = _label(model, name)
        words = _words_of.get((change.model, name))
        shown = [words(each) if words and each else shown_value(field, each, names) for each in (was, now)]
        if None not in (before, after) and isinstance(was, str) and isinstance(now, str):
            shown = marked(*shown)
        found.append(Difference(label, shown[0], shown[1]))
    return found


def _label(model: type[models.Model] | None, name: str) -> str:
    """What a column or a list of others is called; by its own name where it has gone."""
    for field in model._meta.get_fields() if model else ():
        if name in (field.name, getattr(field, "attname", "")) and hasattr(field, "verbose_name"):
            return capfirst(str(field.verbose_name))
    return name


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {}) or value is False


def shown_value(field: models.Field | None, value: Any, names: Names) -> str:
    """A plain value as a person reads it; "" where it is empty."""
    if value is None or value == "":
        return ""
    if field is not None and field.is_relation:
        return names.of(field.related_model, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    for choice, label in getattr(field, "flatchoices", None) or ():
        if choice == value:
            return str(label)
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(moment, "DATETIME_FORMAT")
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


class Names:
    """What records are called that others point to, also when they have gone."""

    def __init__(self):
        self._wanted: dict[str, set[int]] = defaultdict(set)
        self._known: dict[tuple[str, int], str] = {}

    def will_need(self, label: str, values: history.Plain) -> None:
        """Notes what the values of a record point to, so that all of a kind is read at once."""
        model = model_of(label)
        for name, field in (columns(model) if model else {}).items():
            if field.is_relation and isinstance(values.get(name), int):
                self._wanted[field.related_model._meta.label_lower].add(values[name])

    def of(self, model: type[models.Model], pk: Any) -> str:
        """The name of one; what it was last called, where it has gone."""
        label = model._meta.label_lower
        if (label, pk) not in self._known:
            self._wanted[label].add(pk)
            self._read(label, model)
        return self._known[label, pk]

    def _read(self, label: str, model: type[models.Model]) -> None:
        pks = {pk for pk in self._wanted.pop(label) if (label, pk) not in self._known}
        for row in model._base_manager.filter(pk__in=pks):
            self._known[label, row.pk] = name_of(row)
        gone = {pk for pk in pks if (label, pk) not in self._known}
        last = Change.objects.filter(model=label, object_id__in=gone).order_by("pk")
        for pk, name, names in last.values_list("object_id", "name", "names") if gone else ():
            self._known[label, pk] = _("%(name)s (deleted)") % {"name": for_reader(names or name)}
        for pk in gone:
            self._known.setdefault((label, pk), f"{kind_of(label)} {pk} " + _("(gone)"))


def marked(before: str, after: str) -> list[str]:
    """Both texts with the words that differ in del and ins elements, which also say so to who does not see them."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not before or not after or len(old) + len(new) > _MOST_WORDS:
        return [before, after]
    sides: tuple[list[SafeString], list[SafeString]] = ([], [])
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if not any(step[0] == "equal" and "".join(old[step[1] : step[2]]).strip() for step in steps):
        return [before, after]  # nothing in common: marking all of it would say nothing
    for step, first, last, start, end in steps:
        for side, pieces, element, said in (
            (sides[0], old[first:last], "del", _("removed:")),
            (sides[1], new[start:end], "ins", _("added:")),
        ):
            text = "".join(pieces)
            if step == "equal" or not text:
                side.append(format_html("{}", text))
            else:
                begin = format_html('<span class="visually-hidden">[{} </span>', said)
                side.append(format_html("<{}>{}{}{}</{}>", element, begin, text, _END, element))
    return [format_html_join("", "{}", ((piece,) for piece in side)) for side in sides]


_END = SafeString('<span class="visually-hidden">]</span>')
