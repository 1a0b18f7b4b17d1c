"""Rows that hold only some of the words searched for: shown after the results, marked, never counted."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from listing.problems import Problem
from listing.text import shown

NAME = "near"
SHOWN = 20
STEPS = (100, 200)  # how many are shown when a reader asks for more, and for more again
MOST = STEPS[-1]
_NUMBER = re.compile(r"0*[0-9]{1,3}", re.ASCII)


def read(values: list[str]) -> tuple[int | None, list[Problem]]:
    """How many are asked for, None where the query does not say, and what is wrong with it."""
    asked = [value.strip() for value in values if value.strip()]
    wrong = [value for value in asked if not _NUMBER.fullmatch(value) or int(value) > MOST]
    message = _("“%(value)s” is not a number of near matches: give one from 0 to %(most)d.")
    problems = [Problem(NAME, message % {"value": shown(value), "most": MOST}) for value in wrong]
    return (int(asked[-1]) if asked and not wrong else None), problems


def more_than(limit: int) -> int | None:
    """The next larger number that is offered; None at the end."""
    return next((step for step in STEPS if step > limit), None)
