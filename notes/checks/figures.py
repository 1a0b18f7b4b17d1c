"""What does not fit in the figures of a city, as one source prints them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from cities.models import Figure
from notes.checks.registry import Finding, check, places
from notes.checks.subjects import Block
from notes.vocabularies import Kind, Severity

# Rounding, and figures of two years in a row, explain what lies within.
MOST_PCT = 5
# From here on a reader who takes the density for true is misled.
HIGH_PCT = 10
# Two small figures are easily the same by chance (a growth of 0.8, an index of 0.8).
LEAST_REPEATED = 100
_POPULATION, _AREA, _DENSITY = Figure.Name.POPULATION, Figure.Name.AREA, Figure.Name.DENSITY
_NAMES = {
    Figure.Name.POPULATION: "population",
    Figure.Name.AREA: "surface area",
    Figure.Name.DENSITY: "population density",
    Figure.Name.GDP: "GDP per person",
    Figure.Name.GROWTH: "population growth",
    Figure.Name.GINI: "Gini index",
    Figure.Name.PROSPERITY: "main source of prosperity",
}


def difference_pct(printed: Decimal, computed: Decimal) -> Decimal:
    """How far a printed value is from a computed one, in per cent of the computed one."""
    return abs(printed - computed) / abs(computed) * 100


def one_place(number: Decimal) -> Decimal:
    """The number with one decimal place."""
    return number.quantize(Decimal("0.1"))


def _scope(block: Block, figure: Figure) -> str:
    return figure.scope or block.set.scope


@check("density", of=Block)
def density(block: Block) -> Iterator[Finding]:
    """Density against population and area, where all three are of one territory."""
    trio = [block.figures.get(name) for name in (_POPULATION, _AREA, _DENSITY)]
    if (
        any(each is None or not each.value for each in trio)
        or len({_scope(block, each) for each in trio}) > 1
    ):
        return
    population, area, printed = (each.value for each in trio)
    computed = population / area
    difference = difference_pct(printed, computed)
    if difference <= MOST_PCT:
        return
    direction = "above" if printed > computed else "below"
    yield Finding(
        key="density",
        kind=Kind.ARITHMETIC,
        severity=Severity.HIGH if difference > HIGH_PCT else Severity.MEDIUM,
        lines=places(*trio),
        printed=tuple(each.printed for each in trio),
        computed=f"{one_place(computed):,f} people per km²",
        difference_pct=one_place(difference),
        note=f"The density printed is {one_place(difference):,f} per cent {direction} what population and area give. "
        "The three figures cannot all speak of one territory in one year.",
    )


@check("repeated-figure", of=Block)
def repeated(block: Block) -> Iterator[Finding]:
    """One number in two fields that measure different things."""
    filled = [each for each in block.figures.values() if each.value and abs(each.value) >= LEAST_REPEATED]
    for one, other in combinations(sorted(filled, key=lambda each: each.first_line or 0), 2):
        if one.value == other.value:
            names = f"{_NAMES[one.name]} and {_NAMES[other.name]}"
            yield Finding(
                key="-".join(sorted((one.name, other.name))),
                kind=Kind.REPEATED,
                severity=Severity.HIGH,
                lines=places(one, other),
                printed=(one.printed, other.printed),
                note=f"The fields {names} carry the same number. One of the two was probably filled in twice; "
                "the source does not say which.",
            )


@check("blank-field", of=Block)
def blank(block: Block) -> Iterator[Finding]:
    """A label that is printed without its value."""
    for name, figure in block.figures.items():
        if figure.value is None and not figure.text and not figure.printed and figure.first_line:
            yield Finding(
                key=name,
                kind=Kind.BLANK,
                severity=Severity.MEDIUM,
                lines=figure.lines,
                note=f"The label of the {_NAMES[name]} is printed, and nothing after it.",
                settles=f"The {_NAMES[name]} as the city entered it for the award, with its year.",
            )


@check("mixed-scopes", of=Block)
def mixed_scopes(block: Block) -> Iterator[Finding]:
    """Figures of two territories in one block."""
    for name, figure in block.figures.items():
        if figure.scope and figure.scope != block.set.scope:
            yield Finding(
                key=name,
                kind=Kind.SCOPE,
                severity=Severity.MEDIUM,
                lines="; ".join(filter(None, (str(block.set.first_line or ""), figure.lines))),
                printed=tuple(filter(None, (block.set.scope_as_printed, figure.printed))),
                note=f"The {_NAMES[name]} is of another territory ({figure.scope}) than the block it stands in "
                f"({block.set.scope}): the two must not be compared or combined.",
            )
