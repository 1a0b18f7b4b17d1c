"""The audit log: all operations and all changes, for whoever may see the history; and undoing an operation."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import history, reverting
from records.admin import searching
from records.admin.history_pages import (
    RESTORE,
    ROWS,
    SEE_LOG,
    carry_out,
    looked_at,
    page_of,
    tell,
    what_changes,
)
from records.admin.readonly import ReadOnlyAdmin
from records.differences import described, kind_of
from records.operations import Change, Operation


class KindOfPage(admin.SimpleListFilter):
    """By the kind of record on whose page something was done."""

    title = gettext_lazy("kind of record")
    parameter_name = "root_model"
    counts_depend_on = ()

    def lookups(self, request, model_admin):
        known = [model for model in apps.get_models() if history.is_followed(model)]
        return sorted(
            ((each._meta.label_lower, kind_of(each._meta.label_lower)) for each in known),
            key=lambda pair: pair[1],
        )

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if self.value() not in dict(self.lookup_choices):
            return queryset.none()
        return self.narrowed(queryset)

    def narrowed(self, queryset):
        return queryset.filter(root_model=self.value())

    def get_facet_queryset(self, changelist):
        """The counts of all kinds in one pass: Django would look through the log once for each of them."""
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        counts = dict(self.counted(rows.order_by()))
        return {
            f"{place}__c": counts.get(label, 0) for place, (label, _name) in enumerate(self.lookup_choices)
        }

    def counted(self, rows):
        """Each kind with how many of the rows are of it."""
        return rows.values_list("root_model").annotate(Count("pk"))


class KindTouched(KindOfPage):
    """Operations by the kinds of record they touched."""

    parameter_name = "changes__root_model"

    def narrowed(self, queryset):
        touched = Change.objects.filter(root_model=self.value()).values("operation_id")
        return queryset.filter(pk__in=touched)

    def counted(self, rows):
        changes = Change.objects.order_by()
        if rows.query.where:
            changes = changes.filter(operation__in=rows.values("pk"))
        return changes.values_list("root_model").annotate(Count("operation", distinct=True))


def _sees_accounts(request) -> bool:
    """Whether what was done to accounts and groups is somebody's to see: that of those who see accounts."""
    return request.user.has_perm("auth.view_user")


def _came_from(request, operation: Operation) -> list[tuple[str, str]]:
    """What in the rooms above names the operation as its doing, an import for one: name and address of its page."""
    found = []
    relations = [each for each in Operation._meta.get_fields(include_hidden=True) if each.one_to_many]
    for relation in relations:
        model, opts = relation.related_model, relation.related_model._meta
        if model in (Change, Operation) or not request.user.has_perm(
            f"{opts.app_label}.view_{opts.model_name}"
        ):
            continue
        for row in model._base_manager.filter(**{relation.field.name: operation}):
            if url := page_of(opts.label_lower, row.pk, "change"):
                found.append((f"{capfirst(str(opts.verbose_name))}: {row}", url))
    return found


