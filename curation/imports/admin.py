"""The pages on which lists are imported."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.imports import blanks, discarding, forms, mapping, pages, reading, work
from curation.imports.encodings import Unreadable
from curation.imports.models import Import, ImportRow
from curation.imports.rights import RIGHT, may, may_let_go, may_plan, may_see
from curation.imports.tables import IMPORTERS
from listing.admin import ExportMixin
from listing.facet_counts import CountedAllValues
from records.admin import REASON, SEE_LOG, ReadOnlyAdmin

State = Import.State
# What an import of somebody else is not tried anew by without the right to change imports.
_ANEW = ("read", "plan", "again")


class Tables(CountedAllValues):
    """What the lists hold."""

    def words(self):
        return {name: str(importer.label) for name, importer in IMPORTERS.items()}


@admin.register(Import)
class ImportAdmin(ExportMixin, ReadOnlyAdmin):
    list_display = ("file_name", "what", "state", "rows_total", "by", "at")
    list_display_links = ("file_name",)
    list_filter = ("state", ("table", Tables))
    search_fields = ("file_name", "by")

    @admin.display(description=gettext_lazy("table"), ordering="table")
    def what(self, job):
        return IMPORTERS[job.table].label if job.table in IMPORTERS else job.table

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(RIGHT) or super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return request.user.has_perm(RIGHT)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("blank/<slug:table>.<slug:form>", view(self.blank_view), name="curation_import_blank"),
            path("<int:pk>/refused.csv", view(self.refused_view), name="curation_import_refused"),
            *super().get_urls(),
        ]

    def _page(self, request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context}, status=status)

    # --- a new one

    def add_view(self, request, form_url="", extra_context=None):
        importers = [importer for importer in IMPORTERS.values() if may(request.user, importer)]
        if not importers:
            raise PermissionDenied
        form = forms.UploadForm(
            request.POST or None,
            request.FILES or None,
            importers=importers,
            may_add_sources=request.user.has_perm("sources.add_source"),
            initial={"table": request.GET.get("table", "")},
        )
        if request.method == "POST":
            asked = IMPORTERS.get(request.POST.get("table", ""))
            if asked and asked not in importers:
                raise PermissionDenied
            if form.is_valid() and (job := self._begin(request, form)):
                return HttpResponseRedirect(self._address(job))
        context = {"form": form, "importers": importers, "title": _("Import a list")}
        return self._page(request, "curation/imports/new.html", context)

    def _begin(self, request: HttpRequest, form: forms.UploadForm) -> Import | None:
        said = form.cleaned_data
        try:
            # Before a source is made for it, and before the database is kept from others.
            found = reading.read(said["file"], reading.How(encoding=said["encoding"]))
        except Unreadable as error:
            form.add_error("file", str(error))
            return None
        kept = said["table"], form.file_name, said["file"], said.get("source"), request.user, found
        return work.keep(*kept, new_source=form.new_source())

    # --- one that was begun

    def _address(self, job: Import) -> str:
        return reverse(f"{self.admin_site.name}:curation_import_change", args=[job.pk])

    def _job(self, request: HttpRequest, pk: Any) -> Import:
        job = Import.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
        if job is None or job.table not in IMPORTERS:
            raise Http404
        is_only_looked_at = request.method in ("GET", "HEAD") and may_see(request.user, job)
        if not (is_only_looked_at or may(request.user, IMPORTERS[job.table])):
            raise PermissionDenied
        discarding.settle(job)
        return job

    def _shown(self, request: HttpRequest, job: Import, sent: Any = None) -> dict[str, Any]:
        """What the page of an import shows to somebody; who may do nothing with it sees no button."""
        return pages.context_of(job, request.GET, sent) | {
            "may_see_log": request.user.has_perm(SEE_LOG),
            "may_act": may(request.user, IMPORTERS[job.table]),
            "may_plan": may_plan(request.user, job),
            "may_let_go": may_let_go(request.user, job),
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        job = self._job(request, object_id)
        if request.method == "POST":
            return self._act(request, job)
        return self._page(request, pages.template_of(job), self._shown(request, job))

    def _act(self, request: HttpRequest, job: Import) -> HttpResponse:
        acts = {
            "read": (self._read, (State.READ,)),
            "plan": (self._plan, (State.READ,)),
            "again": (self._again, (State.PLANNED, State.DONE, *work.AT_WORK)),
            "confirm": (self._confirm, (State.PLANNED,)),
            "undo": (self._undo, (State.DONE,)),
        }
        asked = request.POST.get("act", "")
        if asked in _ANEW and not may_plan(request.user, job):
            raise PermissionDenied
        act, states = acts.get(asked, (None, ()))
        if act is None or job.state not in states:
            return self._gone_on(request, job)
        return act(request, job) or HttpResponseRedirect(self._address(job))

    def _gone_on(self, request: HttpRequest, job: Import) -> HttpResponse:
        messages.warning(request, _("That is no longer possible here: the import has gone on meanwhile."))
        return HttpResponseRedirect(self._address(job))

    def _refused(self, request: HttpRequest, job: Import, problems: list[str]) -> HttpResponse:
        """The page again, with what was typed and what is wrong with it."""
        context = self._shown(request, job, request.POST) | {"problems": problems, "typed": request.POST}
        return self._page(request, pages.template_of(job), context)

    def _read(self, request: HttpRequest, job: Import) -> HttpResponse | None:
        how = forms.how_of(request.POST)
        job.encoding, job.separator, job.sheet = how.encoding, how.separator, how.sheet
        try:
            table = work.table_of(job)
        except Unreadable as error:
            job.refresh_from_db()
            return self._refused(request, job, [str(error)])
        # As it was read, not as it was asked for: what says nothing of a file of this kind is not looked at.
        job.encoding, job.separator, job.sheet = table.how.encoding, table.how.separator, table.how.sheet
        importer = IMPORTERS[job.table]
        found = mapping.by_name(importer, table.heading)
        kept = {
            name: said for name, said in job.columns.items() if said.get("column", "") in ["", *table.heading]
        }
        job.columns = {**found, **kept}
        job.rows_total = len(table.rows)
        job.save()
        return None

    def _plan(self, request: HttpRequest, job: Import) -> HttpResponse | None:
        importer = IMPORTERS[job.table]
        try:
            table = work.table_of(job)
        except Unreadable as error:
            return self._refused(request, job, [str(error)])
        job.columns = forms.chosen_of(request.POST, importer, table.heading)
        if not any("column" in said for said in job.columns.values()):
            return self._refused(request, job, [_("Choose a column of the list for at least one of ours.")])
        if twice := forms.said_twice(request.POST, importer, job.columns):
            return self._refused(request, job, twice)
        job.save(update_fields=["columns"])
        mapping.remember(importer, table.heading, job.columns)
        work.plan(job)
        return None

    def _again(self, request: HttpRequest, job: Import) -> None:
        """Back to the columns: from the preview, from what was killed, or from what was taken back."""
        is_undone = job.operation is not None and job.operation.undoing is not None
        if job.state == State.UNDOING and work.is_stuck(job):
            Import.objects.filter(pk=job.pk).update(state=State.DONE)
            return
        if job.state == State.PLANNED or work.is_stuck(job) or (job.state == State.DONE and is_undone):
            job.rows.all().delete()
            Import.objects.filter(pk=job.pk).update(state=State.READ, problem="")

    def _confirm(self, request: HttpRequest, job: Import) -> HttpResponse | None:
        leave_out = bool(request.POST.get("leave_out"))
        if job.counts.get("refused") and not leave_out:
            text = _("Rows are refused. Correct the list and send it again, or leave those rows out.")
            return self._refused(request, job, [text])
        if not work.to_do(job.counts):
            return self._refused(request, job, [str(work.NOTHING)])
        work.confirm(job, leave_out, request.POST.get(REASON, ""), request.user)
        return None

    def _undo(self, request: HttpRequest, job: Import) -> HttpResponse | None:
        if job.operation is None or job.operation.undoing:
            return None
        work.take_back(job, request.user, request.POST.get(REASON, ""))
        return None

    def delete_view(self, request, object_id, extra_context=None):
        """Asks before an import that is not done is deleted, or left as it was taken back; then does it."""
        job = self._job(request, object_id)
        if not may_let_go(request.user, job):
            raise PermissionDenied
        if job.state not in discarding.WHERE:
            return self._gone_on(request, job)
        if request.POST.get("post") != "yes":
            return self._page(request, "curation/imports/delete.html", pages.deletion_of(job))
        was_done = job.operation_id is not None
        if not discarding.discard(job, request.user):
            return self._gone_on(request, job)
        if was_done:
            messages.success(request, _("The import stays as it was taken back."))
            return HttpResponseRedirect(self._address(job))
        messages.success(request, _("The import “%(name)s” was deleted.") % {"name": job.file_name})
        return HttpResponseRedirect(self._at("changelist"))

    # --- files

    def refused_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The refused rows with what is wrong in each, as CSV that spreadsheets take for text."""
        job = self._job(request, pk)
        held = io.StringIO(newline="")
        writer = csv.writer(held)
        writer.writerow([_("row"), _("name"), _("cell"), _("column"), _("what is wrong")])
        for row in job.rows.filter(status=ImportRow.Status.REFUSED):
            for problem in row.told:
                writer.writerow([row.line, *map(_harmless, [row.name, *problem])])
        headers = {"Content-Disposition": f'attachment; filename="refused-{job.pk}.csv"'}
        body = held.getvalue().encode("utf-8-sig")
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)

    def blank_view(self, request: HttpRequest, table: str, form: str) -> HttpResponse:
        """The empty list of a table."""
        importer = IMPORTERS.get(table)
        if importer is None or form not in blanks.FORMS:
            raise Http404
        if not may(request.user, importer):
            raise PermissionDenied
        headers = {"Content-Disposition": f'attachment; filename="{importer.name}.{form}"'}
        return HttpResponse(blanks.blank(importer, form), content_type=blanks.FORMS[form], headers=headers)


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
