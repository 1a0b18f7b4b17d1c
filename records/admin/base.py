"""The page, the list and the rows of every kind of record."""

from contextlib import nullcontext

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from records import edits, history, workflow
from records.admin.deleted_pages import DeletedPages
from records.admin.fields import StaffFields
from records.admin.forms import RecordForm, RowFormSet
from records.admin.history_pages import HistoryPages
from records.admin.reason import NEEDED, REASON, ReasonedActionForm, given
from records.admin.together import TogetherMixin
from records.operations import Operation

# What staff read of a record beside what the sources gave.
SAID = {
    edits.LOADED: _("as it was loaded from the sources"),
    edits.EDITED: _("edited since it was loaded from the sources"),
    edits.OWN: _("made here, not loaded from the sources"),
}


class HistoryMixin(DeletedPages, HistoryPages):
    """Whatever staff send from these pages is one operation of the history, with the reason they gave."""

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        if isinstance(self, TogetherMixin):
            self.bring_back_first(request, object_id)  # an operation of its own
        with _operation(request):
            return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        with _operation(request):
            return super().delete_view(request, *args, **kwargs)


def _operation(request, kind=Operation.Kind.EDIT):
    if request.method != "POST":
        return nullcontext()
    return history.operation(kind, request.user, request.POST.get(REASON, ""))


