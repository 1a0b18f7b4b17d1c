"""From a draft to a published record, and back: which step leads from which state, and what each takes.

The staff pages, the bulk actions and the schedule all go through `problems` and `take`; nothing else sets a state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import authors, history
from records.models import Publishable
from records.operations import Operation

State = Publishable.State
# The rights to let readers see a record, and to take it from them; made in curation/workflow/models.py.
PUBLISH, WITHDRAW = "curation.publish_records", "curation.withdraw_records"
CHANGE = "change"
WAITING = (State.DRAFT, State.REVIEW)
# Seen by readers, or by their address.
GIVEN_OUT = (State.PUBLISHED, State.WITHDRAWN)


@dataclass(frozen=True)
class Step:
    """One way from some states to another. `right` is CHANGE of the kind of record, or a right by its name."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    right: str
    needs_reason: bool = False
    is_scheduled: bool = False  # asked of those to whom a time of publication was given
    needs_time: bool = False
    keeps_state: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("send", gettext_lazy("Send for review"), (State.DRAFT,), State.REVIEW, CHANGE),
        Step("publish", gettext_lazy("Publish"), WAITING, State.PUBLISHED, PUBLISH),
        Step(
            "schedule",
            gettext_lazy("Publish at the time given"),
            WAITING,
            State.PUBLISHED,
            PUBLISH,
            needs_time=True,
            keeps_state=True,
        ),
        Step(
            "unschedule",
            gettext_lazy("Do not publish at that time"),
            WAITING,
            "",
            PUBLISH,
            is_scheduled=True,
            keeps_state=True,
        ),
        Step(
            "send_back",
            gettext_lazy("Send back"),
            (State.REVIEW,),
            State.DRAFT,
            PUBLISH,
            needs_reason=True,
        ),
        Step(
            "withdraw",
            gettext_lazy("Withdraw"),
            (State.PUBLISHED,),
            State.WITHDRAWN,
            WITHDRAW,
            needs_reason=True,
        ),
        Step("take_up", gettext_lazy("Take up again"), (State.WITHDRAWN,), State.DRAFT, WITHDRAW),
    )
}


def may(user: Any, step: Step, model: type[models.Model]) -> bool:
    """Whether somebody has the right to a step, for records of this kind that they can view."""
    label, name = model._meta.app_label, model._meta.model_name
    sees = user.has_perm(f"{label}.view_{name}") or user.has_perm(f"{label}.change_{name}")
    return sees and user.has_perm(f"{label}.change_{name}" if step.right == CHANGE else step.right)


def steps_for(user: Any, record: Publishable) -> list[Step]:
    """The steps that somebody may take from where a record is."""
    return [step for step in STEPS.values() if fits(step, record) and may(user, step, type(record))]


def fits(step: Step, record: Publishable) -> bool:
    """Whether a step leads on from where a record is."""
    return record.state in step.sources and (not step.is_scheduled or record.publish_at is not None)


def problems(
    step: Step, record: Publishable, user: Any, reason: str = "", at: datetime | None = None
) -> list[str]:
    """Everything that stands in the way of a step, each in a sentence part that says what to do."""
    found = in_the_way(step, record, user)
    return [*wanting(step, reason, at), *found] if fits(step, record) else found


def wanting(step: Step, reason: str, at: datetime | None) -> list[str]:
    """What whoever asks for a step has yet to say."""
    found = []
    if step.needs_reason and not reason.strip():
        found.append(_("give the reason"))
    if step.needs_time and at is None:
        found.append(_("give the date and time at which it is to be published"))
    elif step.needs_time and at <= timezone.now():
        found.append(_("give a time to come; to publish it now, choose “Publish”"))
    return found


def in_the_way(
    step: Step, record: Publishable, user: Any, known_authors: set[int] | None = None
) -> list[str]:
    """What about a record stands in the way of a step. Its authors are read where they are not known."""
    if not fits(step, record):
        words = {"step": step.label, "state": record.get_state_display()}
        return [_("it is “%(state)s” now, from which “%(step)s” does not lead on") % words]
    if step.target != State.PUBLISHED:
        return []
    # What is scheduled may wait for its city, which may be scheduled too; at that time all of it must be there.
    found = [] if step.needs_time else obstacles(record)
    return found + authors.alone(record, user, known_authors)


def take(
    step: Step, record: Publishable, user: Any, reason: str = "", at: datetime | None = None
) -> Operation | None:
    """Takes a step whose `problems` are none, as an operation of the history (or part of the one going on)."""
    now = timezone.now()
    values: dict[str, Any] = {}
    if not step.keeps_state:
        values |= {"state": step.target, "state_changed_at": now, "publish_at": None, "scheduled_by": None}
    if step.name == "send":
        values["submitted_by"] = user
    elif step.name == "schedule":
        values |= {"publish_at": at, "scheduled_by": user}
    elif step.name == "unschedule":
        values |= {"publish_at": None, "scheduled_by": None}
    elif step.target == State.PUBLISHED:
        values |= {"withdrawn_at": None, "state_reason": "", "submitted_by": None}
    elif step.target == State.WITHDRAWN:
        values |= {"withdrawn_at": now, "state_reason": reason.strip()}
    for name, value in values.items():
        setattr(record, name, value)
    with history.operation(Operation.Kind.STATE, user, reason) as done:
        record.save(update_fields=list(values))
    return done.saved


def obstacles(record: Publishable) -> list[str]:
    """What a curator must do before readers can see `record`; [] where nothing is in the way."""
    found = []
    for name in record.required_to_publish:
        if not str(getattr(record, name) or "").strip():
            label = record._meta.get_field(name).verbose_name
            found.append(_("fill in “%(field)s” first") % {"field": label})
    found += record.own_obstacles()
    for name in type(record).public_parents:
        parent = getattr(record, name, None)
        if parent is None:
            continue
        words = {"kind": parent._meta.verbose_name, "name": parent}
        if isinstance(parent, Publishable) and parent.state != State.PUBLISHED:
            found.append(_("publish the %(kind)s “%(name)s” first") % words)
        elif parent.hidden:
            found.append(_("the %(kind)s “%(name)s” is hidden: clear “hidden” there first") % words)
    if record.hidden:
        found.append(_("it is hidden: clear “hidden” on its page first"))
    return found


def dependants(records: list[Publishable]) -> list[str]:
    """What readers lose sight of together with `records`: ["3 cases", "1 plan"]."""
    lost = []
    for relation in records[0]._meta.related_objects if records else []:
        model, key = relation.related_model, relation.field.name
        if issubclass(model, Publishable) and key in model.public_parents:
            count = model.objects.filter(
                state=State.PUBLISHED, hidden=False, **{f"{key}__in": records}
            ).count()
            if count:
                name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
                lost.append(f"{count} {name}")
    return lost


def is_locked(user: Any, row: models.Model) -> bool:
    """Whether somebody may not touch a row, because it is or hangs on what readers see, or were shown.

    What is approved for a time to come is locked as well: it would be published unseen.
    """
    if user.has_perm(PUBLISH):
        return False
    root = history.root_of(row)
    return isinstance(root, Publishable) and locks({name: getattr(root, name) for name in LOCKING})


# What tells whether a record was shown to readers, or will be.
LOCKING = ("state", "publish_at", "withdrawn_at")


def locks(values: Mapping[str, Any]) -> bool:
    """Whether only who may publish may touch a record with these values, and all that hangs on it."""
    return (
        values["state"] in GIVEN_OUT or values["publish_at"] is not None or values["withdrawn_at"] is not None
    )
