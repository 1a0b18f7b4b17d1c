"""What staff's work was called in the history before that was kept in every language (records/former.py)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy, pgettext_lazy

from curation.bulk.actions import actions_of
from curation.imports.tables import IMPORTERS
from curation.nominations.models import ErrorReport, Nomination
from records import former
from records.former import Former
from records.models import Record
from records.operations import Operation

Kind = Operation.Kind
_Words = Iterator[tuple[str, Any]]


def _kinds() -> _Words:
    for model in apps.get_models():
        plural = model._meta.verbose_name_plural
        yield str(plural), plural


def _fields() -> _Words:
    for model in apps.get_models():
        if issubclass(model, Record):
            yield from ((each.name, each.verbose_name) for each in model._meta.concrete_fields)


def _tables() -> _Words:
    yield from ((name, importer.label) for name, importer in IMPORTERS.items())


def _letters() -> _Words:
    yield from ((model.__name__, model._meta.verbose_name) for model in (Nomination, ErrorReport))


def _done_with_letters() -> _Words:
    for what in ("answered", "personal data deleted"):
        yield what, pgettext_lazy("done with a letter", what)  # by their messages in handling.py
    yield from chain(Nomination.State.choices, ErrorReport.State.choices)


def _titles() -> Iterator[Former]:
    """What bulk actions are called: one message each, whatever it is done to."""
    words = {"verbose_name_plural": _kinds, "field": _fields}
    labels = {
        str(action.label): action.label
        for model in apps.get_models()
        for action in actions_of(model).values()
    }
    for label in labels.values():
        yield Former(label, words, after=" (%(count)s)")


def know() -> None:
    """Says so once all kinds of records are known."""
    told = (Kind.UNDO, Kind.RESTORE)  # what these take back, they are called by
    former.know((Kind.BULK, Kind.STATE, Kind.EDIT, *told), "subject", *_titles())
    former.know((Kind.IMPORT, *told), "subject", Former("%(table)s: %(file)s", {"table": _tables}))
    letter = Former("%(letter)s %(number)s: %(done)s", {"letter": _letters, "done": _done_with_letters})
    former.know((Kind.INBOX,), "subject", letter)
    split = Former(gettext_lazy("%(theme)s, split: %(into)s"))
    former.know((Kind.MERGE, *told), "subject", split)
    out = gettext_lazy("Rows left out: %(rows)s.")
    former.know((Kind.IMPORT,), "reason", Former(out), Former(_After(out)))
    deleted = gettext_lazy("It was made with an import that was deleted before it was done.")
    former.know((Kind.EDIT,), "reason", Former(deleted))
    scheduled = gettext_lazy("scheduled by %(who)s for %(time)s")
    former.know((Kind.STATE,), "reason", Former(scheduled))


class _After:
    """A message below a person's own words."""

    def __init__(self, message: Any):
        self._message = message

    def __str__(self) -> str:
        return f"%(own)s\n{self._message}"
