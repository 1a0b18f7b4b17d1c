"""When checks run by themselves: after the fixtures were loaded, and at the end of whatever staff do to what they see.

They run within the operation, once for all that it touched: what they found is part of it, and is taken back with it.
After it, the notes of what an import made would stand in the way of undoing it, as something that was added since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from cases.models import Initiative, Milestone, Outcome, Partner, PlaceMention, Target
from cities.models import Alliance, City, CityFigures, Figure, Member, Plan, ReportedCount, Stage
from declarations.models import Declaration
from listing.bulk import batches
from notes import sync
from notes.checks.subjects import Scope
from notes.models import Sum
from records import authors
from records.history import Recording
from records.loading import loaded
from records.models import Record
from records.plain import Plain
from records.signals import operation_ends
from search.corpus import Feed, also_shown
from sources.models import Ruling, Source

# So many numbers are asked for at once.
_AT_ONCE = 500


def _numbers(rows: Iterable[Plain], name: str) -> set[int]:
    return {row[name] for row in rows if row.get(name) is not None}


def _read(queryset: QuerySet, numbers: set[int], *names: str, by: str = "pk") -> Iterable[tuple]:
    """Some columns of the rows with these numbers."""
    for some in batches(sorted(numbers), _AT_ONCE):
        yield from queryset.filter(**{f"{by}__in": some}).values_list(*names)


def _cases(rows: list[Plain]) -> Scope:
    """Cases, and the figures of their cities, which are held against them."""
    return Scope.of(_numbers(rows, "city_id"), _numbers(rows, "id"))


def _of_cases(column: str) -> Callable[[list[Plain]], Scope]:
    def concerned(rows: list[Plain]) -> Scope:
        cases = _numbers(rows, column)
        return Scope.of([city for (city,) in _read(Initiative.objects, cases, "city")], cases)

    return concerned


def _sources(column: str) -> Callable[[list[Plain]], Scope]:
    return lambda rows: Scope.of(sources=_numbers(rows, column))


def _sources_of(model: type[Record], column: str) -> Callable[[list[Plain]], Scope]:
    """Of the documents that parts belong to."""

    def concerned(rows: list[Plain]) -> Scope:
        found = _read(model.objects.filter(source__isnull=False), _numbers(rows, column), "source")
        return Scope.of(sources=[source for (source,) in found])

    return concerned


def _rulings(rows: list[Plain]) -> Scope:
    """The cases and the documents whose lines they are on."""
    by_line: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row["source_id"] and row["first_line"]:
            by_line[row["source_id"]].add(row["first_line"])
    cases: set[int] = set()
    for source, lines in by_line.items():
        near = Initiative.objects.filter(source=source)
        for line in lines:
            on = Q(first_line__lte=line, last_line__gte=line) | Q(title_line=line)
            cases |= set(near.filter(on).values_list("pk", flat=True))
    return Scope.of(cases=cases, sources=_numbers(rows, "source_id"))


def _sets(pairs: set[tuple[int, int | None]]) -> Scope:
    """Figures of cities, and the cases read from the same source, whose claims are held against them."""
    cities = {city for city, _source in pairs}
    near = _read(Initiative.objects, cities, "pk", "city", "source", by="city")
    return Scope.of(cities, [case for case, *pair in near if tuple(pair) in pairs])


def _figures(rows: list[Plain]) -> Scope:
    return _sets(set(_read(CityFigures.objects, _numbers(rows, "figures_id"), "city", "source")))


def _targets(rows: list[Plain]) -> Scope:
    return _of_cases("initiative_id")(rows).joined(_sources_of(Plan, "plan_id")(rows))


# What has to be looked at again when rows of a kind are changed, by their values before and after.
CONCERNS: dict[type[Record], Callable[[list[Plain]], Scope]] = {
    City: lambda rows: Scope.of(_numbers(rows, "id")),
    Initiative: _cases,
    **dict.fromkeys((Outcome, Milestone, Partner, PlaceMention), _of_cases("initiative_id")),
    Sum: _of_cases("case_id"),
    CityFigures: lambda rows: _sets({(row["city_id"], row["source_id"]) for row in rows}),
    Figure: _figures,
    Ruling: _rulings,
    Source: _sources("id"),
    **dict.fromkeys((Alliance, Plan, Declaration), _sources("source_id")),
    **dict.fromkeys((ReportedCount, Member), _sources_of(Alliance, "alliance_id")),
    Stage: _sources_of(Plan, "plan_id"),
    Target: _targets,
}


def concerned(recording: Recording) -> Scope:
    """What has to be looked at again after all that an operation has done."""
    rows: dict[type[Record], list[Plain]] = defaultdict(list)
    for model, before, after in recording.touched:
        if model in CONCERNS and authors.says_otherwise(before, after):
            rows[model] += [side for side in (before, after) if side is not None]
    scope = Scope.of()
    for model, some in rows.items():
        scope = scope.joined(CONCERNS[model](some))
    return scope


def after_staff(recording: Recording, **kwargs) -> None:
    """Runs the checks over what an operation touched, and nothing else."""
    for piece in concerned(recording).pieces():
        sync.run(piece)


def after_loading(dry_run: bool, **kwargs) -> str:
    """Runs every check over what was loaded, and says what came of it."""
    with transaction.atomic():
        report = sync.run()
        if dry_run:
            transaction.set_rollback(True)
    return str(report)


def connect() -> None:
    """Called when the app is ready."""
    operation_ends.connect(after_staff, dispatch_uid="notes")
    loaded.connect(after_loading, dispatch_uid="notes")
    # The list of outcomes marks those that a note speaks of and leads to the text of its source, as the lists of notes
    # do; their pages are kept until the log tells of a change.
    for table in ("notes_note", "sources_source", "sources_sourcetext"):
        also_shown(Feed(table, "id", lambda ids: ()))
