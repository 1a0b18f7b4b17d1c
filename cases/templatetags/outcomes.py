"""Template tags that show the number of an outcome."""

from decimal import Decimal
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.ledger.change import Bars, bars_for
from cases.ledger.rows import OutcomeRow
from cases.models import Outcome, Unit
from sources.templatetags.evidence import plain_number

register = template.Library()
# What the indicator names itself: "schools: 20", "place in a ranking: 155".
_NAMED_BY_INDICATOR = ("number", "rank")


@register.simple_tag
def amount(outcome: Outcome | OutcomeRow) -> SafeString:
    """The value of an outcome as it was read: with qualifier, unit, conversion, and which way it went."""
    said = _said(outcome) + unit_after(outcome.unit)
    if outcome.qualifier:
        qualifier = f'<span lang="en">{escape(outcome.qualifier)}</span>'
        # Of two numbers it is not said here which one it belongs to.
        said = f"{qualifier} {said}" if outcome.before is None else f"{said} ({qualifier})"
    if outcome.value_alt is not None:
        said += f" ({plain_number(outcome.value_alt)}{unit_after(outcome.unit_alt)})"
    if outcome.direction and outcome.before is None:
        said += f' <span class="small muted">{escape(str(Outcome.Direction(outcome.direction).label))}</span>'
    return mark_safe(f"<span>{said}</span>")  # noqa: S308 - escaped


def _said(outcome: Outcome | OutcomeRow) -> str:
    number = plain_number
    if outcome.before is not None:
        words = {"before": number(outcome.before), "after": number(outcome.after)}
        return escape(_("from %(before)s to %(after)s") % words)
    if outcome.value is not None:
        return number(outcome.value)
    low, high = number(outcome.value_low), number(outcome.value_high)
    if low and high:
        return escape(_("%(low)s to %(high)s") % {"low": low, "high": high})
    return escape((_("at least %(low)s") if low else _("at most %(high)s")) % {"low": low, "high": high})


def unit_after(unit: Unit | None) -> str:
    """A unit as it follows a number, escaped; nothing where the indicator says what is counted."""
    return f" {escape(unit.short)}" if unit and unit.code not in _NAMED_BY_INDICATOR else ""


@register.simple_tag
def in_unit(value: Decimal, unit: Unit | None) -> SafeString:
    """One number with its unit."""
    return mark_safe(plain_number(value) + unit_after(unit))  # noqa: S308 - escaped


@register.simple_tag
def change(outcome: Outcome | OutcomeRow) -> Bars | None:
    """What changed, as bars; None where there is nothing to draw."""
    return bars_for(outcome)
