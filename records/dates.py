"""Dates that carry their own precision, as strings of the Extended Date/Time Format (EDTF, ISO 8601-2).

Used here: a year ("2014"), a month ("2014-11"), a day ("2014-11-17"), an unknown last digit or two ("198X" for
"the 1980s", "18XX" for the 19th century), an interval of two of these ("2020/2021"), and one whose start or end
is not stated ("/2020", "2020/"). "2014" never becomes the first of January.
"""

import calendar
import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ONE = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


def _bounds_of_one(text: str) -> tuple[datetime.date, datetime.date]:
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = match["year"], match["month"], match["day"]
    if year.endswith("X"):
        if month:
            raise ValueError(text)
        first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return datetime.date(first_year, 1, 1), datetime.date(last_year, 12, 31)
    first = datetime.date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = int(month or 12)
    last_day = calendar.monthrange(int(year), last_month)[1]
    return first, datetime.date(int(year), last_month, last_day)


def bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day an EDTF string can mean; ValueError where it is not one or ends before it starts."""
    start, slash, end = text.partition("/")
    if slash and not (start or end):
        raise ValueError(text)
    first = _bounds_of_one(start)[0] if start else datetime.date.min
    last = _bounds_of_one(end if slash else start)[1] if (end or not slash) else datetime.date.max
    if last < first:
        raise ValueError(text)
    return first, last


def iso(text: str) -> str:
    """The date as ISO 8601-1 has it, for programs that know no EDTF: a year, a month or a day; "" for all others."""
    try:
        bounds(text)
    except ValueError:
        return ""
    return "" if "/" in text or "X" in text else text


def validate_edtf(text: str) -> None:
    """Field validator: refuses what `bounds` cannot read, and says what would be accepted."""
    try:
        bounds(text)
    except ValueError as error:
        if _turned(text):
            raise ValidationError(gettext_lazy("The date ends before it starts.")) from error
        raise ValidationError(
            gettext_lazy("“%(date)s” is not a date. Write 2014, 2014-11, 2014-11-17, 198X, or 2020/2021."),
            params={"date": text},
        ) from error


def _turned(text: str) -> bool:
    """Whether a period would be one the other way round."""
    start, _slash, end = text.partition("/")
    try:
        bounds(f"{end}/{start}")
    except ValueError:
        return False
    return bool(start and end)


def _label_of_one(text: str) -> str:
    first, _last = _bounds_of_one(text)
    if text.endswith("XX"):
        return _("%(first)s to %(last)s") % {"first": text[:2] + "00", "last": text[:2] + "99"}
    if text.endswith("X"):
        return _("%(decade)ss") % {"decade": text[:3] + "0"}
    if len(text) == 4:
        return _("%(year)s") % {"year": text}
    return date_format(first, "YEAR_MONTH_FORMAT" if len(text) == 7 else "DATE_FORMAT")


def label(text: str) -> str:
    """The date in the words of the active language: "June 2018", "2020–2021", "until 2020"; "" for ""."""
    if not text:
        return ""
    start, slash, end = text.partition("/")
    if slash and not start:
        return _("until %(date)s") % {"date": _label_of_one(end)}
    if slash and not end:
        return _("from %(date)s") % {"date": _label_of_one(start)}
    return "–".join(_label_of_one(part) for part in filter(None, (start, end)))
