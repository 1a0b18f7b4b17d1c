"""Outcomes of cases that are there."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy

from cases.admin.rules import not_printed
from cases.models import Outcome
from curation.imports import cells
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder
from curation.imports.keys import Found, by, cut, needed, slug_of
from records.said import Anew
from records.said import Said as _

_NUMBERS = ("value", "value_low", "value_high", "before", "after", "value_alt")


def _key(cell: str, finder: Finder) -> str:
    """Its key; as outcomes.csv has it ("case:key") the case stands before."""
    return cell.strip().rpartition(":")[2]


def _find(values: dict, finder: Finder) -> Found:
    """By case and key; else by what it says is measured, of which part, and when."""
    case = values.get("initiative")
    if not case:
        raise needed(Outcome, "initiative")
    if not values.get("key"):
        if not values.get("indicator"):
            raise needed(Outcome, "indicator")
        told = {name: values.get(name, "") for name in ("indicator", "scope", "date")}
        pk = finder.one(Outcome, initiative_id=case.pk, **told)
        if pk:
            return (pk,), pk
        values["key"] = cut(slug_of(" ".join(filter(None, told.values())), "outcome"), Outcome, "key")
    key, pk = by(Outcome, "initiative", "key")(values, finder)
    return ((pk,) if pk else key), pk


def _numbers(values: dict, outcome: models.Model | None, finder: Finder) -> dict:
    """Its numbers are those of its printed form, and fit each other."""
    given = {name: values[name] for name in _NUMBERS if isinstance(values.get(name), Decimal)}
    if outcome is None and not given.keys() & {"value", "value_low", "value_high", "after"}:
        raise Wrong(_("Give the number that is printed, or the lowest and the highest."), "value")
    more = {}
    if "after" in given and "value" not in given:
        more["value"] = given["after"]
    printed = values.get("printed", "")
    if given and not printed:
        text = _("Give the claim as the line prints it: a number needs its printed form.")
        raise Wrong(text, "as_printed")
    for name, number in given.items():
        unit = values.get("unit_alt" if name == "value_alt" else "unit") or (outcome and outcome.unit)
        ask = partial(not_printed, printed, number, unit.code if unit else "")
        if ask():
            raise Wrong(Anew(ask), name)
    return more


def _number(name: str, label, help) -> Column:
    return Column(name, label, help, cells.number)


OUTCOMES = Importer(
    name="outcomes",
    label=gettext_lazy("Outcomes"),
    help=gettext_lazy("One printed claim in a row, of a case that is in the catalogue."),
    parts={"": Part(Outcome, _find, complete=_numbers, prints="value")},
    columns=(
        Column(
            "case",
            gettext_lazy("case"),
            gettext_lazy("slug or title"),
            cells.reference("case"),
            field="initiative",
            required=True,
        ),
        Column(
            "key", gettext_lazy("key"), gettext_lazy("empty: made from the indicator"), _key, names=("id",)
        ),
        Column(
            "indicator",
            gettext_lazy("indicator"),
            gettext_lazy("what is measured"),
            cells.text,
            required=True,
        ),
        _number("value", gettext_lazy("value"), gettext_lazy("thousands and millions written out")),
        _number("value_low", gettext_lazy("lowest"), gettext_lazy("of a range")),
        _number("value_high", gettext_lazy("highest"), gettext_lazy("of a range")),
        _number("before", gettext_lazy("before"), gettext_lazy("with after")),
        _number("after", gettext_lazy("after"), gettext_lazy("with before")),
        Column("unit", gettext_lazy("unit"), gettext_lazy("code or name: km², CNY"), cells.reference("unit")),
        _number("value_alt", gettext_lazy("printed conversion"), gettext_lazy("with its unit")),
        Column(
            "unit_alt",
            gettext_lazy("unit of the conversion"),
            gettext_lazy("code or name"),
            cells.reference("unit"),
        ),
        Column("date", gettext_lazy("date"), gettext_lazy("2017, 2017-06, 2017/2020"), cells.date),
        Column(
            "direction",
            gettext_lazy("direction"),
            gettext_lazy("up or down"),
            cells.one_of(Outcome.Direction),
        ),
        Column(
            "status",
            gettext_lazy("status"),
            gettext_lazy("achieved, expected, target or context"),
            cells.one_of(Outcome.Status),
            required=True,
        ),
        Column("qualifier", gettext_lazy("qualifier"), gettext_lazy("about, more than, nearly"), cells.text),
        Column("scope", gettext_lazy("scope"), gettext_lazy("the part, place or group"), cells.text),
        Column(
            "as_printed",
            gettext_lazy("as printed"),
            gettext_lazy("the claim as the list prints it; empty: the cell of the value"),
            cells.text,
            field="printed",
        ),
        Column("reason", gettext_lazy("reason"), gettext_lazy("where it needed a judgement"), cells.text),
    ),
)
