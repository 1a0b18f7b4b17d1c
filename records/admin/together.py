"""How the page of a record asks for the reason, and holds the second of two people who change it at once."""

from django import forms
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from records import history, past, reverting
from records.admin import meanwhile
from records.admin.history_pages import RESTORE, carry_out
from records.admin.reason import NEEDED, REASON, ReasonField, given
from records.differences import kind_of
from records.plain import columns


class _MadeFromField(forms.CharField):
    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial, data):
        return False  # it is no part of the record


class TogetherMixin:
    """For the ModelAdmin of a record. Its form carries what it was made from, and asks why."""

    change_form_template = "admin/record_change_form.html"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.base_fields[REASON] = ReasonField()
        if change:
            form.base_fields[meanwhile.MADE_FROM] = _MadeFromField()
        form.request = request
        form.undecided = _undecided(request)
        return form

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        request.staff_formsets = formsets
        if undecided := _undecided(request):
            for row in (row for rows in formsets for row in rows.forms):
                row.undecided = undecided
        return formsets, inlines

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id is not None:
            found = self._locked(request, object_id)
            if found is None and (page := self._gone_meanwhile(request, object_id)):
                return page
            if found is not None and self.has_change_permission(request, found):
                self._merge(request, found)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request, object_id):
        """The record as it is now; nobody else saves it, or a part of it, until this request has ended."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return None
        root = history.root_of(record)
        type(root)._base_manager.select_for_update().filter(pk=root.pk).first()
        return self.get_object(request, unquote(object_id))

    def _merge(self, request, record) -> None:
        request.POST = request.POST.copy()
        made_from = meanwhile.unseal(request.POST.get(meanwhile.MADE_FROM, ""))
        rows = self._rows_of(request, record)
        if made_from is None:
            request.POST[meanwhile.MADE_FROM] = meanwhile.seal(record, rows)
            request.stopped = _(
                "It is not known from which state this form was made. Look at it, and save again."
            )
            return
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=fields)
        merged = meanwhile.merge(request.POST, made_from, record, form, rows)
        if merged:
            request.merged = merged
            request.stopped = _(
                "Nothing was saved yet: this record was changed while you worked on it. "
                "Look at what is said above the form, then save."
            )
            if merged.undecided:
                request.stopped = _(
                    "Nothing was saved yet: choose above the form whose value stands, for each field that is marked."
                )

    def _rows_of(self, request, record) -> list[meanwhile.Rows]:
        found, prefixes = [], {}
        for formset, inline in self.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if prefixes[prefix] != 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            if inline.has_change_permission(request, record):
                rows = inline.get_queryset(request).filter(**{formset.fk.name: record.pk})
                found.append(meanwhile.Rows(prefix, formset.form, {row.pk: row for row in rows}))
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if change and obj is not None and not form.is_bound and self.has_change_permission(request, obj):
            rows = []
            for each in context["inline_admin_formsets"]:
                if each.has_change_permission:
                    stored = {row.instance.pk: row.instance for row in each.formset.initial_forms}
                    rows.append(meanwhile.Rows(each.formset.prefix, each.formset.form, stored))
            form.initial[meanwhile.MADE_FROM] = meanwhile.seal(obj, rows)
        context["merged"] = getattr(request, "merged", None)
        context["asks_reason"] = self.has_change_permission(request, obj) or add
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- deleted meanwhile

    def _gone_meanwhile(self, request, object_id):
        """Says that the record has been deleted, shows what was typed, and offers to go on; None where it never was."""
        pk = unquote(object_id)
        deletion = past.deletion_of(self.opts.label_lower, int(pk)) if pk.isdecimal() else None
        made_from = meanwhile.unseal(request.POST.get(meanwhile.MADE_FROM, ""))
        if deletion is None or made_from is None:
            return None
        if not self.has_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("%(kind)s deleted meanwhile") % {"kind": kind_of(self.opts.label_lower)},
            "name": deletion.called,
            "operation": deletion.operation,
            "sent": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in ("csrfmiddlewaretoken", "bring_back", REASON)
            ],
            "typed": self._typed(request.POST, made_from),
            "may_restore": request.user.has_perm(RESTORE),
            "list_url": self._at("changelist"),
            "problems": getattr(request, "not_brought_back", []),
            "reason_name": REASON,
            "reason": request.POST.get(REASON, ""),
            "reason_error": getattr(request, "reason_error", ""),
        }
        return TemplateResponse(request, "admin/records/gone.html", context)

    def _typed(self, sent: QueryDict, made_from: dict) -> list[tuple[str, str]]:
        names = [name for name in made_from["record"] if sent.get(name.removesuffix("_id"))]
        known = columns(self.model)
        return [(known[name].verbose_name, sent[name.removesuffix("_id")]) for name in names if name in known]

    def bring_back_first(self, request, object_id) -> None:
        """Brings back what was deleted while somebody worked on it, where they ask for that."""
        pk = unquote(object_id or "")
        if request.method != "POST" or "bring_back" not in request.POST or not pk.isdecimal():
            return
        if past.deletion_of(self.opts.label_lower, int(pk)) is None:
            return
        self._may_restore(request)
        try:
            carry_out(
                request,
                lambda reason: reverting.restore_deleted(
                    self.opts.label_lower, int(pk), request.user, reason
                ),
            )
        except reverting.Refused as refused:
            request.not_brought_back = refused.problems

    # --- deleting

    def delete_view(self, request, object_id, extra_context=None):
        more = {"reason_name": REASON, "reason": request.POST.get(REASON, "")}
        if request.method == "POST" and not given(request):
            record = self.get_object(request, unquote(object_id))
            if record is not None and record.is_public:
                request.POST = QueryDict()
                more["reason_error"] = NEEDED
        return super().delete_view(request, object_id, {**more, **(extra_context or {})})


def _undecided(request) -> frozenset[str]:
    """The fields of the form for which it was not said whose value stands, though that was asked."""
    merged = getattr(request, "merged", None)
    return merged.undecided if merged else frozenset()
