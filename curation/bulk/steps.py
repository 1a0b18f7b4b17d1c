"""The steps of the workflow for many records at once: to review, published now or at a time, withdrawn, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from curation.bulk.base import Asked, BulkAction, Line
from records import authors, needed, past, workflow
from records.admin.steps import DONE, lost_with, published_without, reason_help, standing, time_field
from records.models import Publishable
from records.operations import Operation
from records.workflow import STEPS, Step

_LABELS = {
    "send": gettext_lazy("Send selected %(verbose_name_plural)s for review"),
    "publish": gettext_lazy("Publish selected %(verbose_name_plural)s"),
    "schedule": gettext_lazy("Publish selected %(verbose_name_plural)s at a time"),
    "unschedule": gettext_lazy("Do not publish selected %(verbose_name_plural)s at their time"),
    "send_back": gettext_lazy("Send selected %(verbose_name_plural)s back"),
    "withdraw": gettext_lazy("Withdraw selected %(verbose_name_plural)s"),
    "take_up": gettext_lazy("Take selected %(verbose_name_plural)s up again"),
}


class TakeStep(BulkAction):
    """Takes a step for every record that it leads on from and nothing stands in the way of."""

    kind = Operation.Kind.STATE

    def __init__(self, step: Step):
        self.step = step
        self.name = step.name
        self.label, self.said = _LABELS[step.name], DONE[step.name]
        self.needs_reason = step.needs_reason

    @property
    def choice(self) -> str:
        return self.name

    @property
    def reason_help(self) -> str:
        return reason_help([self.step])

    def may(self, model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
        return workflow.may(request.user, self.step, model_admin.model)

    def closed(self, record: Publishable, user: Any) -> str:
        return ""  # the step has its own right, which was asked for

    def lost(self, records: list[Publishable]) -> str:
        if self._publishes:
            return self._without(records)
        lost = workflow.dependants(records) if self.name == "withdraw" else []
        return lost_with(lost) if lost else ""

    @property
    def _publishes(self) -> bool:
        return self.step.target == workflow.State.PUBLISHED

    def _without(self, records: list[Publishable]) -> str:
        """How many lack what readers need. Each row says what, and confirming it is to mean it."""
        count = sum(bool(each) for each in needed.missing(records).values())
        text = ngettext(
            "%d of these records lacks what readers need: a star marks it under “Missing” on its page.",
            "%d of these records lack what readers need: a star marks it under “Missing” on their pages.",
            count,
        )
        return text % count if count else ""

    def fields(self) -> dict[str, forms.Field]:
        return {"publish_at": time_field(validators=[self._to_come])} if self.step.needs_time else {}

    def _to_come(self, at: datetime) -> None:
        if found := workflow.wanting(self.step, "", at):
            raise ValidationError([f"{capfirst(each)}." for each in found])

    def lines(self, records: list[Publishable], asked: Asked) -> list[Line]:
        known, last = authors.authors_of(records), past.last_changes(records)
        at = asked.values.get("publish_at")
        missing = needed.missing(records) if self._publishes else {}
        found = []
        for record in records:
            problems = workflow.in_the_way(self.step, record, asked.user, known[record.pk])
            state = record.state if self.step.keeps_state else self.step.target
            old, new = standing(record.state, record.publish_at), standing(state, at)
            if without := published_without(missing.get(record.pk, [])):
                new = f"{new}; {without}"
            found.append(Line(record, old, new, "; ".join(problems), str(last[record.pk])))
        return found

    def apply(self, records: Iterable[Publishable], asked: Asked) -> None:
        for record in records:
            workflow.take(self.step, record, asked.user, asked.reason, asked.values.get("publish_at"))


STEPS_IN_BULK: list[BulkAction] = [TakeStep(step) for step in STEPS.values()]