class RecordAdmin(HistoryMixin, TogetherMixin, StaffFields, admin.ModelAdmin):
    """Base of the staff pages of a record.

    A subclass names in `fieldsets` and `list_display` what is its own; what all records share follows.
    """

    form = RecordForm
    list_per_page = 50
    # The size of the whole table is one more count on each page, and says little beside the filtered one.
    show_full_result_count = False
    readonly_fields = ("created_at", "updated_at", "as_loaded")
    visibility_fields: tuple[str, ...] = ("hidden",)
    action_form = ReasonedActionForm
    delete_confirmation_template = "admin/record_delete_confirmation.html"
    delete_selected_confirmation_template = "admin/record_delete_selected_confirmation.html"

    def get_queryset(self, request):
        # Looked up apart, so that what counts the rows of a list need not join what decides it.
        shown = Exists(self.model._base_manager.filter(self.model.public_q(), pk=OuterRef("pk")))
        return super().get_queryset(request).annotate(shown_to_readers=shown)

    def action_checkbox(self, record):
        """As Django's, without a template for each row of a list."""
        said = _("Select this object for an action - {}")
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            record.pk,
            format_html(str(said), record),
        )

    def get_list_select_related(self, request):
        return super().get_list_select_related(request) or self.get_autocomplete_fields(request)

    @admin.display(description=_("shown"), boolean=True, ordering="shown_to_readers")
    def shown(self, record):
        return record.shown_to_readers

    @admin.display(description=_("last change"), ordering="updated_at")
    def changed(self, record):
        date = date_format(record.updated_at, "SHORT_DATE_FORMAT")
        if getattr(record, "loaded_state", "") == edits.EDITED:
            said = SAID[edits.EDITED]
        elif getattr(record, "has_edited_parts", False):
            said = _("a part of it was edited since it was loaded from the sources")
        else:
            return date
        return format_html('{} <strong class="edited" title="{}">{}</strong>', date, said, _("edited"))

    @admin.display(description=_("beside the sources"))
    def as_loaded(self, record):
        state = edits.states([record])[record.pk]
        changed = ", ".join(map(str, self._changed_parts(record))) if state != edits.OWN else ""
        parts = (
            _("; parts of it were edited or added here: %(parts)s") % {"parts": changed} if changed else ""
        )
        return format_html('<span class="{}">{}{}</span>', state, SAID[state], parts)

    def _changed_parts(self, record) -> list[str]:
        """The kinds of rows on the page of a record among which are some that were not loaded as they are."""
        changed = []
        for model in (inline.model for inline in self.inlines):
            keys = [
                f for f in model._meta.fields if f.is_relation and issubclass(self.model, f.related_model)
            ]
            rows = model._base_manager.filter(**{keys[0].name: record}) if keys else ()
            if set(edits.states(rows).values()) - {edits.LOADED}:
                changed.append(model._meta.verbose_name_plural)
        # What hangs on a part has no rows of its own here: the figures of a set, on the page of a city.
        deeper = [model._meta.verbose_name_plural for model in edits.edited_parts([record])[record.pk]]
        return list(dict.fromkeys([*changed, *deeper]))

    def get_list_display(self, request):
        return [*super().get_list_display(request), "shown", "changed"]

    def get_list_filter(self, request):
        return ["hidden", *super().get_list_filter(request)]

    def get_readonly_fields(self, request, obj=None):
        return [*dict.fromkeys([*super().get_readonly_fields(request, obj), *RecordAdmin.readonly_fields])]

    def get_fieldsets(self, request, obj=None):
        return [*(self.fieldsets or []), *self.shared_fieldsets(request, obj)]

    def shared_fieldsets(self, request, obj=None) -> list:
        """The groups of fields that follow the record's own; of a new one nothing is known yet."""
        known = ["as_loaded", ("created_at", "updated_at")] if obj else []
        return [(_("In the catalogue"), {"fields": [self.visibility_fields, *known]})]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self._is_locked(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self._is_locked(request, obj)

    def _is_locked(self, request, obj) -> bool:
        """Whether it may be changed only by who may publish: it is seen by readers, or part of what is."""
        return obj is not None and obj.pk is not None and workflow.is_locked(request.user, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.staff = request.user
        if obj and "slug" in form.base_fields:
            form.base_fields["slug"].help_text = _(
                "Part of the public address. After a change the old address leads on to the new one."
            )
        return form

    def get_view_on_site_url(self, obj=None):
        """The public page, only while readers can see it: a draft has none yet."""
        if obj is None or not obj.is_public:
            return None
        try:
            return obj.get_absolute_url()
        except (
            NoReverseMatch,
            ObjectDoesNotExist,
        ):  # what it hangs on may just have been emptied in the form
            return None

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None, **kwargs):
        """Says in each heading how many rows are behind it, since long ones start folded."""
        for formset, inline in zip(formsets, inline_instances, strict=True):
            inline.verbose_name_plural = format_lazy(
                "{name} ({count})", name=inline.verbose_name_plural, count=formset.initial_form_count()
            )
        return super().get_inline_formsets(request, formsets, inline_instances, obj, **kwargs)

    def response_action(self, request, queryset):
        if (
            request.POST.get("action") == "delete_selected"
            and request.POST.get("post")
            and not given(request)
        ):
            chosen = queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
            across = request.POST.get("select_across") == "1"
            if (queryset if across else chosen).filter(shown_to_readers=True).exists():
                # Asked again on the page that shows what would be deleted.
                request.POST = request.POST.copy()
                del request.POST["post"]
                request.reason_error = NEEDED
        return super().response_action(request, queryset)

    def changelist_view(self, request, extra_context=None):
        action = request.POST.get("action")
        # Django shows the list again, as if nothing had been asked; a refusal should look like one.
        if action and action not in self.get_actions(request):
            raise PermissionDenied
        with _operation(request, Operation.Kind.BULK):
            response = super().changelist_view(request, extra_context)
        changelist = (getattr(response, "context_data", None) or {}).get("cl")
        if changelist:
            found, parts = edits.states(changelist.result_list), edits.edited_parts(changelist.result_list)
            for record in changelist.result_list:
                record.loaded_state, record.has_edited_parts = found[record.pk], record.pk in parts
        return response


class RecordInline(StaffFields):
    """Rows of a part on the page of what it is part of."""

    form = RecordForm
    formset = RowFormSet
    extra = 0
    show_change_link = True
    view_on_site = False
    classes = ["collapse"]

    def get_queryset(self, request):
        keys = [field.name for field in self.opts.fields if field.many_to_one]
        return super().get_queryset(request).select_related(*keys)


class RecordStacked(RecordInline, admin.StackedInline):
    """For parts that are mostly text."""
