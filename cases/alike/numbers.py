"""Numbers as readers type them: 12,000; 12 000; 1.2 million; 120万. What could mean two numbers is refused."""

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from listing.columns import number_text
from listing.text import is_plain, shown

LONGEST = 40
_TIMES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "百万": 10**6,
    "亿": 10**8,
    "億": 10**8,
}
_TIMES_WORDS = "|".join(sorted(_TIMES, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<sign>[-−–]?)\s*"
    r"(?P<whole>[0-9]{1,3}(?:(?P<between>,[ ]?|[ '’])[0-9]{3}(?:(?P=between)[0-9]{3})*)|[0-9]+)"
    r"(?P<rest>\.[0-9]+)?\s*"
    rf"(?P<times>{_TIMES_WORDS})?",
    re.IGNORECASE,
)
# "12.000" is twelve in one country and twelve thousand in another.
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA = re.compile(rf"[0-9.,'’ ]*,[0-9.,'’ ]*(?:{_TIMES_WORDS})?", re.IGNORECASE)


class NotANumber(ValueError):
    """What was typed is no number that could be compared; the message says what to write instead."""


def read(typed: str) -> Decimal:
    """The number, above zero; NotANumber with a message for the reader."""
    words = {"value": shown(typed)}
    if len(typed) > LONGEST:
        raise NotANumber(_("A number of more than %(most)d characters cannot be read.") % {"most": LONGEST})
    text = unicodedata.normalize("NFKC", typed).strip()
    found = _NUMBER.fullmatch(text) if is_plain(typed) else None
    if _TWO_WAYS.fullmatch(text):
        raise NotANumber(
            _("“%(value)s” can mean two numbers. Write thousands as 12,000 and decimals as 12.5.") % words
        )
    if found is None and _COMMA.fullmatch(text) and re.search(r"[0-9]", text):
        raise NotANumber(
            _(
                "“%(value)s” cannot be read: write decimals with a point (1.2 million), thousands as 1,200,000."
            )
            % words
        )
    if found is None:
        raise NotANumber(
            _("“%(value)s” is not a number. Write digits alone: 1,200,000 or 1.2 million.") % words
        )
    number = _value(found)
    if found["sign"] or not number:
        raise NotANumber(_("“%(value)s” cannot be compared: the number must be above zero.") % words)
    return number


def _value(found: re.Match) -> Decimal:
    digits = re.sub(r"[^0-9]", "", found["whole"]) + (found["rest"] or "")
    return Decimal(digits) * _TIMES.get((found["times"] or "").lower(), 1)


def within(number: Decimal, typed: str, low: Decimal, high: Decimal) -> Decimal:
    """The number, where a figure of its kind can be so small or large; NotANumber where not."""
    if low <= number <= high:
        return number
    raise NotANumber(
        _("“%(value)s” is beyond what is compared: from %(low)s to %(high)s.")
        % {"value": shown(typed), "low": f"{low:,f}", "high": f"{high:,f}"}
    )


def plain(number: Decimal) -> str:
    """The number as addresses carry it; `read` takes it back."""
    text = number_text(number)
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text
