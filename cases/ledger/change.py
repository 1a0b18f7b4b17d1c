"""What changed: the value before and the one after as bars from zero, and which way it went in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.ledger.rows import OutcomeRow
from cases.models import Outcome, Unit

# Their zero means nothing, or less is better: a bar would mislead.
_NO_BARS = (Unit.Kind.RANK, Unit.Kind.SCORE)


@dataclass(frozen=True)
class Bars:
    """The value before and the one after as parts of one full width, in per cent; both begin at zero."""

    outcome: Outcome | OutcomeRow
    before: str
    after: str

    @property
    def arrow(self) -> str:
        """Which way it went, as a sign."""
        change = self.outcome.after - self.outcome.before
        return "↑" if change > 0 else "↓" if change < 0 else "="

    @property
    def said(self) -> str:
        """Which way it went and by how much, computed from the two: shares in points, all else in parts of before."""
        before, after = self.outcome.before, self.outcome.after
        if before == after:
            return _("the same")
        if self.outcome.unit.kind == Unit.Kind.SHARE:
            said = (
                _("higher by %(points)s percentage points")
                if after > before
                else _("lower by %(points)s percentage points")
            )
            return said % {"points": _plain(abs(after - before))}
        if not before:
            return _("higher than nothing")
        said = _("higher by %(part)s%%") if after > before else _("lower by %(part)s%%")
        return said % {"part": _plain(abs(after - before) / before * 100)}


def _plain(number: Decimal) -> str:
    """Without more digits than anybody reads: two where it is below ten, else whole."""
    rounded = round(number, 0 if number >= 10 else 1)
    return f"{rounded.normalize():f}"


def bars_for(outcome: Outcome | OutcomeRow) -> Bars | None:
    """None where the two are not both there, one is below zero, or their unit makes no bars."""
    before, after, unit = outcome.before, outcome.after, outcome.unit
    if before is None or after is None or unit is None or unit.kind in _NO_BARS:
        return None
    largest = max(before, after)
    if min(before, after) < 0 or largest == 0:
        return None
    # Shares of a whole are shown as such; everything else beside the larger of the two.
    full = Decimal(100) if unit.kind == Unit.Kind.SHARE and largest <= 100 else largest
    return Bars(outcome, *(f"{value / full * 100:.2f}" for value in (before, after)))
