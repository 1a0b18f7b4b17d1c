"""Bulk actions of the staff lists: first what would change, row by row, then the same confirmed as one operation."""

import hashlib
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.bulk.actions import actions_of
from curation.bulk.base import Asked, BulkAction, Line
from curation.desk.lists import cleaned
from records import history
from records.admin import REASON
from records.said import Anew

ON_A_PAGE = 50
# So many letters tell of each record how it was shown; of one that is not there, these.
MARK = 6
GONE = "-" * MARK


class BulkMixin:
    """For the staff list of a kind of record."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        for action in actions_of(self.model).values():
            if action.may(self, request):
                actions[action.choice] = (partial(_begin, action.name), action.choice, self._title(action))
        return actions

    def get_urls(self):
        view = self.admin_site.admin_view(self.bulk_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        return [path("bulk/<slug:action>/", view, name=name), *super().get_urls()]

    def bulk_view(self, request: HttpRequest, action: str) -> HttpResponse:
        """What an action would change (POST), and doing it (POST with `confirm`)."""
        chosen = actions_of(self.model).get(action)
        if chosen is None or not chosen.may(self, request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        numbers = [
            int(each) for each in request.POST.get("ids", "").split(",") if each.isascii() and each.isdigit()
        ]
        return self.bulk_page(request, chosen, list(dict.fromkeys(each for each in numbers if each < 2**63)))

    def bulk_page(
        self, request: HttpRequest, action: BulkAction, numbers: list[int], begins: bool = False
    ) -> HttpResponse:
        """The page of an action for the records with these numbers. Where it `begins`, nothing is filled in yet."""
        form = _form(action)(None if begins and action.fields() else request.POST)
        lines: list[Line] = []
        problem = ""
        if not self.get_queryset(request).filter(pk__in=numbers).exists():
            problem = _("None of the records chosen is there any more.")
        elif form.is_valid():
            asked = Asked(request.user, form.cleaned_data, request.POST.get(REASON, "").strip())
            if "confirm" in request.POST and not begins:
                lines, problem = self._confirm(request, action, numbers, asked)
                if not problem:
                    return HttpResponseRedirect(self._list_url(_filters(request, begins)))
            else:
                lines = self._lines(request, action, numbers, asked)
        return self._bulk_page(request, action, form, numbers, lines, problem, _filters(request, begins))

    def _lines(self, request, action: BulkAction, numbers: list[int], asked: Asked) -> list[Line]:
        records = self.get_queryset(request).filter(pk__in=numbers).order_by("pk")
        if parents := (*self.model.public_parents, *self.model.page_parents):
            records = records.select_related(*parents)
        lines = action.lines(list(records), asked)
        for line in lines:
            line.refused = line.refused or action.closed(line.record, request.user)
        return lines

    def _confirm(
        self, request, action: BulkAction, numbers: list[int], asked: Asked
    ) -> tuple[list[Line], str]:
        """Does it, if it is what was shown; gives how it is then, and why nothing was done ("" where it was)."""
        rows = self.model._base_manager.filter(pk__in=numbers).order_by("pk")
        with history.operation(action.kind, request.user, asked.reason) as recording:
            # From here on nobody else changes them, so that what is looked at is what is done.
            list(rows.select_for_update().values_list("pk", flat=True))
            lines = self._lines(request, action, numbers, asked)
            if problem := _refusal(request, action, numbers, lines, asked):
                return lines, problem
            # As they are stored: to see what would be, the ones looked at were changed.
            records = list(rows.filter(pk__in=[line.record.pk for line in lines if line.changes]))
            recording.operation.say("subject", Anew(lambda: f"{self._title(action)} ({len(records)})"))
            lost = action.lost(records)
            action.apply(records, asked)
        text = f"{action.said % len(records)} {_('It can be undone from the history.')}"
        self.message_user(request, text, messages.SUCCESS)
        if lost:
            self.message_user(request, lost, messages.WARNING)
        return lines, ""

    def _bulk_page(self, request, action, form, numbers, lines, problem, filters) -> HttpResponse:
        seen = _marks(numbers, lines)
        # What is not as it was shown, what changes, and what is refused comes first: that is what one looks at.
        lines.sort(key=lambda line: (not line.is_other, not line.changes, not line.refused, line.record.pk))
        changing = [line.record for line in lines if line.changes]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            "title": self._title(action),
            "action_url": self._address("bulk", action.name),
            "filters": filters,
            "list_url": self._list_url(filters),
            "form": form,
            "ids": ",".join(map(str, numbers)),
            "count": len(numbers),
            "page_obj": Paginator(lines, ON_A_PAGE).get_page(request.POST.get("page")),
            "changing": len(changing),
            "refused": sum(bool(line.refused) for line in lines),
            "same": sum(not line.changes and not line.refused for line in lines),
            "seen": seen,
            "problem": problem,
            "lost": action.lost(changing),
            "reason": request.POST.get(REASON, ""),
            "reason_name": REASON,
            "reason_help": action.reason_help,
        }
        return TemplateResponse(request, "curation/bulk/preview.html", context)

    def _title(self, action: BulkAction) -> str:
        words = {"verbose_name_plural": self.opts.verbose_name_plural, **getattr(action, "words", {})}
        return str(action.label % words)

    def _list_url(self, filters: str) -> str:
        return f"{self._address('changelist')}?{filters}" if filters else self._address("changelist")

    def _address(self, place: str, *arguments) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{place}"
        return reverse(f"{self.admin_site.name}:{name}", args=arguments)


def _filters(request: HttpRequest, begins: bool) -> str:
    """The filters of the list that the records were chosen in: its own address has them, then the form carries them."""
    return cleaned(request.GET.urlencode() if begins else request.POST.get("filters", ""))


def _begin(action: str, model_admin: BulkMixin, request: HttpRequest, queryset) -> HttpResponse:
    numbers = list(queryset.order_by().values_list("pk", flat=True))
    return model_admin.bulk_page(request, actions_of(model_admin.model)[action], numbers, begins=True)


def _form(action: BulkAction) -> type[forms.Form]:
    return type("BulkForm", (forms.Form,), action.fields())


def _refusal(
    request: HttpRequest, action: BulkAction, numbers: list[int], lines: list[Line], asked: Asked
) -> str:
    """Why nothing is done yet; "" where nothing is in the way. Marks the lines that are not as they were shown."""
    seen, now = request.POST.get("seen", ""), _marks(numbers, lines)
    if not seen:
        return _(
            "It is not known what you were shown. Nothing was done: look at what would change, then confirm."
        )
    if seen != now:
        pieces = [(seen[at : at + MARK], now[at : at + MARK]) for at in range(0, len(now), MARK)]
        others = {pk for pk, (was, mark) in zip(numbers, pieces, strict=True) if was != mark}
        for line in lines:
            line.is_other = line.record.pk in others
        text = ngettext(
            "This is not what was shown before: %d record was changed meanwhile. Nothing was done: look again, "
            "then confirm.",
            "This is not what was shown before: %d records were changed meanwhile. Nothing was done: look again, "
            "then confirm.",
            len(others),
        )
        return text % len(others)
    if not any(line.changes for line in lines):
        return _("Nothing would change.")
    if action.needs_reason and not asked.reason:
        return _("Say why: the reason is kept in the history.")
    return ""


def _marks(numbers: list[int], lines: list[Line]) -> str:
    """What tells how each record is shown, one after another; the page carries it to its confirmation."""
    known = {line.record.pk: _mark(line) for line in lines}
    return "".join(known.get(pk, GONE) for pk in numbers)


def _mark(line: Line) -> str:
    shown = repr((line.old, line.new, line.refused, line.as_of))
    return hashlib.sha256(shown.encode()).hexdigest()[:MARK]
