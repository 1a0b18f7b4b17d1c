"""Publishing from the staff pages, one by one and in bulk, and what stands in its way."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from records.admin.base import RecordAdmin
from records.admin.forms import RecordForm
from records.models import Publishable

# A bulk action names so many of those it refused; the rest are counted.
NAMED = 10
PUBLISHED = Publishable.State.PUBLISHED


def obstacles(record: Publishable, required: tuple[str, ...] = ()) -> list[str]:
    """What a curator must do before readers can see `record`; [] where nothing is in the way.

    `required` names the fields that must not be empty, besides what the model demands of every draft.
    """
    found = []
    for name in required:
        if not str(getattr(record, name) or "").strip():
            label = record._meta.get_field(name).verbose_name
            found.append(_("fill in “%(field)s” first") % {"field": label})
    for name in type(record).public_parents:
        parent = getattr(record, name, None)
        if parent is None:
            continue
        words = {"kind": parent._meta.verbose_name, "name": parent}
        if isinstance(parent, Publishable) and parent.state != PUBLISHED:
            found.append(_("publish the %(kind)s “%(name)s” first") % words)
        elif parent.hidden:
            found.append(_("the %(kind)s “%(name)s” is hidden: clear “hidden” there first") % words)
    return found


def dependants(records: list[Publishable]) -> list[str]:
    """What readers lose sight of together with `records`: ["3 cases", "1 plan"]."""
    lost = []
    for relation in records[0]._meta.related_objects if records else []:
        model, key = relation.related_model, relation.field.name
        if issubclass(model, Publishable) and key in model.public_parents:
            count = model.objects.filter(state=PUBLISHED, hidden=False, **{f"{key}__in": records}).count()
            if count:
                name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
                lost.append(f"{count} {name}")
    return lost


class PublishableForm(RecordForm):
    """Refuses to publish what readers would not see anyway."""

    required_to_publish: tuple[str, ...] = ()

    def _post_clean(self):
        super()._post_clean()
        # Only what is being published now, or moved: a case stays correctable while its city is withdrawn.
        decisive = {"state", "hidden", *self._meta.model.public_parents}
        goes_public = self.instance.state == PUBLISHED and not self.instance.hidden
        if self.errors or not goes_public or not decisive & set(self.changed_data):
            return
        found = obstacles(self.instance, self.required_to_publish)
        if found:
            self.add_error("state", ValidationError(_("Not published: %s.") % "; ".join(found)))


class PublishableAdmin(RecordAdmin):
    """Adds the state, and the two bulk actions, which need the right to change."""

    form = PublishableForm
    actions = ["publish", "return_to_draft"]
    visibility_fields = ("state", "hidden")

    def get_list_display(self, request):
        display = super().get_list_display(request)
        return [*display[:-2], "state", *display[-2:]]

    def get_list_filter(self, request):
        return ["state", *super().get_list_filter(request)]

    def slug_help(self, record):
        return _("Part of the public address. After a change the old address leads on to the new one.")

    @admin.action(
        description=gettext_lazy("Publish the selected %(verbose_name_plural)s"), permissions=["change"]
    )
    def publish(self, request, queryset):
        done, refused = [], []
        with transaction.atomic():
            for record in queryset.exclude(state=PUBLISHED, hidden=False):
                found = obstacles(record, self.form.required_to_publish)
                if record.hidden:
                    found.append(_("it is hidden: clear “hidden” on its page first"))
                if found:
                    refused.append((record, found))
                else:
                    self._set_state(request, record, PUBLISHED)
                    done.append(record)
        self._report_published(request, done, refused)

    @admin.action(
        description=gettext_lazy("Return the selected %(verbose_name_plural)s to draft"),
        permissions=["change"],
    )
    def return_to_draft(self, request, queryset):
        with transaction.atomic():
            done = list(queryset.filter(state=PUBLISHED))
            lost = dependants(done)
            for record in done:
                self._set_state(request, record, Publishable.State.DRAFT)
        level = messages.SUCCESS if done else messages.INFO
        text = ngettext("%d record returned to draft.", "%d records returned to draft.", len(done))
        self.message_user(request, text % len(done), level)
        self._report_lost(request, lost)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "state" in form.changed_data and obj.state != PUBLISHED:
            self._report_lost(request, dependants([obj]))

    def _report_lost(self, request, lost):
        if lost:
            text = _("What hangs on it is no longer shown to readers either: %s.")
            self.message_user(request, text % ", ".join(lost), messages.WARNING)

    def _set_state(self, request, record, state):
        record.state = state
        record.save(update_fields=["state"])
        with override(None):
            # Kept in English, as Django keeps it, and put into each reader's language when it is shown.
            field = str(capfirst(record._meta.get_field("state").verbose_name))
        self.log_change(request, record, [{"changed": {"fields": [field]}}])

    def _report_published(self, request, done, refused):
        if done or not refused:
            text = ngettext("%d record published.", "%d records published.", len(done))
            self.message_user(request, text % len(done), messages.SUCCESS if done else messages.INFO)
        for record, found in refused[:NAMED]:
            words = {"name": record, "todo": "; ".join(found)}
            self.message_user(request, _("“%(name)s” was not published: %(todo)s.") % words, messages.ERROR)
        rest = len(refused) - NAMED
        if rest > 0:
            text = ngettext("%d more was not published either.", "%d more were not published either.", rest)
            self.message_user(request, text % rest, messages.ERROR)
