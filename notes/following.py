"""When checks run by themselves: after the fixtures were loaded, and when staff have changed what they look at."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from cases.models import Initiative, Milestone, Outcome, Partner, PlaceMention, Target
from cities.models import Alliance, CityFigures, Figure, Member, Plan, ReportedCount, Stage
from declarations.models import Declaration
from notes import sync
from notes.checks.subjects import Scope
from notes.models import Sum
from records.loading import loaded
from records.models import Record
from records.signals import changed_by_staff
from search.corpus import Feed, also_shown
from sources.models import Ruling, Source


def _case(case: Initiative) -> Scope:
    """A case, and the figures of its city, which are held against it."""
    return Scope.of([case.city_id], [case.pk])


def _of_case(record) -> Scope:
    return _case(record.initiative)


def _source(record) -> Scope:
    return Scope.of(sources=[record.source_id] if record.source_id else [])


def _ruling(ruling: Ruling) -> Scope:
    """The cases and the document whose lines it is on."""
    near = Initiative.objects.filter(source=ruling.source_id)
    around = near.filter(first_line__lte=ruling.first_line or 0, last_line__gte=ruling.first_line or 0)
    titles = near.filter(title_line=ruling.first_line)
    return Scope.of(cases=(around | titles).values_list("pk", flat=True), sources=[ruling.source_id])


def _figures(figures: CityFigures) -> Scope:
    """The figures of the city, and its cases, whose claims are held against them."""
    cases = Initiative.objects.filter(city=figures.city_id, source=figures.source_id)
    return Scope.of([figures.city_id], cases.values_list("pk", flat=True))


# What has to be looked at again when staff change a record of a kind.
CONCERNS: dict[type[Record], Callable[[Record], Scope]] = {
    Initiative: _case,
    **dict.fromkeys((Outcome, Milestone, Partner, PlaceMention), _of_case),
    Sum: lambda each: _case(each.case),
    CityFigures: _figures,
    Figure: lambda figure: _figures(figure.figures),
    Ruling: _ruling,
    Source: lambda source: Scope.of(sources=[source.pk]),
    **dict.fromkeys((Alliance, Plan, Declaration), _source),
    **dict.fromkeys((ReportedCount, Member), lambda part: _source(part.alliance)),
    Stage: lambda stage: _source(stage.plan),
    Target: lambda target: _source(target.plan) if target.plan_id else _of_case(target),
}


def after_staff(record: Record, **kwargs) -> None:
    """Runs the checks over what a changed record belongs to, and nothing else."""
    if concerned := CONCERNS.get(type(record)):
        sync.run(concerned(record))


def after_loading(dry_run: bool, **kwargs) -> str:
    """Runs every check over what was loaded, and says what came of it."""
    with transaction.atomic():
        report = sync.run()
        if dry_run:
            transaction.set_rollback(True)
    return str(report)


def connect() -> None:
    """Called when the app is ready."""
    changed_by_staff.connect(after_staff, dispatch_uid="notes")
    loaded.connect(after_loading, dispatch_uid="notes")
    # The list of outcomes marks those that a note speaks of and leads to the text of its source, as the lists of notes
    # do; their pages are kept until the log tells of a change.
    for table in ("notes_note", "sources_source", "sources_sourcetext"):
        also_shown(Feed(table, "id", lambda ids: ()))
