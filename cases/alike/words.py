"""How near, and how far apart, in plain words."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.alike.method import Outcome, Pair
from cities.places import Scope

# From this nearness on: the words. What they come to for one figure stands on the page and in decision 11.
NEAR = (
    (95, gettext_lazy("very near")),
    (90, gettext_lazy("near")),
    (80, gettext_lazy("rather near")),
    (65, gettext_lazy("far")),
    (0, gettext_lazy("very far")),
)
# Two figures within one part in twenty are called about the same.
_SAME = 1.05


def nearness_words(nearness: int) -> str:
    """What a nearness of 0 to 100 is called."""
    return str(next(words for least, words in NEAR if nearness >= least))


def times(ratio: float) -> str:
    """A ratio with the two digits that count: 1.4, 0.25, 17, 1,200."""
    number = Decimal(repr(ratio))
    for _again in range(2):  # 9.96 becomes 10.0: one digit too many
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - 1), ROUND_HALF_UP)
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _how_apart() -> dict[str, tuple[str, str]]:
    """For each figure, what is said where it is about the same, and where it is so many times mine."""
    return {
        "population": (_("about as many people"), _("%(times)s times as many people")),
        "area_km2": (_("about the same area"), _("%(times)s times the area")),
        "density_per_km2": (_("about as dense"), _("%(times)s times as dense")),
        "gdp_per_capita_usd": (_("about the same income"), _("%(times)s times the income")),
    }


def apart_words(name: str, ratio: float) -> str:
    """How far apart two figures are: "1.4 times as many people"."""
    same, other = _how_apart()[name]
    return same if 1 / _SAME <= ratio <= _SAME else other % {"times": times(ratio)}


def _scope(scope: str) -> str:
    return str(Scope(scope).label)


def _other_scope(pair: Pair) -> str:
    words = {"mine": _scope(pair.scope), "theirs": _scope(pair.their_scope)}
    return (
        _("not compared: known to be of another territory (%(theirs)s) than what is asked (%(mine)s)") % words
    )


def _unknown_scope(pair: Pair) -> str:
    if pair.their_scope == Scope.UNLABELLED:
        words = {"scope": _scope(pair.scope)}
        return _("not compared: its territory is not stated, what is asked is of: %(scope)s") % words
    words = {"scope": _scope(pair.their_scope)}
    return _("not compared: it is of: %(scope)s; of what is asked, the territory is not stated") % words


_OUTCOMES: dict[Outcome, Callable[[Pair], str]] = {
    Outcome.COMPARED: lambda pair: apart_words(pair.name, pair.ratio),
    Outcome.MISSING: lambda pair: _("not compared: the sources print none"),
    Outcome.ZERO: lambda pair: _("not compared: one of the two is zero"),
    Outcome.OTHER_SCOPE: _other_scope,
    Outcome.UNKNOWN_SCOPE: _unknown_scope,
}


def pair_words(pair: Pair) -> str:
    """What became of one figure: how far apart, or why it was not compared."""
    return _OUTCOMES[pair.outcome](pair)
