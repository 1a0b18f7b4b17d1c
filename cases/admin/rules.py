"""What several forms of a case's parts check in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from cases.models import Initiative
from sources.fixtures.amounts import carries
from sources.models import Source

_MINUS = re.compile(r"[-\u2212\u2013]\s?\d|\bminus\b", re.IGNORECASE)


def outside(case: Initiative | None, source: Source | None, ranges: Iterable[tuple[int, int]]) -> str:
    """What is wrong where some of these lines lie outside of the case; "" where nothing is, or nobody can tell."""
    if not case or not case.first_line or not source or case.source_id != source.pk:
        return ""
    if not any(first < case.first_line or last > case.last_line for first, last in ranges):
        return ""
    words = {"first": case.first_line, "last": case.last_line}
    message = _("The case stands on lines %(first)d to %(last)d of this source: give lines among them.")
    return message % words


def not_printed(printed: str, number: Decimal | int, unit: str = "") -> str:
    """What is wrong where a printed form does not carry a number, its sign included; "" where it does."""
    number = Decimal(number)
    if carries(printed, number, unit) and (number >= 0 or _MINUS.search(printed)):
        return ""
    message = _("“%(printed)s” does not print this number. Correct it, thousands and millions written out.")
    return message % {"printed": printed}


def goes_together(form: forms.Form, one: str, other: str) -> None:
    """Of two fields that only mean something together, says at the empty one that it is missing."""
    if {one, other} & form.errors.keys() or not {one, other} <= form.fields.keys():
        return
    empty = [name for name in (one, other) if form.cleaned_data.get(name) in (None, "")]
    if len(empty) == 1:
        given = one if empty[0] == other else other
        message = _("Give this too, or leave “%(field)s” empty.") % {"field": form.fields[given].label}
        form.add_error(empty[0], message)
