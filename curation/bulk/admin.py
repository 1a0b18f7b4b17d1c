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

from curation.bulk.actions import BulkAction, Line, actions_of
from records import history
from records.admin import REASON
from records.operations import Operation

ON_A_PAGE = 50


class BulkMixin:
    """For the staff list of a kind of record."""

    def has_bulk_permission(self, request: HttpRequest, action: BulkAction) -> bool:
        return self.has_change_permission(request) and request.user.has_perms(action.rights)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        for action in actions_of(self.model).values():
            if self.has_bulk_permission(request, action):
                words = {
                    "verbose_name_plural": self.opts.verbose_name_plural,
                    **getattr(action, "words", {}),
                }
                name = f"bulk_{action.name}"
                actions[name] = (partial(_begin, action.name), name, action.label % words)
        return actions

    def get_urls(self):
        view = self.admin_site.admin_view(self.bulk_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        return [path("bulk/<slug:action>/", view, name=name), *super().get_urls()]

    def bulk_view(self, request: HttpRequest, action: str) -> HttpResponse:
        """What an action would change (POST), and doing it (POST with `confirm`)."""
        chosen = actions_of(self.model).get(action)
        if chosen is None or not self.has_bulk_permission(request, chosen):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        numbers = [
            int(each) for each in request.POST.get("ids", "").split(",") if each.isascii() and each.isdigit()
        ]
        return self.bulk_page(request, chosen, [each for each in numbers if each < 2**63])

    def bulk_page(self, request: HttpRequest, action: BulkAction, numbers: list[int]) -> HttpResponse:
        """The page of an action for the records with these numbers."""
        asked = "step" in request.POST
        form = _form(action)(request.POST if asked or not action.fields() else None)
        records = list(self.get_queryset(request).filter(pk__in=numbers).order_by("pk"))
        lines, problem = [], ""
        if not records:
            problem = _("None of the records chosen is there any more.")
        elif form.is_valid():
            lines = action.lines(records, form.cleaned_data)
            if "confirm" in request.POST:
                problem = _refusal(request, lines)
                if not problem:
                    return self._apply(request, action, lines, form.cleaned_data)
        return self._bulk_page(request, action, form, numbers, lines, problem)

    def _bulk_page(self, request, action, form, numbers, lines, problem) -> HttpResponse:
        words = {"verbose_name_plural": self.opts.verbose_name_plural, **getattr(action, "words", {})}
        # What changes or is refused comes first: that is what one looks at.
        lines.sort(key=lambda line: (not line.changes, not line.refused, line.record.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            "title": action.label % words,
            "action_url": self._address("bulk", action.name),
            "form": form,
            "ids": ",".join(map(str, numbers)),
            "count": len(numbers),
            "page_obj": Paginator(lines, ON_A_PAGE).get_page(request.POST.get("page")),
            "changing": sum(line.changes for line in lines),
            "refused": sum(bool(line.refused) for line in lines),
            "same": sum(not line.changes and not line.refused for line in lines),
            "seen": _digest(lines),
            "problem": problem,
            "reason": request.POST.get(REASON, ""),
        }
        return TemplateResponse(request, "curation/bulk/preview.html", context)

    def _address(self, place: str, *arguments) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{place}"
        return reverse(f"{self.admin_site.name}:{name}", args=arguments)

    def _apply(self, request, action: BulkAction, lines: list[Line], values: dict) -> HttpResponse:
        numbers = [line.record.pk for line in lines if line.changes]
        # As they are stored: to see what would be, the ones looked at were changed.
        records = list(self.model._base_manager.filter(pk__in=numbers))
        words = {"verbose_name_plural": self.opts.verbose_name_plural, **getattr(action, "words", {})}
        subject = f"{action.label % words} ({len(records)})"
        with history.operation(Operation.Kind.BULK, request.user, request.POST[REASON], subject):
            action.apply(records, values)
        text = ngettext("%d record changed.", "%d records changed.", len(records)) % len(records)
        self.message_user(request, f"{text} {_('It can be undone from the history.')}", messages.SUCCESS)
        return HttpResponseRedirect(self._address("changelist"))


def _begin(action: str, model_admin: BulkMixin, request: HttpRequest, queryset) -> HttpResponse:
    numbers = list(queryset.order_by().values_list("pk", flat=True))
    return model_admin.bulk_page(request, actions_of(model_admin.model)[action], numbers)


def _form(action: BulkAction) -> type[forms.Form]:
    return type("BulkForm", (forms.Form,), action.fields())


def _refusal(request: HttpRequest, lines: list[Line]) -> str:
    """Why nothing is done yet; "" where nothing is in the way."""
    if request.POST.get("seen") != _digest(lines):
        return _("This is not what was shown before: look at what would change now, then confirm.")
    if not any(line.changes for line in lines):
        return _("Nothing would change.")
    if not request.POST.get(REASON, "").strip():
        return _("Say why: the reason is kept in the history.")
    return ""


def _digest(lines: list[Line]) -> str:
    rows = sorted((line.record.pk, line.old, line.new, line.refused) for line in lines)
    return hashlib.sha256(repr(rows).encode()).hexdigest()
