"""The data of a form as a browser sends it: values put into it, rows taken from it and numbered anew."""

from __future__ import annotations

import re

from django import forms
from django.http import QueryDict


def put(data: QueryDict, form: forms.ModelForm, name: str) -> None:
    """Writes the stored value of a field into the data of a form, as a browser would send it."""
    value, html = form[name].value(), form.add_prefix(name)
    if isinstance(form.fields[name], forms.BooleanField):
        data.pop(html, None)
        if value:
            data[html] = "on"
    else:
        data[html] = "" if value is None else str(value)


def of_row(data: QueryDict, prefix: str, place: int) -> dict[str, list[str]]:
    """The fields of one row, by their names without the prefix."""
    start = f"{prefix}-{place}-"
    return {name.removeprefix(start): data.getlist(name) for name in data if name.startswith(start)}


def renumber(prefix: str, data: QueryDict, kept: list[dict], new: list[dict]) -> None:
    """Writes the rows into the data again: first those that are stored, as Django expects them."""
    of_rows = re.compile(rf"{re.escape(prefix)}-\d+-")
    for name in [each for each in data if of_rows.match(each)]:
        del data[name]
    for place, row in enumerate([*kept, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def number(text: str | None) -> int:
    """How many rows a form says it has; 0 where that is no number."""
    return min(int(text), 2000) if text and text.isascii() and text.isdigit() else 0
