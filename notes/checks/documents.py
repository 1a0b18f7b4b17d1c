"""What does not fit, or is not there, in an alliance's page, a plan, a declaration."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cities.models import Alliance, Plan, ReportedCount
from notes.checks.claims import plain
from notes.checks.figures import difference_pct, one_place
from notes.checks.registry import Finding, check, places
from notes.checks.subjects import CaseFile, Document
from notes.vocabularies import Kind, Severity
from records.dates import bounds
from sources.models import Ruling


def _promised(rulings: list[Ruling]) -> Iterator[Finding]:
    for ruling in rulings:
        if ruling.kind == Ruling.Kind.PROMISED_MISSING:
            yield Finding(
                key=ruling.key,
                kind=Kind.MISSING,
                severity=Severity.MEDIUM,
                lines=ruling.lines,
                printed=(ruling.printed,),
                note=ruling.reason,
                settles="What is announced, from the publisher of the source.",
            )


@check("promised", of=Document)
def promised(document: Document) -> Iterator[Finding]:
    """What a document announces and does not hold, by its rulings."""
    yield from _promised(document.rulings)


@check("promised-in-case", of=CaseFile)
def promised_in_case(case: CaseFile) -> Iterator[Finding]:
    """The same within a case."""
    yield from _promised(case.rulings)


@check("year-not-printed", of=Document)
def year_not_printed(document: Document) -> Iterator[Finding]:
    """A date without its year, supplied by a ruling."""
    for ruling in document.rulings:
        if ruling.kind == Ruling.Kind.YEAR_SUPPLIED:
            yield Finding(
                key=ruling.key,
                kind=Kind.DATES,
                severity=Severity.LOW,
                lines=ruling.lines,
                printed=(ruling.printed,),
                computed=ruling.read_as,
                note=f"The date is printed without its year. {ruling.reason}",
                settles="A record of the meeting that prints the year beside the days.",
            )


@check("reported-counts", of=Document)
def reported_counts(document: Document) -> Iterator[Finding]:
    """The counts of an alliance's members against the total, and the members named against both."""
    for alliance in document.alliances:
        counts = {count.kind: count for count in alliance.shown_counts}
        total = counts.pop(ReportedCount.Kind.UNITS, None)
        if total is None:
            continue
        yield from _parts(
            alliance, total, [counts[kind] for kind in ReportedCount.Kind.values if kind in counts]
        )
        yield from _named(alliance, total)


def _parts(alliance: Alliance, total: ReportedCount, some: list[ReportedCount]) -> Iterator[Finding]:
    made = sum(count.value for count in some)
    if not some or made == total.value:
        return
    yield Finding(
        key=f"{alliance.slug}-parts",
        kind=Kind.PARTS,
        severity=Severity.HIGH,
        lines=places(total, *some),
        printed=(total.printed, *(count.printed for count in some)),
        computed=f"{' + '.join(plain(Decimal(count.value)) for count in some)} = {plain(Decimal(made))}",
        difference_pct=one_place(difference_pct(Decimal(total.value), Decimal(made))) if made else None,
        note=f"The kinds of members counted make {plain(Decimal(made))}, the total is {plain(Decimal(total.value))}.",
    )


def _named(alliance: Alliance, total: ReportedCount) -> Iterator[Finding]:
    named = len(alliance.shown_members)
    if not named or named == total.value:
        return  # that no member is named at all is told by the ruling on the list that is not there
    yield Finding(
        key=f"{alliance.slug}-members",
        kind=Kind.MISSING if named < total.value else Kind.TWO_VALUES,
        severity=Severity.MEDIUM,
        lines=total.lines,
        printed=(total.printed,),
        computed=f"{named} members named",
        note="The members named are not as many as are counted.",
        settles="The list of members, from the secretariat of the alliance.",
    )


@check("targets-without-date", of=Document)
def targets_without_date(document: Document) -> Iterator[Finding]:
    """What a plan says it will reach, without saying by when."""
    for plan in document.plans:
        open_ends = [each for each in plan.shown_targets if not each.due and each.first_line]
        if open_ends:
            yield Finding(
                key=plan.slug,
                kind=Kind.BLANK,
                severity=Severity.MEDIUM,
                lines=places(*open_ends),
                printed=tuple(filter(None, (each.printed for each in open_ends))),
                computed=f"{len(open_ends)} of {len(plan.shown_targets)} targets",
                note="No year can be given for these targets, so nobody can say whether they were reached in time.",
                settles="The plan itself, as the city adopted it, with its date.",
            )


@check("targets-past", of=Document)
def targets_past(document: Document) -> Iterator[Finding]:
    """A target that was due before the document that sets it was written."""
    if not document.source.date:
        return
    written = bounds(document.source.date)[0]
    for plan in document.plans:
        for target in plan.shown_targets:
            if target.due and bounds(target.due)[1] < written:
                yield Finding(
                    key=target.key,
                    kind=Kind.DATES,
                    severity=Severity.HIGH,
                    lines=target.lines,
                    printed=(target.printed,),
                    computed=f"due {target.due}, in a document of {document.source.date}",
                    note="The target is set for a date that had passed when the document was written.",
                )


@check("stages", of=Document)
def stages(document: Document) -> Iterator[Finding]:
    """Stages of a plan that do not follow each other in time."""
    for plan in document.plans:
        yield from _stages(plan)


def _stages(plan: Plan) -> Iterator[Finding]:
    dated = [each for each in sorted(plan.shown_stages, key=lambda each: each.number) if each.period]
    for one, following in pairwise(dated):
        if bounds(following.period)[0] < bounds(one.period)[0]:
            yield Finding(
                key=f"{plan.slug}-{following.number}",
                kind=Kind.DATES,
                severity=Severity.MEDIUM,
                lines=places(one, following),
                printed=tuple(filter(None, (one.printed, following.printed))),
                computed=f"{one.period}, then {following.period}",
                note="A later stage begins before the one that it follows.",
            )


@check("adopted", of=Document)
def adopted(document: Document) -> Iterator[Finding]:
    """A declaration adopted on a day outside of the meeting that adopted it."""
    for declaration in document.declarations:
        if not (declaration.adopted and declaration.held):
            continue
        first, last = bounds(declaration.held)
        if bounds(declaration.adopted)[1] < first or bounds(declaration.adopted)[0] > last:
            lines = sorted(filter(None, (declaration.adopted_line, declaration.held_line)))
            yield Finding(
                key=declaration.slug,
                kind=Kind.DATES,
                severity=Severity.HIGH,
                lines="; ".join(map(str, lines)) or declaration.lines,
                computed=f"adopted {declaration.adopted}, held {declaration.held}",
                note="It was adopted on a day on which, by its own words, the meeting did not take place.",
            )
