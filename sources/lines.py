"""Places in a source: line ranges, written as readers of the tables see them ("75-79; 83")."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_RANGE = re.compile(r"([1-9]\d*)(?:-([1-9]\d*))?")


def parse(text: str) -> list[tuple[int, int]]:
    """The ranges of "75-79; 83" as [(75, 79), (83, 83)]; [] for ""; ValueError where it is not such a list."""
    ranges = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _RANGE.fullmatch(part)
        if not match:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValueError(part)
        ranges.append((first, last))
    return ranges


def write(first: int | None, last: int | None) -> str:
    """One range as text: "75-79", "83", "" where there is none."""
    if first is None:
        return ""
    return str(first) if last in (None, first) else f"{first}-{last}"


def cell(record) -> int | str | None:
    """The lines of a located record as a column has them: one as a number, several as text, None for none."""
    first, last = record.first_line, record.last_line
    return first if first == last else write(first, last)


def validate(text: str) -> None:
    """Field validator for a list of line ranges."""
    try:
        parse(text)
    except ValueError as error:
        raise ValidationError(
            _("“%(part)s” is not a line or a range of lines. Write 83, 75-79, or 75-79; 83."),
            params={"part": str(error)},
        ) from error


def line_field(label) -> models.PositiveIntegerField:
    """A model field for one line of a source, which may be empty; lines are counted from 1."""
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MinValueValidator(1)])


def from_one(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint of this name: each of the fields is empty, or a number counted from 1."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 1})
    return models.CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message=_("Lines, editions and parts are counted from 1."),
    )
