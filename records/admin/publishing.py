"""The staff pages of what is published: its state, the steps from there one by one and in bulk, its preview."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, override

from records import workflow
from records.admin import steps
from records.admin.base import REASON, RecordAdmin
from records.admin.forms import RecordForm
from records.admin.preview import preview
from records.models import Publishable
from records.operations import Operation
from records.workflow import STEPS

# A bulk action names so many of those it refused; the rest are counted.
NAMED = 10
PUBLISHED = Publishable.State.PUBLISHED
# What is said after a step was taken, of how many records.
DONE = {
    "send": ngettext_lazy("%d record sent for review.", "%d records sent for review."),
    "publish": ngettext_lazy("%d record published.", "%d records published."),
    "send_back": ngettext_lazy("%d record sent back.", "%d records sent back."),
    "withdraw": ngettext_lazy("%d record withdrawn.", "%d records withdrawn."),
    "take_up": ngettext_lazy("%d record taken up again as a draft.", "%d records taken up again as drafts."),
}


class PublishableForm(RecordForm):
    """Keeps what is published where readers see it: neither moved to a draft nor shown again under one."""

    def _post_clean(self):
        super()._post_clean()
        # Only what is moved or shown again: a case stays correctable while its city is withdrawn.
        decisive = {"hidden", *self._meta.model.public_parents} & set(self.changed_data)
        goes_public = self.instance.state == PUBLISHED and not self.instance.hidden
        if self.errors or not goes_public or not decisive:
            return
        if found := workflow.obstacles(self.instance):
            self.add_error(min(decisive), ValidationError(_("Not published: %s.") % "; ".join(found)))


def _bulk(name: str, description):
    """A bulk action that takes a step; asks for the reason first where it needs one."""

    @admin.action(description=description, permissions=[name])
    def take_step(self, request, queryset):
        return self.take_in_bulk(request, queryset, STEPS[name])

    take_step.__name__ = name
    return take_step


class PublishableAdmin(RecordAdmin):
    """Adds the state, which only steps change: each a button on the page of a record, and a bulk action."""

    form = PublishableForm
    actions = ["send", "publish", "send_back", "withdraw", "take_up"]
    visibility_fields = ("state", "hidden")
    change_form_template = "admin/publishable_change_form.html"

    send = _bulk("send", gettext_lazy("Send the selected %(verbose_name_plural)s for review"))
    publish = _bulk("publish", gettext_lazy("Publish the selected %(verbose_name_plural)s"))
    send_back = _bulk("send_back", gettext_lazy("Send the selected %(verbose_name_plural)s back"))
    withdraw = _bulk("withdraw", gettext_lazy("Withdraw the selected %(verbose_name_plural)s"))
    take_up = _bulk("take_up", gettext_lazy("Take the selected %(verbose_name_plural)s up again"))

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:pk>/state/", self.admin_site.admin_view(self.state_view), name=f"{name}_state"),
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview_view), name=f"{name}_preview"),
        ]
        return [*own, *super().get_urls()]

    def state_view(self, request, pk):
        """The steps from where a record is: GET shows them, POST takes one."""
        return steps.state_view(self, request, pk)

    def preview_view(self, request, pk):
        """The public page as it would be."""
        return preview(self, request, pk)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = self.get_object(request, object_id) if object_id and request.method == "GET" else None
        panel = steps.panel(self, request, record) if record else {}
        return super().changeform_view(request, object_id, form_url, {**panel, **(extra_context or {})})

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "state"]

    def get_list_display(self, request):
        display = super().get_list_display(request)
        return [*display[:-2], "state", *display[-2:]]

    def get_list_filter(self, request):
        return ["state", *super().get_list_filter(request)]

    def slug_help(self, record):
        return _("Part of the public address. After a change the old address leads on to the new one.")

    def kind_of_action(self, action):
        return Operation.Kind.STATE if action in STEPS else super().kind_of_action(action)

    def has_send_permission(self, request):
        return workflow.may(request.user, STEPS["send"], self.model)

    def has_publish_permission(self, request):
        return workflow.may(request.user, STEPS["publish"], self.model)

    has_send_back_permission = has_publish_permission

    def has_withdraw_permission(self, request):
        return workflow.may(request.user, STEPS["withdraw"], self.model)

    has_take_up_permission = has_withdraw_permission

    def take_in_bulk(self, request, queryset, step):
        """Takes a step for every record it leads on from; says which were refused, and why."""
        reason = request.POST.get(REASON, "")
        if step.needs_reason and not reason.strip():
            return self._ask_for_reason(request, queryset, step, asked="confirmed" in request.POST)
        done, refused = [], []
        for record in queryset.filter(state__in=step.sources):
            if found := workflow.problems(step, record, request.user, reason):
                refused.append((record, found))
            else:
                self.take_step(request, step, record, reason)
                done.append(record)
        self._report(request, step, done, refused)
        if step.name == "withdraw":
            self.report_lost(request, workflow.dependants(done))
        return None

    def take_step(self, request, step, record, reason="", at=None) -> None:
        """Takes a step that nothing stands in the way of."""
        workflow.take(step, record, request.user, reason, at)
        with override(None):
            # Kept in English, as Django keeps it, and put into each reader's language when it is shown.
            field = str(capfirst(record._meta.get_field("state").verbose_name))
        self.log_change(request, record, [{"changed": {"fields": [field]}}])

    def _ask_for_reason(self, request, queryset, step, asked):
        chosen = queryset.filter(state__in=step.sources)
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "step": step,
            "reason_name": REASON,
            "count": chosen.count(),
            "rest": queryset.count() - chosen.count(),
            "some": list(chosen[:NAMED]),
            "lost": workflow.dependants(list(chosen)) if step.name == "withdraw" else [],
            "missing": asked,
            "selected": request.POST.getlist("_selected_action"),
            "across": request.POST.get("select_across", ""),
        }
        return TemplateResponse(request, "admin/bulk_reason.html", context)

    def report_lost(self, request, lost):
        """Says what readers lose sight of with what was withdrawn."""
        if lost:
            text = _("What hangs on it is no longer shown to readers either: %s.")
            self.message_user(request, text % ", ".join(lost), messages.WARNING)

    def _report(self, request, step, done, refused):
        if done or not refused:
            text = DONE[step.name] % len(done)
            self.message_user(request, text, messages.SUCCESS if done else messages.INFO)
        for record, found in refused[:NAMED]:
            self.message_user(request, steps.refusal(step, record, found), messages.ERROR)
        rest = len(refused) - NAMED
        if rest > 0:
            text = ngettext("The same for %d more.", "The same for %d more.", rest)
            if step.name == "publish":
                text = ngettext(
                    "%d more was not published either.", "%d more were not published either.", rest
                )
            self.message_user(request, text % rest, messages.ERROR)
