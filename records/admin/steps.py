"""The steps of one record as staff take them: what the panel on its page shows, and the address it is sent to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from records import authors, needed, past, unseen, workflow
from records.admin.reason import STEP_REASON
from records.models import Publishable
from records.workflow import STEPS, Step

AS_OF = "as_of"
# The widget of a browser sends a T between date and time; whoever types by hand may put a blank.
TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]


# What is said after a step was taken, of how many records.
DONE = {
    "send": ngettext_lazy("%d record sent for review.", "%d records sent for review."),
    "publish": ngettext_lazy("%d record published.", "%d records published."),
    "schedule": ngettext_lazy(
        "%d record will be published at that time.", "%d records will be published at that time."
    ),
    "unschedule": ngettext_lazy(
        "%d record will not be published by itself.", "%d records will not be published by themselves."
    ),
    "send_back": ngettext_lazy("%d record sent back.", "%d records sent back."),
    "withdraw": ngettext_lazy("%d record withdrawn.", "%d records withdrawn."),
    "take_up": ngettext_lazy("%d record taken up again as a draft.", "%d records taken up again as drafts."),
}


def time_field(**more: Any) -> forms.DateTimeField:
    """The field in which a time of publication is given."""
    return forms.DateTimeField(
        label=gettext_lazy("Publish at (UTC)"),
        input_formats=TIMES,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Write date and time as 2027-01-31 09:00.")},
        **more,
    )


class StepForm(forms.Form):
    """The reason of a step, and the time where one is given.

    On the page of a record its fields belong to the form of the record (`record_form` is the id of that): a browser
    without scripts can then send what is typed in them with Save, too.
    """

    publish_at = time_field(required=False)
    without = forms.BooleanField(label=gettext_lazy("Publish it without these"), required=False)

    def __init__(self, data=None, record_form="", **kwargs):
        super().__init__(data, **kwargs)
        self.fields = {
            STEP_REASON: forms.CharField(
                label=gettext_lazy("Reason"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
            ),
            **self.fields,
        }
        for field in self.fields.values() if record_form else ():
            field.widget.attrs["form"] = record_form


def standing(state: str, publish_at: datetime | None, hidden_by: Sequence[str] = ()) -> str:
    """A state as staff read it, with the time at which readers will see what is scheduled.

    `hidden_by` says why readers do not see what is published (records/unseen.py).
    """
    label = str(Publishable.State(state).label)
    if hidden_by:
        words = {"state": label, "why": "; ".join(hidden_by)}
        return _("%(state)s, but readers do not see it: %(why)s") % words
    if publish_at is None:
        return label
    time = date_format(publish_at, "DATETIME_FORMAT")
    return _("%(state)s, to be published on %(time)s") % {"state": label, "time": time}


def latest_change(record: Publishable) -> str:
    """What tells whether a record or a part of it was changed: the number of the last change written down."""
    return str(past.last_changes([record])[record.pk])


def panel(model_admin, request: HttpRequest, record: Publishable, form: StepForm | None = None) -> dict:
    """What the panel on the page of a record shows."""
    opts = model_admin.opts
    found, alone = workflow.steps_for(request.user, record), []
    if _publishes(found):
        alone = authors.alone(record, request.user)
    if alone:
        found = [step for step in found if step.target != workflow.State.PUBLISHED]
    name = f"{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}"
    record_form = "" if form else f"{opts.model_name}_form"
    return {
        "workflow": {
            "record": record,
            "steps": found,
            "form": form or StepForm(record_form=record_form),
            "record_form": record_form,
            "alone": alone,
            "has_time": any(step.needs_time for step in found),
            "missing": needed.missing([record])[record.pk] if _publishes(found) else [],
            "reason_help": reason_help(found),
            "as_of_name": AS_OF,
            "as_of": latest_change(record),
            "url": reverse(f"{name}_state", args=[record.pk]),
            "preview_url": reverse(f"{name}_preview", args=[record.pk]),
            "waiting": _waiting(record),
            "unseen": () if getattr(record, "shown_to_readers", False) else unseen.why(record),
        }
    }


def _publishes(found: list[Step]) -> bool:
    return any(step.target == workflow.State.PUBLISHED for step in found)


def reason_help(found: list[Step]) -> str:
    """Who reads the reason of these steps, and whether it is needed."""
    if any(step.name == "withdraw" for step in found):
        return _("Readers see the reason of a withdrawal at the address of the record. Name no person in it.")
    if any(step.needs_reason for step in found):
        return _("Needed to send it back; the author reads it in the history.")
    return _("Kept in the history.")


def _waiting(record: Publishable) -> list[str]:
    """What stands in the way of a publication at a time: a change since then at once, all else once it has come."""
    if record.publish_at is None:
        return []
    found = authors.changed_since_scheduled(record)
    if record.publish_at > timezone.now():
        return found
    return workflow.problems(STEPS["publish"], record, record.scheduled_by) + found


def refusal(step: Step, record: Publishable, found: list[str]) -> str:
    """What is said of a record for which a step was not taken."""
    words = {"name": record, "todo": "; ".join(found), "step": step.label}
    if step.name == "publish":
        return _("“%(name)s” was not published: %(todo)s.") % words
    return _("“%(step)s” was not done for “%(name)s”: %(todo)s.") % words


def state_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the step that is sent, and goes back to the record; else shows what may be done, and what was typed."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        if step is None or not workflow.may(request.user, step, type(record)):
            raise PermissionDenied
        if found := _problems(model_admin, request, step, record, form):
            messages.error(request, refusal(step, record, found))
        else:
            return _taken(model_admin, request, step, record, form.cleaned_data)
    opts = model_admin.opts
    context = {
        **model_admin.admin_site.each_context(request),
        **panel(model_admin, request, record, form),
        "title": _("State of “%(name)s”") % {"name": record},
        "opts": opts,
        "original": record,
    }
    return TemplateResponse(request, "admin/state.html", context)


def _problems(model_admin, request, step: Step, record: Publishable, form: StepForm) -> list[str]:
    if not form.is_valid():
        return [str(error).rstrip(".") for errors in form.errors.values() for error in errors]
    if step.target == workflow.State.PUBLISHED and (found := _unseen(request.POST.get(AS_OF, ""), record)):
        return [found]
    values = form.cleaned_data
    found = workflow.problems(step, record, request.user, values[STEP_REASON], values["publish_at"])
    return [*found, *_unasked(step, record, values["without"])]


def _unseen(seen: str, record: Publishable) -> str:
    """Why nobody looked at what readers would get: `seen` is not its last change. "" where it is."""
    if not seen:
        return _("it is not known in which state you saw it: look at it on its page, then decide")
    if seen != latest_change(record):
        return _("it was changed since you opened its page: look at it again, then decide")
    return ""


def _unasked(step: Step, record: Publishable, knowing: bool) -> list[str]:
    """What readers would miss, where it is published and nobody has said that this is meant."""
    missing = [] if knowing or not _publishes([step]) else needed.missing([record])[record.pk]
    if not missing:
        return []
    text = _(
        "it lacks what readers need: %(missing)s. Fill it in, or say under “Not printed in the source” that it is not "
        "printed; or tick “Publish it without these”"
    )
    return [text % {"missing": ", ".join(missing)}]


def published_without(missing: list[str]) -> str:
    """What is said beside “published” of a record that lacks what readers need; "" where it lacks nothing."""
    return _("without: %(missing)s") % {"missing": ", ".join(missing)} if missing else ""


def _taken(model_admin, request, step: Step, record: Publishable, values: dict[str, Any]) -> HttpResponse:
    at: datetime | None = values["publish_at"] if step.needs_time else None
    workflow.take(step, record, request.user, values[STEP_REASON], at)
    model_admin.message_user(request, _said(step, record), messages.SUCCESS)
    if step.name == "withdraw" and (lost := workflow.dependants([record])):
        model_admin.message_user(request, lost_with(lost), messages.WARNING)
    name = f"{model_admin.admin_site.name}:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change"
    return HttpResponseRedirect(reverse(name, args=[record.pk]))


def lost_with(lost: list[str]) -> str:
    """What is said of what readers lose sight of with what was withdrawn (`workflow.dependants`)."""
    return _("What hangs on it is no longer shown to readers either: %s.") % ", ".join(lost)


def _said(step: Step, record: Publishable) -> str:
    if step.name == "schedule":
        return _("It will be published on %(time)s.") % {
            "time": date_format(record.publish_at, "DATETIME_FORMAT")
        }
    if step.name == "unschedule":
        return _("It will not be published by itself.")
    return DONE[step.name] % 1
