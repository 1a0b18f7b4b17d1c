"""Two people, one record: what was changed between the opening of a form and its sending is told, and merged.

A form carries, signed, the values it was made from. When it is sent they are compared with what the database holds,
so that any change is noticed, whoever made it. `merge` gives the data of the form as it comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from records import past
from records.admin.compared import Fields, Told, called, jsonable
from records.admin.form_data import number, of_row, put, renumber
from records.operations import Operation
from records.plain import fill, plain

# The hidden field with what a form was made from.
MADE_FROM = "made_from"
_SALT = "records.made_from"


@dataclass
class Rows:
    """The rows of one part on a page: as they are in the database, and the class of their forms."""

    prefix: str
    form: type[forms.ModelForm]
    now: dict[int, models.Model]


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
    return signing.dumps(jsonable(made_from), salt=_SALT, compress=True)


def unseal(sealed: str) -> dict | None:
    """What a form was made from; None where that cannot be read."""
    try:
        return signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None


def last_operation(record: models.Model) -> int:
    """The newest operation that touched a record or its parts; 0 where there is none."""
    of_page = past.changes_of_record(record._meta.label_lower, record.pk)
    return of_page.aggregate(last=models.Max("operation_id"))["last"] or 0


def merge(
    sent: QueryDict, made_from: dict, record: models.Model, form: type[forms.ModelForm], rows: list[Rows]
) -> Merged | None:
    """The form as it comes back where anything was changed meanwhile, or a choice is missing; else None.

    `sent` is brought up to date with what was chosen in either case.
    """
    asked: dict[str, Any] = {}
    before = made_from["asked"]
    told = list(Fields("", form, "", sent, made_from["record"], record, before, asked).compared())
    for each in rows:
        told += _rows(each, sent, made_from["rows"].get(each.prefix, {}), before, asked)
    if not told:
        return None
    sent[MADE_FROM] = seal(record, rows, asked)
    since = past.changes_of_record(record._meta.label_lower, record.pk)
    numbers = since.filter(operation_id__gt=made_from["operation"]).values("operation_id")
    return Merged(sent, told, list(Operation.objects.filter(pk__in=numbers)[:20]))


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
            told.append(Told(called(now), done=_("They added it: it is kept.")))
    renumber(rows.prefix, data, kept, [row for row in sent if not _pk_of(row)])
    for place, row in enumerate(kept):
        pk = row["id"][0]
        if pk in base:
            key, prefix, now = f"{rows.prefix}:{pk}", f"{rows.prefix}-{place}", rows.now[int(pk)]
            told += Fields(key, rows.form, prefix, data, base[pk], now, asked_before, asked).compared()
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
        if "DELETE" in row and jsonable(plain(now)) != was:
            row.pop("DELETE")
            text = _("They changed it, so it is not deleted: tick “Delete” again if you mean it.")
            told.append(Told(called(now), done=text))
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
    return [Told(called(old), done=text)]


def _stored(rows: Rows, row: models.Model) -> dict[str, list[str]]:
    data, form = QueryDict(mutable=True), rows.form(instance=row)
    for name in form.fields:
        put(data, form, name)
    return dict(data.lists())
