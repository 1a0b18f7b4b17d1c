"""The staff pages of what is published: its state, the steps from there, its preview."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import unseen, workflow
from records.admin import steps
from records.admin.base import RecordAdmin
from records.admin.forms import RecordForm
from records.admin.preview import preview
from records.admin.reason import take_from_state
from records.models import Publishable

PUBLISHED = Publishable.State.PUBLISHED


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


class PublishableAdmin(RecordAdmin):
    """Adds the state, which only steps change: each a button on the page of a record."""

    form = PublishableForm
    visibility_fields = ("state", "hidden")
    change_form_template = "admin/publishable_change_form.html"

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
        take_from_state(request)
        record = self.get_object(request, object_id) if object_id and request.method == "GET" else None
        panel = steps.panel(self, request, record) if record else {}
        return super().changeform_view(request, object_id, form_url, {**panel, **(extra_context or {})})

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "state"]

    def get_list_display(self, request):
        display = super().get_list_display(request)
        return [*display[:-2], "standing", *display[-2:]]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, record):
        """The state; of what is scheduled also when readers will see it, of what they do not see why."""
        why = () if record.shown_to_readers else unseen.why(record)
        return steps.standing(record.state, record.publish_at, why)

    def get_list_select_related(self, request):
        # What it hangs on says why readers do not see it.
        return [*dict.fromkeys([*super().get_list_select_related(request), *self.model.public_parents])]

    def get_list_filter(self, request):
        return ["state", *super().get_list_filter(request)]
