"""The inbox: nominations and error reports, and what staff do with each."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Theme
from curation.nominations import handling, turning
from curation.nominations.addresses import linked
from curation.nominations.handle_forms import HandleForm, TurnForm
from curation.nominations.models import ErrorReport, Nomination
from listing.admin import ExportMixin
from records.admin import ReadOnlyAdmin

HANDLE = "curation.handle_nominations"
NEEDED_TO_TURN = (HANDLE, "cases.add_initiative", "sources.add_source", "cities.view_city")


class InboxAdmin(ExportMixin, ReadOnlyAdmin):
    """Shared by both kinds: looked at with the right to view, handled with the right to handle."""

    change_form_template = "admin/curation/sent_change_form.html"
    change_list_template = "admin/curation/sent_change_list.html"
    date_hierarchy = None
    # What is known of the person: for those who answer them, and for nobody else who may look.
    of_the_person = ("name", "email", "answer")

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        if self.may_handle(request):
            return shown
        return [(title, {**group, "fields": self._without_person(group["fields"])}) for title, group in shown]

    def _without_person(self, fields) -> list:
        """Fields as a group names them, side by side in a tuple, without those of the person."""
        kept = [
            tuple(name for name in each if name not in self.of_the_person)
            if isinstance(each, tuple)
            else each
            for each in fields
        ]
        return [each for each in kept if each and each not in self.of_the_person]

    def lookup_allowed(self, lookup, value, request=None):
        """Nobody finds out an address by asking for its letters one after another."""
        return lookup.partition("__")[0] not in self.of_the_person and super().lookup_allowed(
            lookup, value, request
        )

    def may_handle(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm(HANDLE)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_handle"
        view = self.admin_site.admin_view(self.handle_view)
        return [path("<path:object_id>/handle/", view, name=name), *super().get_urls()]

    def found(self, request: HttpRequest, object_id: str):
        """The one asked for, for those who may handle it; 403 and 404 for the others."""
        if not self.may_handle(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        sent = self.get_object(request, unquote(object_id))
        if sent is None:
            raise Http404
        return sent

    def page_of(self, sent) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[sent.pk])

    def handle_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sets the state, answers, forgets: asked for by the form below the text."""
        sent = self.found(request, object_id)
        if isinstance(sent, HttpResponse):
            return sent
        if "forget" in request.POST:
            handling.forget(sent, request.user)
            self.message_user(request, _("What was known of the person is deleted."), messages.SUCCESS)
            return HttpResponseRedirect(self.page_of(sent))
        with transaction.atomic():
            sent = self.model.objects.select_for_update().get(pk=sent.pk)  # of two at once the second is told
            form = HandleForm(request.POST, sent=sent)
            if form.is_valid():
                said = form.cleaned_data
                handling.set_state(sent, said["state"], said["reason"], request.user)
        if not form.is_valid():
            request.method = "GET"  # the page again, with what was typed
            return self.changeform_view(request, object_id, "", {"handle_form": form})
        self.message_user(request, _("The state is kept."), messages.SUCCESS)
        if said.get("answer"):
            self._answer(request, sent, said["answer"])
        return HttpResponseRedirect(self.page_of(sent))

    def _answer(self, request: HttpRequest, sent, text: str) -> None:
        if handling.send_answer(sent, text, request):
            self.message_user(request, _("The answer is sent."), messages.SUCCESS)
        else:
            words = _("The answer could not be sent: look at the mail server. Your text: %(text)s")
            self.message_user(request, words % {"text": text}, messages.ERROR)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {**(extra_context or {}), "may_handle": self.may_handle(request)}
        sent = self.get_object(request, unquote(object_id)) if object_id else None
        if sent is not None:
            initial = {"state": sent.state, "reason": sent.reason, "seen": HandleForm.mark_of(sent)}
            context.setdefault("handle_form", HandleForm(initial=initial, sent=sent))
            context["sent"] = sent
        return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(self, request, extra_context=None):
        others = []
        for model in (Nomination, ErrorReport):
            if request.user.has_perm(f"curation.view_{model._meta.model_name}"):
                url = reverse(f"{self.admin_site.name}:curation_{model._meta.model_name}_changelist")
                name, is_here = model._meta.verbose_name_plural, model is self.model
                others.append({"url": url, "name": name, "open": model.open_count(), "is_here": is_here})
        return super().changelist_view(request, {"inbox": others, **(extra_context or {})})


def _pairs(pairs: list[list[str]]) -> SafeString:
    """What was said, and below it where that is printed."""
    return format_html_join(
        "", "<p>{}<br><small>{}</small></p>", ((linked(what), linked(place or "–")) for what, place in pairs)
    )


