"""Merging from the staff pages: choose in the list, see both side by side, choose, confirm."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.merging.duplicates import pairs
from curation.merging.form import MergeForm
from curation.merging.merge import Refused, look, merge, state_of
from records.admin import REASON

# Together on one page; more at once nobody can look through.
MOST = 6


class ChosenToMerge:
    """For a ModelAdmin with a page "merge" of its own, to which records ticked in the list are sent."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Merging changes one record and deletes another, and moves what is others': it has a right of its own."""
        return (
            request.user.has_perm("curation.merge_records")
            and self.has_change_permission(request)
            and self.has_delete_permission(request)
        )

    def get_actions(self, request):
        actions = super().get_actions(request)
        if actions and "_popup" not in request.GET and self.has_merge_permission(request):
            entry = self.get_action("merge_selected")
            actions[entry[1]] = entry
        return actions

    @admin.action(description=gettext_lazy("Merge selected %(verbose_name_plural)s"))
    def merge_selected(self, request, queryset):
        numbers = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if not 2 <= len(numbers) <= MOST:
            text = _("Tick from two to %(most)d records that are the same.") % {"most": MOST}
            self.message_user(request, text, messages.ERROR)
            return None
        ids = ",".join(map(str, numbers))
        return HttpResponseRedirect(f"{self._merge_address('merge')}?ids={ids}")

    def _merge_address(self, place: str) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{place}")


class MergeMixin(ChosenToMerge):
    """For a ModelAdmin of a kind of record that can be merged."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("merge/", view(self.merge_view), name=f"{name}_merge"),
            path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        may = self.has_merge_permission(request)
        more = {"duplicates_url": self._merge_address("duplicates") if may else ""}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Pairs that may be one, each with a link to merge them; 403 without the right."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        page = Paginator(pairs(self.model), 50).get_page(request.GET.get("page"))
        context = {
            "title": _("Possible duplicates"),
            "page_obj": page,
            "merge_url": self._merge_address("merge"),
        }
        return self._page(request, "duplicates", context)

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """What a merge would do (GET, and POST while choosing), and the merge itself (POST with `confirm`)."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        form = MergeForm(self.model, given, MOST)
        if form.problem:
            self.message_user(request, form.problem, messages.ERROR)
            return HttpResponseRedirect(reverse(f"{self.admin_site.name}:{self._list_name()}"))
        problems, report = [], None
        if request.method == "POST" and "confirm" in request.POST:
            problems = form.missing()
            if not problems:
                try:
                    return self._merge_records(request, form)
                except Refused as refused:
                    problems = refused.problems
        try:
            report = look(form.kept, form.others, form.fields, form.choices)
        except Refused as refused:
            problems = [*problems, *(each for each in refused.problems if each not in problems)]
        context = {
            "title": _("Merge records that are the same"),
            "form": form,
            "report": report,
            "problems": problems,
            "seen": state_of(form.records),
        }
        return self._page(request, "merge", context)

    def _list_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_changelist"

    def _merge_records(self, request: HttpRequest, form: MergeForm) -> HttpResponse:
        gone = [str(other) for other in form.others]
        report = merge(
            form.kept,
            form.others,
            form.fields,
            form.choices,
            request.user,
            request.POST.get(REASON, ""),
            request.POST.get("seen", ""),
        )
        moved = sum(each.moved for each in report.moved.values())
        words = {"gone": ", ".join(gone), "kept": form.kept, "count": moved}
        text = _("%(gone)s merged into %(kept)s: %(count)d records moved. It can be undone from the history.")
        self.message_user(request, text % words, messages.SUCCESS)
        change = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(change, args=[form.kept.pk]))

    def _page(self, request: HttpRequest, name: str, context: dict) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, f"curation/merging/{name}.html", {**shared, **context})
