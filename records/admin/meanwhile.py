"""Two people, one record: what was changed between the opening of a form and its sending is told, and merged.

A form carries, signed, the values it was made from. When it is sent they are compared with what the database holds,
so that any change is noticed, whoever made it. `merge` gives the data of the form as it comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records import history
from records.admin.form_data import number, of_row, put, renumber
from records.differences import Names, kind_of, shown_value
from records.operations import Operation
from records.plain import fill, name_of, plain

# The hidden field with what a form was made from, and the beginning of the names of what is chosen.
MADE_FROM, CHOICE = "made_from", "meanwhile:"
_SALT = "records.made_from"


@dataclass
class Rows:
    """The rows of one part on a page: as they are in the database, and the class of their forms."""

    prefix: str
    form: type[forms.ModelForm]
    now: dict[int, models.Model]


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
class Merged:
    """What comes back: the data of the form, what is told above it, and by whom it was."""

    data: QueryDict
    told: list[Told]
    operations: list[Operation] = field(default_factory=list)

    @property
    def undecided(self) -> frozenset[str]:
        """The fields for which a choice was asked before and not made, by their names in the form."""
        return frozenset(each.html_name for each in self.told if each.is_missing)

    @property
    def first_undecided(self) -> str:
        """The first of those, where the page begins; "" where there is none."""
        return next((each.html_name for each in self.told if each.is_missing), "")


def seal(record: models.Model, rows: list[Rows], asked: dict | None = None) -> str:
    """What a form is made from, as its hidden field carries it."""
    made_from = {
        "operation": last_operation(record),
        "record": plain(record),
        "rows": {each.prefix: {pk: plain(row) for pk, row in each.now.items()} for each in rows},
        "asked": asked or {},
    }
    return signing.dumps(_jsonable(made_from), salt=_SALT, compress=True)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _jsonable(each) for key, each in value.items()}
    return value if isinstance(value, list | str | int | float | bool | None) else str(value)


def unseal(sealed: str) -> dict | None:
    """What a form was made from; None where that cannot be read."""
    try:
        return signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None


def last_operation(record: models.Model) -> int:
    """The newest operation that touched a record or its parts; 0 where there is none."""
    of_page = history.changes_of_record(record._meta.label_lower, record.pk)
    return of_page.aggregate(last=models.Max("operation_id"))["last"] or 0


def merge(
    sent: QueryDict, made_from: dict, record: models.Model, form: type[forms.ModelForm], rows: list[Rows]
) -> Merged | None:
    """The form as it comes back where anything was changed meanwhile, or a choice is missing; else None.

    `sent` is brought up to date with what was chosen in either case.
    """
    asked: dict[str, Any] = {}
    before = made_from["asked"]
    told = list(_Fields("", form, "", sent, made_from["record"], record, before, asked).compared())
    for each in rows:
        told += _rows(each, sent, made_from["rows"].get(each.prefix, {}), before, asked)
    if not told:
        return None
    sent[MADE_FROM] = seal(record, rows, asked)
    since = history.changes_of_record(record._meta.label_lower, record.pk)
    numbers = since.filter(operation_id__gt=made_from["operation"]).values("operation_id")
    return Merged(sent, told, list(Operation.objects.filter(pk__in=numbers)[:20]))


@dataclass
class _Fields:
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
        self.was, self.now = _jsonable(self.base), _jsonable(plain(self.row))
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
            f"{_called(self.row)}: {capfirst(str(column.verbose_name))}",
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
        column, _jsonable(column.get_prep_value(value) if not column.is_relation else value), names
    )


# --- the rows of a part


def _rows(rows: Rows, data: QueryDict, base: dict, asked_before: dict, asked: dict) -> list[Told]:
    """What was done to rows meanwhile: added, changed and deleted ones are put into the data."""
    total = number(data.get(f"{rows.prefix}-TOTAL_FORMS"))
    if not total and not rows.now and not base:
        return []
    sent = [of_row(data, rows.prefix, place) for place in range(total)]
    kept, told = _still_there(rows, base, sent)
    by_pk = {_pk_of(row) for row in sent}
    for pk, now in rows.now.items():
        if str(pk) not in base and str(pk) not in by_pk:
            kept.append({"id": [str(pk)], **_stored(rows, now)})
            told.append(Told(_called(now), done=_("They added it: it is kept.")))
    renumber(rows.prefix, data, kept, [row for row in sent if not _pk_of(row)])
    for place, row in enumerate(kept):
        pk = row["id"][0]
        if pk in base:
            key, prefix, now = f"{rows.prefix}:{pk}", f"{rows.prefix}-{place}", rows.now[int(pk)]
            told += _Fields(key, rows.form, prefix, data, base[pk], now, asked_before, asked).compared()
    return told


def _pk_of(row: dict[str, list[str]]) -> str:
    return (row.get("id") or [""])[0]


def _still_there(rows: Rows, base: dict, sent: list[dict]) -> tuple[list[dict], list[Told]]:
    """Those of the rows of the form that are still there, and what is told of the others and of deletions."""
    by_pk = {pk: row for row in sent if (pk := _pk_of(row))}
    kept: list[dict] = []
    told: list[Told] = []
    for pk, was in base.items():
        row, now = by_pk.get(pk), rows.now.get(int(pk))
        if row is None:
            continue
        if now is None:
            told += _deleted_by_them(rows, row, was, sent)
            continue
        kept.append(row)
        if "DELETE" in row and _jsonable(plain(now)) != was:
            row.pop("DELETE")
            text = _("They changed it, so it is not deleted: tick “Delete” again if you mean it.")
            told.append(Told(_called(now), done=text))
    return kept, told


def _deleted_by_them(rows: Rows, row: dict, was: dict, sent: list[dict]) -> list[Told]:
    model = rows.form._meta.model
    old = model()
    fill(old, was)
    if "DELETE" in row:
        sent.remove(row)
        return []
    one = QueryDict(mutable=True)
    for name, values in row.items():
        one.setlist(f"row-{name}", values)
    if rows.form(one, prefix="row", instance=old).changed_data:
        row["id"] = [""]
        text = _(
            "They deleted it, you changed it: it stands below as a new row. Remove it if they were right."
        )
    else:
        sent.remove(row)
        text = _("They deleted it: it stays deleted.")
    return [Told(_called(old), done=text)]


def _called(row: models.Model) -> str:
    return f"{kind_of(row._meta.label_lower)} “{name_of(row)}”"


def _stored(rows: Rows, row: models.Model) -> dict[str, list[str]]:
    data, form = QueryDict(mutable=True), rows.form(instance=row)
    for name in form.fields:
        put(data, form, name)
    return dict(data.lists())