@admin.register(Nomination)
class NominationAdmin(InboxAdmin):
    never_exported = (
        "name",
        "email",
        "token_hash",
        "confirm_hash",
        "text_hash",
        "outcomes",
        "sources",
        "answer",
    )
    list_display = ("title", "city", "country", "state", "confirmed_at", "duplicate_of", "case", "handled_by")
    list_filter = ("state", "language", "confirmed_at")
    list_select_related = ("duplicate_of", "case")
    search_fields = ("title", "city", "who", "tried")
    search_help_text = gettext_lazy("Searches title, city, who did it and what was tried.")
    fieldsets = (
        (
            gettext_lazy("The nomination"),
            {
                "fields": [
                    *("title", ("city", "country"), "who", "began", "tried", "what_came", "where_read"),
                    *("theme_names", "partners", "licensed", "duplicate_of"),
                ]
            },
        ),
        (gettext_lazy("The person"), {"fields": [("name", "email"), "language", "forgotten_at"]}),
        (
            gettext_lazy("What became of it"),
            {
                "fields": [
                    *("state", ("case", "source"), ("handled_by", "handled_at"), "reason"),
                    *("answer", "answered_at", "confirmed_at"),
                ]
            },
        ),
    )

    def get_queryset(self, request):
        """Drafts are their author's."""
        return super().get_queryset(request).exclude(state__in=Nomination.OF_ITS_AUTHOR)

    @admin.display(description=gettext_lazy("what came of it"))
    def what_came(self, nomination):
        return _pairs(nomination.outcomes)

    @admin.display(description=gettext_lazy("where it can be read"))
    def where_read(self, nomination):
        return _pairs(nomination.sources)

    @admin.display(description=gettext_lazy("themes"))
    def theme_names(self, nomination):
        return ", ".join(map(str, Theme.objects.filter(slug__in=nomination.themes))) or "–"

    def may_turn(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perms(NEEDED_TO_TURN)

    def get_urls(self):
        view = self.admin_site.admin_view(self.turn_view)
        return [path("<path:object_id>/turn/", view, name="curation_nomination_turn"), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {**(extra_context or {}), "may_turn": self.may_turn(request)}
        return super().changeform_view(request, object_id, form_url, context)

    def turn_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for title and city, and makes the draft case."""
        if not self.may_turn(request):
            raise PermissionDenied
        nomination = self.get_object(request, unquote(object_id))
        if nomination is None:
            raise Http404
        if nomination.state not in Nomination.OPEN:
            return self._already(request, nomination)
        initial = {"title": nomination.title, "city": turning.city_like(nomination)}
        form = TurnForm(request.POST if request.method == "POST" else None, initial=initial)
        if form.is_valid():
            return self._turn(request, nomination, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Make a draft case of this nomination"),
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "nomination": nomination,
            "may_add_city": request.user.has_perm("cities.add_city"),
        }
        return TemplateResponse(request, "admin/curation/turn.html", context)

    def _turn(self, request: HttpRequest, nomination: Nomination, said: dict) -> HttpResponse:
        try:
            case = turning.turn(nomination, said["city"], said["title"], request.user)
        except turning.Taken:
            return self._already(request, nomination)
        text = _("The draft case is made. Write its summary, look up its sources, then publish it.")
        self.message_user(request, text, messages.SUCCESS)
        if not request.user.has_perm("cases.view_initiative"):
            return HttpResponseRedirect(self.page_of(nomination))
        return HttpResponseRedirect(
            reverse(f"{self.admin_site.name}:cases_initiative_change", args=[case.pk])
        )

    def _already(self, request: HttpRequest, nomination: Nomination) -> HttpResponse:
        self.message_user(request, _("This nomination is closed: open it again first."), messages.WARNING)
        return HttpResponseRedirect(self.page_of(nomination))


@admin.register(ErrorReport)
class ErrorReportAdmin(InboxAdmin):
    never_exported = ("email", "answer")
    list_display = ("page", "brief", "state", "created_at", "handled_by")
    list_filter = ("state", "language", "created_at")
    search_fields = ("page", "what", "printed")
    search_help_text = gettext_lazy("Searches page and text.")
    fieldsets = (
        (gettext_lazy("The report"), {"fields": ["page_link", "about", "what", "printed", "created_at"]}),
        (gettext_lazy("The person"), {"fields": ["email", "language", "forgotten_at"]}),
        (
            gettext_lazy("What became of it"),
            {"fields": ["state", ("handled_by", "handled_at"), "reason", "answer", "answered_at"]},
        ),
    )

    @admin.display(description=gettext_lazy("what is wrong"))
    def brief(self, report):
        return report.what[:90]

    @admin.display(description=gettext_lazy("page"))
    def page_link(self, report):
        return format_html('<a href="{}">{}</a>', report.page, report.page)

    @admin.display(description=gettext_lazy("record"))
    def about(self, report):
        if not report.model:
            return "–"
        record = apps.get_model(report.model)._base_manager.filter(pk=report.object_id).first()
        if record is None:
            return _("deleted since")
        name = f"{self.admin_site.name}:{report.model.replace('.', '_')}_change"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[record.pk]), record)
