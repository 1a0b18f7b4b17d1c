"""One form that two people filled in: field by field what only one of them changed, and what both did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.admin.form_data import put
from records.differences import Names, kind_of, shown_value
from records.plain import fill, name_of, plain

# The beginning of the names of what is chosen.
CHOICE = "meanwhile:"


@dataclass
class Told:
    """One thing that was changed meanwhile, as the panel above the form shows it."""

    what: str
    before: str = ""
    theirs: str = ""
    yours: str = ""
    done: str = ""
    choice: str = ""  # the name of the choice, where both changed the same
    html_name: str = ""  # of the field that the choice is of
    is_missing: bool = False  # whether the form came back with this choice before, and it was not made


@dataclass
class Fields:
    """The fields of one record, or of one row of a part, in the data of a form. `key` begins their choices."""

    key: str
    form: type[forms.ModelForm]
    prefix: str
    data: QueryDict
    base: dict
    row: models.Model
    asked_before: dict
    asked: dict

    def compared(self) -> Iterator[Told]:
        """Field by field: what only they changed is put into the data, what both changed is asked."""
        old = type(self.row)()
        fill(old, self.base)
        self.was, self.now = jsonable(self.base), jsonable(plain(self.row))
        self.fresh = self._bound(None, self.row)
        mine = set(self._bound(self.data, old).changed_data)
        apart = set(self._bound(self.data, self.row).changed_data)
        for name in self.fresh.fields:
            column = _column(type(self.row), name)
            if column is None or column.attname not in self.was:
                continue
            theirs = self.now[column.attname] != self.was[column.attname]
            if (theirs and name in apart) or (not theirs and self._is_undecided(name)):
                yield self._told(name, column, name in mine)

    def _bound(self, data: QueryDict | None, row: models.Model) -> forms.ModelForm:
        return self.form(data, prefix=self.prefix or None, instance=row)

    def _is_undecided(self, name: str) -> bool:
        """Whether it was asked before whose value stands, and not said. What was said is done."""
        choice = f"{self.key}:{name}"
        if choice not in self.asked_before:
            return False
        said = self.data.get(CHOICE + choice)
        if said == "theirs":
            put(self.data, self.fresh, name)
        return said not in ("theirs", "mine")

    def _told(self, name: str, column: models.Field, is_mine: bool) -> Told:
        names, choice = Names(), f"{self.key}:{name}"
        before = self.asked_before.get(choice, self.was[column.attname])
        typed = self.data.get(self.fresh.add_prefix(name))
        told = Told(
            f"{called(self.row)}: {capfirst(str(column.verbose_name))}",
            shown_value(column, before, names),
            shown_value(column, self.now[column.attname], names),
            _typed(self.fresh, name, column, typed, names),
        )
        if is_mine or choice in self.asked_before:
            self.asked[choice], told.choice = before, CHOICE + choice
            told.html_name = self.fresh.add_prefix(name)
            told.is_missing = choice in self.asked_before and not self.data.get(CHOICE + choice)
        else:
            put(self.data, self.fresh, name)
            told.done, told.yours = _("Only they changed it: theirs is taken."), told.before
        return told


def _column(model: type[models.Model], name: str) -> models.Field | None:
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if getattr(found, "concrete", False) and not found.many_to_many else None


def _typed(form: forms.ModelForm, name: str, column: models.Field, raw: Any, names: Names) -> str:
    """What was typed into a field, as it is shown beside stored values."""
    try:
        value = form.fields[name].clean(raw)
    except ValidationError:
        return str(raw or "")
    value = value.pk if isinstance(value, models.Model) else value
    return shown_value(
        column, jsonable(column.get_prep_value(value) if not column.is_relation else value), names
    )


def jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): jsonable(each) for key, each in value.items()}
    return value if isinstance(value, list | str | int | float | bool | None) else str(value)


def called(row: models.Model) -> str:
    return f"{kind_of(row._meta.label_lower)} “{name_of(row)}”"
