"""Publishes what was scheduled when its time has come: from the command line, and by each process that serves."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from records import authors, history, workflow
from records.models import Publishable
from records.operations import Operation
from records.said import Anew

log = logging.getLogger(__name__)
# Seconds between two looks of one process.
PAUSE = 3.0
_looked = float("-inf")
# What is in the way is said once by each process, not at every look.
_said: set[tuple[str, int, str]] = set()


def kinds() -> list[type[Publishable]]:
    """Every kind of record that can be published, those that others hang on first."""
    found = [model for model in apps.get_models() if issubclass(model, Publishable)]
    return sorted(found, key=lambda model: any(issubclass(p, Publishable) for p in _parents(model)))


def _parents(model: type[Publishable]) -> Iterator[type[models.Model]]:
    return (model._meta.get_field(name).related_model for name in model.public_parents)


def due(model: type[Publishable]) -> models.QuerySet:
    """Those of one kind whose time has come."""
    return model.objects.filter(publish_at__lte=timezone.now(), state__in=workflow.WAITING)


def publish_due() -> tuple[list[Publishable], list[tuple[Publishable, list[str]]]]:
    """Publishes all that is due. Gives what was published, and what was not, each with what stands in its way."""
    done, waiting = [], []
    for model in kinds():
        for pk in list(due(model).order_by("publish_at", "pk").values_list("pk", flat=True)):
            record, problems = _publish(model, pk)
            if problems:
                waiting.append((record, problems))
                _say(record, problems)
            elif record is not None:
                done.append(record)
    return done, waiting


def _publish(model: type[Publishable], pk: int) -> tuple[Publishable | None, list[str]]:
    """Publishes one, in a transaction that no other process does the same in; None where another was faster."""
    step = workflow.STEPS["publish"]
    chosen = due(model).filter(pk=pk).order_by()
    with history.operation(Operation.Kind.STATE) as recording:
        record = chosen.select_for_update(of=("self",)).first()
        if record is None:
            return None, []
        user = record.scheduled_by
        problems = workflow.problems(step, record, user) + authors.changed_since_scheduled(record)
        if user is None or not (user.is_active and workflow.may(user, step, model)):
            problems.append(_("who scheduled it may no longer publish: schedule it anew"))
        if problems:
            return record, problems
        recording.operation.user, recording.operation.by = user, user.get_username()
        recording.operation.say("reason", _reason(user.get_username(), record.publish_at))
        workflow.take(step, record, user)
    return record, []


def _reason(who: str, at: datetime) -> Anew:
    def said() -> str:
        words = {"who": who, "time": date_format(at, "DATETIME_FORMAT")}
        return _("scheduled by %(who)s for %(time)s") % words

    return Anew(said)


def _say(record: Publishable, problems: list[str]) -> None:
    key = record._meta.label, record.pk, "; ".join(problems)
    if key not in _said:
        _said.add(key)
        log.warning("Scheduled, and not published: %s %s: %s", *key)


def _is_any_due() -> bool:
    """Whether the time of anything has come, of all kinds in one query."""
    first, *others = (due(model).order_by().values_list("pk", flat=True) for model in kinds())
    return first.union(*others, all=True).exists()


def look() -> None:
    """Publishes what is due, unless this process has just looked. What goes wrong is logged: readers are served."""
    global _looked
    now = time.monotonic()
    if now - _looked < PAUSE:
        return
    _looked = now
    try:
        if _is_any_due():
            with override("en"):
                publish_due()
    except DatabaseError:
        log.exception("What was scheduled could not be published now.")


def publish_when_due(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever asks for a page finds published what is due."""

    def middleware(request: HttpRequest) -> HttpResponse:
        look()
        return get_response(request)

    return middleware
