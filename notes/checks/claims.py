"""What does not fit among the printed numbers and dates of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cases.models import Outcome, Unit
from notes.checks.figures import MOST_PCT, difference_pct, one_place
from notes.checks.registry import Finding, check, places
from notes.checks.subjects import CaseFile
from notes.vocabularies import Kind, Severity
from records.dates import bounds

# So many digits that two different things are hardly counted by the same number.
LEAST_DIGITS = 4
LEAST_ROUNDED = 1_000
_PEOPLE = ("persons",)


def unit_of_last_digit(number: Decimal) -> Decimal:
    """What one more in the last digit that may not be a rounding zero would add: 13,000 gives 1,000, 7.81 gives 0.01.

    Below a thousand whole numbers are counted, not rounded: 90 gives 1.
    """
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if abs(number) >= LEAST_ROUNDED else min(exponent, 0))


def leeway(numbers: Iterable[Decimal]) -> Decimal:
    """How far a sum may be off for rounding alone: half of the last digit of each number."""
    return sum((unit_of_last_digit(number) / 2 for number in numbers if number), Decimal(0))


def is_rounding_of(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other in round figures, up or down: 10,000 and 10,291."""
    rough, fine = sorted((one, other), key=unit_of_last_digit, reverse=True)
    off = abs(rough - fine)
    return off < unit_of_last_digit(rough) and off * 100 <= MOST_PCT * abs(fine)


def plain(number: Decimal) -> str:
    """A number as a sentence holds it: 11.31, 19,000."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbers(outcome: Outcome) -> tuple:
    return outcome.value, outcome.value_low, outcome.value_high


@check("parts-total", of=CaseFile)
def parts(case: CaseFile) -> Iterator[Finding]:
    """Parts against the total that an editor says they make (the evidence file's sums)."""
    for total, some in case.sums:
        if total.value is None or any(each.value is None for each in some):
            continue
        values = [each.value for each in some]
        made = sum(values, Decimal(0))
        if not made or abs(total.value - made) <= leeway([total.value, *values]):
            continue
        difference = difference_pct(total.value, made)
        unit = f" {total.unit.short}" if total.unit and total.unit.code not in ("number", "persons") else ""
        yield Finding(
            key=total.key,
            kind=Kind.PARTS,
            severity=Severity.HIGH if difference > 1 else Severity.MEDIUM,
            lines=places(total, *some),
            printed=(total.printed, *(each.printed for each in some)),
            computed=f"{' + '.join(map(plain, values))} = {plain(made)}{unit}",
            difference_pct=one_place(difference),
            note=f"The parts make {plain(made)}, the total printed is {plain(total.value)}.",
        )


@check("repeat-differs", of=CaseFile)
def repeats(case: CaseFile) -> Iterator[Finding]:
    """One fact printed twice with different values."""
    by_number = {outcome.pk: outcome for outcome in case.outcomes}
    for outcome in case.outcomes:
        first = by_number.get(outcome.repeats_id)
        if first is None or first.unit_id != outcome.unit_id or _numbers(first) == _numbers(outcome):
            continue
        if None in (first.value, outcome.value) or is_rounding_of(first.value, outcome.value):
            continue
        yield Finding(
            key=outcome.key,
            kind=Kind.TWO_VALUES,
            severity=Severity.HIGH,
            lines=places(first, outcome),
            printed=(first.printed, outcome.printed),
            computed=f"{plain(first.value)} and {plain(outcome.value)}",
            difference_pct=one_place(difference_pct(outcome.value, first.value)) if first.value else None,
            note="The same fact is printed again with another value; the text does not say which one holds.",
        )


@check("same-number", of=CaseFile)
def same_number(case: CaseFile) -> Iterator[Finding]:
    """One exact number that counts two different things."""
    by_value: dict[Decimal, list[Outcome]] = defaultdict(list)
    for outcome in case.outcomes:
        if outcome.value is not None and len(outcome.value.normalize().as_tuple().digits) > LEAST_DIGITS:
            by_value[outcome.value].append(outcome)
    for value, some in by_value.items():
        counted = {(outcome.unit.code if outcome.unit else "", outcome.indicator) for outcome in some}
        if len({unit for unit, _indicator in counted}) > 1:
            yield Finding(
                key=plain(value).replace(",", "").replace(".", "-"),
                kind=Kind.TWO_VALUES,
                severity=Severity.HIGH,
                lines=places(*some),
                printed=tuple(dict.fromkeys(outcome.printed for outcome in some)),
                note=f"The same exact number counts {' and '.join(sorted(name for _unit, name in counted))}. "
                "One of them is probably a slip; the text does not say.",
            )


@check("direction", of=CaseFile)
def direction(case: CaseFile) -> Iterator[Finding]:
    """A rise to less, a fall to more. A place in a ranking rises to a smaller number."""
    for outcome in case.outcomes:
        before, after = outcome.before, outcome.after
        if not outcome.direction or before is None or (outcome.unit and outcome.unit.kind == Unit.Kind.RANK):
            continue
        if before != after and (outcome.direction == Outcome.Direction.UP) is not (after > before):
            yield Finding(
                key=outcome.key,
                kind=Kind.ARITHMETIC,
                severity=Severity.HIGH,
                lines=outcome.lines,
                printed=(outcome.printed,),
                computed=f"from {plain(before)} to {plain(after)}",
                note="The words tell of a change in one direction, the values before and after of one in the other.",
            )


@check("more-than-the-city", of=CaseFile)
def more_than_the_city(case: CaseFile) -> Iterator[Finding]:
    """More people than the city has, by the population printed with the case."""
    if case.population is None:
        return
    has = case.population.value
    for outcome in case.outcomes:
        is_people = outcome.unit and outcome.unit.code in _PEOPLE
        if is_people and outcome.value is not None and outcome.value - has > leeway([outcome.value, has]):
            yield Finding(
                key=outcome.key,
                kind=Kind.SCOPE,
                severity=Severity.MEDIUM,
                lines=places(case.population, outcome),
                printed=(case.population.printed, outcome.printed),
                computed=f"{plain(outcome.value)} of {plain(has)} people",
                difference_pct=one_place(difference_pct(outcome.value, has)),
                note="More people are counted here than the city has by the figures printed with the case: "
                "the two speak of different territories.",
            )


@check("after-the-document", of=CaseFile)
def after_the_document(case: CaseFile) -> Iterator[Finding]:
    """What is told as having happened, at a date after that of the document that tells it."""
    if not case.source.date:
        return
    written = bounds(case.source.date)[1]
    done = [each for each in case.outcomes if each.status == Outcome.Status.ACHIEVED and each.date]
    dated = [(each.key, each.date, each.lines, each.printed) for each in done]
    if case.case.started:
        dated.append(("start", case.case.started, case.case.started_lines or case.case.lines, ""))
    for key, date, lines, printed in dated:
        if bounds(date)[0] > written:
            yield Finding(
                key=key,
                kind=Kind.DATES,
                severity=Severity.HIGH,
                lines=lines,
                printed=(printed,) if printed else (),
                computed=f"{date}, in a document of {case.source.date}",
                note="It is told as a fact, and dated after the document that tells it.",
            )


@check("start", of=CaseFile)
def start(case: CaseFile) -> Iterator[Finding]:
    """A case that says nowhere when it began."""
    if not case.case.started:
        yield Finding(
            key="start",
            kind=Kind.BLANK,
            severity=Severity.LOW,
            lines=case.case.lines,
            note="No line of the case says when it began.",
            settles="The year of the first decision or of the first works, from the city.",
        )