class OperationPages(ReadOnlyAdmin):
    """All operations; the page of one shows all its changes and offers to undo it."""

    list_display = ("at", "by", "kind", "what", "why")
    list_display_links = ("at", "what")
    list_filter = ("kind", "user", "at", KindTouched)
    search_fields = ("subject", "reason", "by")
    search_help_text = gettext_lazy(
        "Searches what was changed, why, and by whom; kinds of operations and of records by their names."
    )
    list_per_page = ROWS
    list_select_related = ("user",)

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(searching.operations(search_term)), False

    @admin.display(description=gettext_lazy("what"), ordering="subject")
    def what(self, operation):
        return operation.what

    @admin.display(description=gettext_lazy("why"), ordering="reason")
    def why(self, operation):
        return operation.why

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if _sees_accounts(request) else found.exclude(kind=Operation.Kind.ACCOUNT)

    def get_urls(self):
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", undo, name="records_operation_undo"), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        raise Http404  # what is written down once has no history

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One operation with all its changes."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        operation = self.get_object(request, object_id)
        if operation is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        page = Paginator(operation.changes.order_by("pk"), ROWS).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(operation),
            "has_change_permission": False,
            "operation": operation,
            "page": page,
            "entries": described(page),
            "list_url": reverse(f"{self.admin_site.name}:records_operation_changelist"),
            "may_see_log": True,
            "undone_by": operation.undoing,
            "came_from": _came_from(request, operation),
            "may_undo": request.user.has_perm(RESTORE) and reverting.can_be_undone(operation),
        }
        return TemplateResponse(request, "admin/records/operation.html", context)

    def undo_view(self, request, pk):
        """Takes an operation back: what that changes or what stands in the way, a reason, then a POST."""
        if not request.user.has_perms([RESTORE, SEE_LOG]):
            raise PermissionDenied
        operation = self.get_queryset(request).filter(pk=pk).first()
        if operation is None:
            raise Http404
        asked = request.POST if request.method == "POST" else request.GET
        anyway = asked.get("anyway") == "yes"

        def act(reason: str = ""):
            return reverting.undo(operation, request.user, reason, anyway)

        problems: list[str] = []
        if not reverting.can_be_undone(operation):
            problems = [_("It has been undone already, or holds what is not brought back from here.")]
        elif request.method == "POST":
            try:
                return self._undone(request, operation, carry_out(request, act))
            except reverting.Refused as refused:
                problems = refused.problems
        changes, problems = ([], problems) if problems else looked_at(request, act, [])
        return self._undo_page(request, operation, anyway, what_changes(request, changes, problems))

    def _undone(self, request, operation: Operation, done: Operation | None):
        messages.success(request, _("Undone.") if done else _("Nothing was left to undo."))
        tell(request, done)
        return HttpResponseRedirect(self._address(done or operation))

    def _address(self, operation: Operation) -> str:
        return reverse(f"{self.admin_site.name}:records_operation_change", args=[operation.pk])

    def _undo_page(self, request, operation: Operation, anyway: bool, what: dict):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Undo: %(operation)s") % {"operation": operation},
            "operation": operation,
            "anyway": anyway,
            "back_url": self._address(operation),
            **what,
        }
        return TemplateResponse(request, "admin/records/undo.html", context)


class ChangePages(ReadOnlyAdmin):
    """All changes, record by record."""

    list_display = ("when", "who", "action", "kind", "called", "why")
    list_display_links = ("when", "called")
    list_filter = ("action", "operation__user", "operation__at", KindOfPage)
    search_fields = ("name", "operation__reason", "operation__subject")
    search_help_text = gettext_lazy(
        "Searches records, why they were changed, and kinds of records, fields and what was done by their names."
    )
    list_per_page = ROWS
    list_select_related = ("operation",)

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if _sees_accounts(request) else found.exclude(operation__kind=Operation.Kind.ACCOUNT)

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(searching.changes(search_term)), False

    @admin.display(description=gettext_lazy("when"))
    def when(self, change):
        return change.operation.at

    @admin.display(description=gettext_lazy("who"))
    def who(self, change):
        return change.operation.by

    @admin.display(description=gettext_lazy("why"))
    def why(self, change):
        return change.operation.why

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def called(self, change):
        return change.called

    @admin.display(description=gettext_lazy("kind of record"), ordering="model")
    def kind(self, change):
        return kind_of(change.model)

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One change, in its operation."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        change = self.get_object(request, object_id)
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(change),
            "has_change_permission": False,
            "operation": change.operation,
            "entries": described([change]),
            "list_url": reverse(f"{self.admin_site.name}:records_change_changelist"),
            "may_see_log": request.user.has_perm(SEE_LOG),
            "record_url": page_of(change.root_model, change.root_id),
        }
        return TemplateResponse(request, "admin/records/operation.html", context)
