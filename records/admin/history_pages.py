"""The pages on which staff see the history of a record, bring back a version of it, and bring back what was deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records import edits, merged, past, reverting
from records.admin.reason import NEEDED, REASON, given
from records.differences import described, kind_of
from records.models import Record
from records.operations import Change, Operation
from records.rights import names_of_rights
from records.seen_changes import show_to_readers

RESTORE = "records.restore_operation"
SEE_LOG = "records.view_operation"
# Operations on a page of the history, changes shown of each, rows of other pages, and reasons why not.
PER_PAGE, SHOWN, ROWS, PROBLEMS = 20, 30, 50, 20


class HistoryPage:
    """For every ModelAdmin: its history is the catalogue's own, and the log that Django keeps itself stays empty."""

    is_restorable = False

    def log_addition(self, request, obj, message):
        """Written down by records/history.py."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Written down by records/history.py."""

    def _at(self, place: str, *arguments) -> str:
        base = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{base}_{place}", args=arguments)

    def may_restore(self, request) -> bool:
        """Whether somebody may bring back records of this kind."""
        return request.user.has_perm(RESTORE) and self.has_change_permission(request)

    def _context(self, request, **more) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "kind": capfirst(str(self.opts.verbose_name)),
            "kinds": capfirst(str(self.opts.verbose_name_plural)),
            "list_url": self._at("changelist"),
            "may_see_log": request.user.has_perm(SEE_LOG),
            **more,
        }

    def history_view(self, request, object_id, extra_context=None):
        """What was done to a record and its parts, newest first; also where it has been deleted."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        label, number = self.opts.label_lower, unquote(object_id)
        changes = past.changes_of_record(label, int(number)) if number.isdecimal() else Change.objects.none()
        if record is None and not changes.exists():
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        numbers = changes.order_by("-operation_id").values_list("operation_id", flat=True).distinct()
        page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("p"))
        may_restore = (
            self.is_restorable
            and request.user.has_perm(RESTORE)
            and self.has_change_permission(request, record)
        )
        merge = None if record else merged.merged(self.model, [int(number)]).get(int(number))
        context = self._context(
            request,
            title=_("History"),
            record=record,
            name=str(record or changes[0].name),
            object_id=number,
            operations=_with_changes(changes, list(page)),
            page=page,
            beginning=_beginning(record, label, int(number) if number.isdecimal() else 0),
            deleted_url=self._at("restore", number) if may_restore and not (record or merge) else "",
            merge=merge,
            may_restore=may_restore,
            version_name=f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_version",
            newest=page.number == 1,
            # A part comes back with the record on whose page it is.
            has_versions=not (merge or (issubclass(self.model, Record) and self.model.is_part())),
        )
        return TemplateResponse(request, "admin/records/history.html", context | (extra_context or {}))


class HistoryPages(HistoryPage):
    """For a ModelAdmin of what the history follows: also its versions, and bringing back what was deleted."""

    is_restorable = True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/restore/", wrap(self.restore_deleted_view), name=f"{name}_restore"),
            path("<int:pk>/history/<int:version>/restore/", wrap(self.version_view), name=f"{name}_version"),
            *super().get_urls(),
        ]

    # --- bringing back

    def version_view(self, request, pk, version):
        """Brings a record with its parts back to how they were after an operation; shows first what that changes."""
        label = self.opts.label_lower
        after = Operation.objects.filter(pk=version).first()
        if after is None or not past.changes_of_page(label, pk).filter(operation=after).exists():
            raise Http404
        self._may_restore(request)

        def act(reason: str = ""):
            return reverting.restore(label, pk, after, request.user, reason)

        return self._bring_back(request, pk, act, after)

    def restore_deleted_view(self, request, pk):
        """Brings a deleted record back with everything that hung on it; shows first what that is."""
        self._may_restore(request)
        if past.deletion_of(self.opts.label_lower, pk) is None:
            if self.model._base_manager.filter(pk=pk).exists():
                messages.info(request, _("It is there again already."))
                return HttpResponseRedirect(self._at("change", pk))
            raise Http404

        def act(reason: str = ""):
            return reverting.restore_deleted(self.opts.label_lower, pk, request.user, reason)

        return self._bring_back(request, pk, act, None)

    def _may_restore(self, request) -> None:
        if not self.may_restore(request):
            raise PermissionDenied

    def _bring_back(self, request, pk: int, act: Callable, after: Operation | None):
        if request.method == "POST":
            try:
                done = carry_out(request, act)
            except reverting.Refused as refused:
                return self._preview(request, pk, act, after, refused.problems)
            text = _("Brought back.") if done else _("Nothing was different: nothing was done.")
            messages.success(request, text)
            tell(request, done)
            return HttpResponseRedirect(self._at("history", pk))
        return self._preview(request, pk, act, after, [])

    def _preview(self, request, pk, act, after, problems):
        changes, problems = looked_at(request, act, problems)
        last = past.changes_of_record(self.opts.label_lower, pk).first()
        context = self._context(
            request,
            title=_("Bring back this version") if after else _("Bring back what was deleted"),
            name=last.called if last else f"{self.opts.verbose_name} {pk}",
            after=after,
            object_id=pk,
            history_url=self._at("history", pk),
            **what_changes(request, changes, problems),
        )
        return TemplateResponse(request, "admin/records/restore.html", context)


def _with_changes(changes, numbers: list[int]) -> list[dict]:
    """The operations of a page with what each did here, as it is shown."""
    found = {each.pk: each for each in Operation.objects.filter(pk__in=numbers).prefetch_related("undone_by")}
    by_operation: dict[int, list[Change]] = {number: [] for number in numbers}
    for change in changes.filter(operation_id__in=numbers).order_by("pk"):
        by_operation[change.operation_id].append(change)
    shown = [change for number in numbers for change in by_operation[number][:SHOWN]]
    entries = {entry.change.pk: entry for entry in described(shown)}
    return [
        {
            "operation": found[number],
            "entries": [entries[change.pk] for change in by_operation[number][:SHOWN]],
            "more": len(by_operation[number][SHOWN:]),
        }
        for number in numbers
    ]


def _beginning(record, label: str, pk: int) -> str:
    """What is known of how a record came to be, where its history does not hold that."""
    if Change.objects.filter(model=label, object_id=pk, action=Change.Action.CREATED).exists():
        return ""
    if not isinstance(record, Record):
        return ""
    if edits.states([record])[record.pk] == edits.OWN:
        return _("It was made here, before the history began.")
    return _("It was loaded from the sources.")


# --- what taking something back needs, on every page that offers it


class Unreasoned(reverting.Refused):
    """Nothing was done: readers see what it changes, and nobody said why. The page asks for that beside its field."""

    def __init__(self):
        super().__init__([])


def carry_out(request, act: Callable) -> Operation | None:
    """Does it, where the person has every right that it needs; 403 otherwise, and nothing is done.

    Raises Unreasoned where readers see what it changes and no reason is given.
    """
    with transaction.atomic():
        done = act(request.POST.get(REASON, ""))
        changes = list(done.changes.all()) if done else []
        if not request.user.has_perms(reverting.rights_for(changes)):
            raise PermissionDenied
        if not given(request) and show_to_readers(changes):
            request.reason_error = NEEDED
            raise Unreasoned
    return done


def tell(request, done: Operation | None) -> None:
    """Says what was done otherwise than it was asked for."""
    for note in list(done.notes)[:PROBLEMS] if done else ():
        messages.info(request, note)


def looked_at(request, act: Callable, problems: list[str]) -> tuple[list[Change], list[str]]:
    """What it would change, and what stands in its way."""
    try:
        return reverting.preview(act), problems
    except reverting.Refused as refused:
        return [], problems or refused.problems


def what_changes(request, changes: list[Change], problems: list[str]) -> dict:
    """What the page shows of it: how many of each kind, then one by one, and whether the person may."""
    counted = Counter((change.action, change.model) for change in changes)
    lacking = sorted(right for right in reverting.rights_for(changes) if not request.user.has_perm(right))
    return {
        "entries": described(changes[:ROWS]),
        "more": max(0, len(changes) - ROWS),
        "counted": {
            action: [
                f"{count} {kind_of(label, count).lower()}"
                for (each, label), count in counted.items()
                if each == action
            ]
            for action in Change.Action.values
        },
        "problems": problems[:PROBLEMS],
        "more_problems": len(problems[PROBLEMS:]),
        "lacking": names_of_rights(lacking),
        "reason": request.POST.get(REASON, ""),
        "reason_name": REASON,
        "reason_error": getattr(request, "reason_error", ""),
    }


def page_of(label: str, pk: int, place: str = "history") -> str:
    """The staff page of a record of the history; "" where it has none."""
    try:
        return reverse(f"admin:{label.replace('.', '_')}_{place}", args=[pk])
    except NoReverseMatch:
        return ""
