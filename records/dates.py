"""Dates that carry their own precision, as strings of the Extended Date/Time Format (EDTF, ISO 8601-2).

Used here: a year ("2014"), a month ("2014-11"), a day ("2014-11-17"), an unknown last digit ("198X" for
"the 1980s"), and an interval of two of these ("2020/2021"). "2014" never becomes the first of January.
"""

import calendar
import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ONE = re.compile(r"(?P<year>\d{3}[\dX])(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def _bounds_of_one(text: str) -> tuple[datetime.date, datetime.date]:
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = match["year"], match["month"], match["day"]
    if year.endswith("X"):
        if month:
            raise ValueError(text)
        return datetime.date(int(year[:3] + "0"), 1, 1), datetime.date(int(year[:3] + "9"), 12, 31)
    first = datetime.date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = int(month or 12)
    last_day = calendar.monthrange(int(year), last_month)[1]
    return first, datetime.date(int(year), last_month, last_day)


def bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day an EDTF string can mean; ValueError where it is not one or ends before it starts."""
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError(text)
    first, last = _bounds_of_one(parts[0])[0], _bounds_of_one(parts[-1])[1]
    if last < first:
        raise ValueError(text)
    return first, last


def validate_edtf(text: str) -> None:
    """Field validator: refuses what `bounds` cannot read, and says what would be accepted."""
    try:
        bounds(text)
    except ValueError as error:
        raise ValidationError(
            gettext_lazy("“%(date)s” is not a date. Write 2014, 2014-11, 2014-11-17, 198X, or 2020/2021."),
            params={"date": text},
        ) from error


def _label_of_one(text: str) -> str:
    first, _last = _bounds_of_one(text)
    if text.endswith("X"):
        return _("%(decade)ss") % {"decade": text[:3] + "0"}
    if len(text) == 4:
        return text
    return date_format(first, "YEAR_MONTH_FORMAT" if len(text) == 7 else "DATE_FORMAT")


def label(text: str) -> str:
    """The date in the words of the active language: "June 2018", "2020–2021"; "" for ""."""
    return "–".join(_label_of_one(part) for part in text.split("/")) if text else ""
