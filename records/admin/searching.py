"""What is looked for in the history: by what it was called in any language, and by names of kinds, fields and acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import override

from records.models import Record
from records.operations import Change, Operation
from records.plain import columns

# Columns that hold a name of a record, beside the one it is called by.
_NAMES = ("name", "title", "other_names", "aka")
# Of those that are called so, so many are looked for by their numbers.
_MOST = 200
_Labels = frozenset[str]


def operations(asked: str) -> Q:
    """Operations by who, what and why, by the kind of operation, and by kinds of records that they touched."""
    return _every(asked, _of_operation)


def changes(asked: str) -> Q:
    """Changes by the name of the record, by what was done and why, by kind of record, and by the field changed."""
    return _every(asked, _of_change)


def deletions(model: type[models.Model], asked: str) -> Q:
    """Deletions of a kind by a name of the record in any language, or by that of the kind itself."""
    label = model._meta.label_lower
    names = [each for each in columns(model) if each in _NAMES or each.startswith(("name_", "title_"))]

    def of_deletion(word: str) -> Q:
        found = _called(word) | _any(f"before__{name}__icontains" for name in names)(word)
        return found | Q(model=label) if label in kinds_called(word) else found

    return _every(asked, of_deletion)


def kinds_called(words: str) -> _Labels:
    """The kinds of records of that name in any language: "案例", "cases"."""
    return _kinds().get(_plain(words), frozenset())


# --- one word, or all of them as one name


def _every(asked: str, of: Any) -> Q:
    """Each word by itself, or all that was asked for as one: kinds and fields have names of several words."""
    whole = Q()
    for word in asked.split():
        whole &= of(word)
    return whole | of(asked) if len(asked.split()) > 1 else whole


def _of_operation(word: str) -> Q:
    found = Q(subject__icontains=word) | Q(reason__icontains=word) | Q(by__icontains=word)
    found |= _said("said", word) | Q(kind__in=_choices(Operation.Kind, word))
    if labels := kinds_called(word):
        touched = Change.objects.filter(root_model__in=labels).values("operation_id")
        found |= Q(pk__in=touched)
    if here := _now_called(word):
        found |= Q(pk__in=Change.objects.filter(here).values("operation_id"))
    return found


def _of_change(word: str) -> Q:
    found = _called(word) | Q(operation__reason__icontains=word) | Q(operation__subject__icontains=word)
    found |= _said("operation__said", word) | Q(action__in=_choices(Change.Action, word))
    if labels := kinds_called(word):
        found |= Q(model__in=labels)
    for label, names in _fields().get(_plain(word), {}).items():
        found |= Q(model=label, action=Change.Action.CHANGED, after__has_any_keys=names)
    return found | _now_called(word)


def _now_called(word: str) -> Q:
    """Changes on the pages of records that have a local name so: what was written down before may be without it.

    Nothing for a word in Latin letters, which names in the first language hold.
    """
    found = Q()
    for model in [] if word.isascii() else _with_local_names():
        pks = list(
            model._base_manager.filter(name_local__icontains=word).values_list("pk", flat=True)[:_MOST]
        )
        if pks:
            found |= Q(root_model=model._meta.label_lower, root_id__in=pks)
    return found


def _called(word: str) -> Q:
    found = Q(name__icontains=word)
    for code in _others():
        found |= Q(**{f"names__{code}__icontains": word})
    return found


def _said(where: str, word: str) -> Q:
    names = [f"{where}__{name}__{code}__icontains" for name in ("subject", "reason") for code in _others()]
    return _any(names)(word)


def _any(lookups: Iterable[str]) -> Any:
    lookups = list(lookups)

    def asked(word: str) -> Q:
        found = Q(pk__in=[])
        for lookup in lookups:
            found |= Q(**{lookup: word})
        return found

    return asked


# --- names in each language


def _others() -> list[str]:
    """The languages beside the first, which the fields themselves hold."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _in_each_language(*texts: Any) -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {_plain(str(text)) for text in texts}
    return found


def _choices(choices: type[models.TextChoices], word: str) -> list[str]:
    """The choices whose name has the word, in any language; in Chinese it may be a piece of it."""
    word, found = _plain(word), []
    for value, label in choices.choices:
        for name in _in_each_language(label):
            if word in (name, *name.replace(",", " ").split()) or (not word.isascii() and word in name):
                found.append(value)
    return found


@cache
def _with_local_names() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if issubclass(each, Record) and "name_local" in columns(each)]


@cache
def _kinds() -> Mapping[str, _Labels]:
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        opts = model._meta
        for name in _in_each_language(opts.verbose_name, opts.verbose_name_plural):
            found.setdefault(name, set()).add(opts.label_lower)
    return {name: frozenset(labels) for name, labels in found.items()}


@cache
def _fields() -> Mapping[str, Mapping[str, list[str]]]:
    """Columns of each kind by the name of the field."""
    found: dict[str, dict[str, list[str]]] = {}
    for model in apps.get_models():
        for column, each in columns(model).items():
            for name in _in_each_language(each.verbose_name):
                found.setdefault(name, {}).setdefault(model._meta.label_lower, []).append(column)
    return found
