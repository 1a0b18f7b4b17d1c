"""Two people, one record: what was changed between the opening of a form and its sending is told, and merged.

A form carries, signed, the values it was made from. When it is sent they are compared with what the database holds,
so that any change is noticed, whoever made it. `merge` gives the data of the form as it comes back.
"""

from __future__ import annotations

import re
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
from records.differences import Names, kind_of, shown_value
from records.operations import Operation

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


@dataclass
class Merged:
    """What comes back: the data of the form, what is told above it, and by whom it was."""

    data: QueryDict
    told: list[Told]
    operations: list[Operation] = field(default_factory=list)


def seal(record: models.Model, rows: list[Rows], asked: dict | None = None) -> str:
    """What a form is made from, as its hidden field carries it."""
    made_from = {
        "operation": last_operation(record),
        "record": history.plain(record),
        "rows": {each.prefix: {pk: history.plain(row) for pk, row in each.now.items()} for each in rows},
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
    told = list(_compared("", form, "", sent, made_from["record"], record, made_from["asked"], asked))
    for each in rows:
        told += _rows(each, sent, made_from["rows"].get(each.prefix, {}), made_from["asked"], asked)
    if not told:
        return None
    sent[MADE_FROM] = seal(record, rows, asked)
    since = history.changes_of_record(record._meta.label_lower, record.pk)
    numbers = since.filter(operation_id__gt=made_from["operation"]).values("operation_id")
    return Merged(sent, told, list(Operation.objects.filter(pk__in=numbers)[:20]))


def _compared(
    key: str,
    form: type[forms.ModelForm],
    prefix: str,
    data: QueryDict,
    base: dict,
    row: models.Model,
    asked_before: dict,
    asked: dict,
) -> Iterator[Told]:
    """Field by field: what only they changed is put into the data, what both changed is asked."""

    def bound(instance):
        return form(data, prefix=prefix or None, instance=instance)

    old = type(row)()
    history.fill(old, base)
    was, now = _jsonable(base), _jsonable(history.plain(row))
    fresh = form(prefix=prefix or None, instance=row)
    mine, apart = set(bound(old).changed_data), set(bound(row).changed_data)
    for name in fresh.fields:
        column = _column(type(row), name)
        if column is None or column.attname not in was:
            continue
        html, choice = fresh.add_prefix(name), f"{key}:{name}"
        theirs = now[column.attname] != was[column.attname]
        if choice in asked_before and not theirs:
            before, said = asked_before[choice], data.get(CHOICE + choice)
            if said == "theirs":
                put(data, fresh, name)
            if said in ("theirs", "mine"):
                continue
        elif theirs and name in apart:
            before = asked_before.get(choice, was[column.attname])
        else:
            continue
        names = Names()
        words = Told(
            f"{kind_of(row._meta.label_lower)} “{history.name_of(row)}”: {capfirst(str(column.verbose_name))}",
            shown_value(column, before, names),
            shown_value(column, now[column.attname], names),
            _typed(fresh, name, column, data.get(html), names),
        )
        if name in mine or choice in asked_before:
            asked[choice], words.choice = before, CHOICE + choice
        else:
            put(data, fresh, name)
            words.done = _("Only they changed it: theirs is taken.")
            words.yours = words.before
        yield words


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


def put(data: QueryDict, form: forms.ModelForm, name: str) -> None:
    """Writes the stored value of a field into the data of a form, as a browser would send it."""
    value, html = form[name].value(), form.add_prefix(name)
    if isinstance(form.fields[name], forms.BooleanField):
        data.pop(html, None)
        if value:
            data[html] = "on"
    else:
        data[html] = "" if value is None else str(value)


# --- the rows of a part


def _rows(rows: Rows, data: QueryDict, base: dict, asked_before: dict, asked: dict) -> list[Told]:
    """What was done to rows meanwhile: added, changed and deleted ones are put into the data."""
    total = _number(data.get(f"{rows.prefix}-TOTAL_FORMS"))
    if not total and not rows.now and not base:
        return []
    told: list[Told] = []
    sent = [_of_row(data, rows.prefix, place) for place in range(total)]
    by_pk = {pk: row for row in sent if (pk := (row.get("id") or [""])[0])}
    kept: list[dict] = []
    for pk, was in base.items():
        row = by_pk.get(pk)
        if row is None:
            continue
        now = rows.now.get(int(pk))
        if now is None:
            told += _deleted_by_them(rows, row, was, sent)
            continue
        kept.append(row)
        if "DELETE" in row and _jsonable(history.plain(now)) != was:
            row.pop("DELETE")
            text = _("They changed it, so it is not deleted: tick “Delete” again if you mean it.")
            told.append(Told(_called(now), done=text))
    for pk, now in rows.now.items():
        if str(pk) not in base and str(pk) not in by_pk:
            kept.append({"id": [str(pk)], **_stored(rows, now)})
            told.append(Told(_called(now), done=_("They added it: it is kept.")))
    new = [row for row in sent if not (row.get("id") or [""])[0]]
    _renumber(rows.prefix, data, kept, new)
    for place, row in enumerate(kept):
        pk = row["id"][0]
        if pk in base:
            told += _compared(
                f"{rows.prefix}:{pk}",
                rows.form,
                f"{rows.prefix}-{place}",
                data,
                base[pk],
                rows.now[int(pk)],
                asked_before,
                asked,
            )
    return told


def _deleted_by_them(rows: Rows, row: dict, was: dict, sent: list[dict]) -> list[Told]:
    model = rows.form._meta.model
    old = model()
    history.fill(old, was)
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
    return f"{kind_of(row._meta.label_lower)} “{history.name_of(row)}”"


def _stored(rows: Rows, row: models.Model) -> dict[str, list[str]]:
    data, form = QueryDict(mutable=True), rows.form(instance=row)
    for name in form.fields:
        put(data, form, name)
    return dict(data.lists())


def _of_row(data: QueryDict, prefix: str, place: int) -> dict[str, list[str]]:
    start = f"{prefix}-{place}-"
    return {name.removeprefix(start): data.getlist(name) for name in data if name.startswith(start)}


def _renumber(prefix: str, data: QueryDict, kept: list[dict], new: list[dict]) -> None:
    """Writes the rows into the data again: first those that are stored, as Django expects them."""
    of_rows = re.compile(rf"{re.escape(prefix)}-\d+-")
    for name in [each for each in data if of_rows.match(each)]:
        del data[name]
    for place, row in enumerate([*kept, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def _number(text: str | None) -> int:
    return min(int(text), 2000) if text and text.isascii() and text.isdigit() else 0
