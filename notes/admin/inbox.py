"""The inbox of source checks: what is open first, the most severe first; answers one by one and in bulk."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from listing.strict import OfferedOnly
from notes import sync
from notes.admin.forms import AnswerForm, NoteForm
from notes.answers import answer, fill
from notes.models import Note
from notes.vocabularies import RANK, Answer, Finder
from sources.admin.located import SourcedAdmin

_OPEN_FIRST = Case(When(answer=Answer.OPEN, then=Value(0)), default=Value(1))
_SAID = ("answer", "answer_reason", "ruling")
_FOUND = ("found_by", "check_name", "answered_by", "answered_at", "former_answer")
_OWN = (
    *(
        "case",
        "city",
        "kind",
        "severity",
        "printed",
        "computed",
        "difference_pct",
        "note",
        "settles",
        "concerns",
        "same_as",
    ),
    *("source", "lines"),
)


class OfWhat(admin.SimpleListFilter):
    """Leaves out what was found in drafts nobody has sent on, unless that is asked for: an import makes hundreds."""

    title = gettext_lazy("state of the case")
    parameter_name = "of"
    counts_depend_on = ()
    narrows_by_default = True
    DRAFTS, EVERY = "drafts", "every"

    def lookups(self, request, model_admin):
        return [(self.DRAFTS, _("Drafts only")), (self.EVERY, _("All, drafts too"))]

    def queryset(self, request, queryset):
        if self.value() not in (None, self.DRAFTS, self.EVERY):
            raise IncorrectLookupParameters
        if self.value() == self.EVERY:
            return queryset
        return queryset.of_drafts() if self.value() else queryset.not_of_drafts()

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        yield {**first, "display": _("All but drafts")}
        yield from others


@admin.register(Note)
class NoteAdmin(SourcedAdmin):
    form = NoteForm
    change_list_template = "admin/notes/change_list.html"
    ordering = (_OPEN_FIRST, RANK, "slug")
    list_display = ("what", "kind", "severity", "whose", "place", "answer", "found_by")
    list_filter = (
        *(OfWhat, "answer", "severity", "kind", "found_by"),
        ("city", OfferedOnly),
        ("case", OfferedOnly),
        ("source", OfferedOnly),
    )
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ("slug", "note", "printed", "case__title", "city__name")
    search_help_text = gettext_lazy("Searches explanation, printed pieces, case and city.")
    list_select_related = ("case", "city", "source")
    place_fields = [("source", "lines"), "printed_lines"]
    readonly_fields = (*_FOUND, "printed_lines")
    actions = ["answer_selected"]
    fieldsets = (
        (
            gettext_lazy("Answer"),
            {
                "fields": [
                    "answer",
                    "answer_reason",
                    "ruling",
                    ("answered_by", "answered_at"),
                    "former_answer",
                ]
            },
        ),
        (
            gettext_lazy("What does not fit"),
            {
                "fields": [
                    ("kind", "severity"),
                    "note",
                    ("printed", "concerns"),
                    ("computed", "difference_pct"),
                    "settles",
                    ("case", "city"),
                    "slug",
                    ("found_by", "check_name", "same_as"),
                ]
            },
        ),
    )

    @admin.display(description=gettext_lazy("what does not fit"))
    def what(self, note):
        return Truncator(note.note).chars(90)

    @admin.display(description=gettext_lazy("about"))
    def whose(self, note):
        return note.case or note.city or note.source.brief

    def get_readonly_fields(self, request, obj=None):
        found = super().get_readonly_fields(request, obj)
        if obj is None:
            return found
        # What a check says is brought up to date by the check; a curator answers, or hides it.
        return [*found, "slug", *(_OWN if obj.found_by == Finder.CHECK else ())]

    def get_prepopulated_fields(self, request, obj=None):
        return {}

    def save_model(self, request, obj, form, change):
        if set(_SAID) & set(form.changed_data):
            fill(obj, obj.answer, obj.answer_reason, request.user.get_username(), obj.ruling)
        super().save_model(request, obj, form, change)

    # --- in bulk

    @admin.action(description=gettext_lazy("Answer selected %(verbose_name_plural)s"), permissions=["change"])
    def answer_selected(self, request: HttpRequest, queryset):
        sources = queryset.order_by().values("source")
        form = AnswerForm(request.POST if "apply" in request.POST else None, sources=sources)
        if form.is_valid():
            self._answer(request, queryset, form.cleaned_data)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Answer source checks"),
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "notes": queryset.select_related("case", "city", "source"),
            "action": "answer_selected",
        }
        return TemplateResponse(request, "admin/notes/answer.html", context)

    def _answer(self, request: HttpRequest, queryset, said: dict) -> None:
        wrong = said["ruling"] and queryset.exclude(source=said["ruling"].source).count()
        if wrong:
            text = _("Nothing was answered: the correction is of another source than some of those chosen.")
            self.message_user(request, text, messages.ERROR)
            return
        with transaction.atomic():
            notes = list(queryset)
            for note in notes:
                answer(
                    note, said["answer"], said["answer_reason"], request.user.get_username(), said["ruling"]
                )
        text = ngettext("%d source check answered.", "%d source checks answered.", len(notes))
        self.message_user(request, text % len(notes), messages.SUCCESS)

    # --- running the checks

    def get_urls(self):
        run = self.admin_site.admin_view(self.run_view)
        return [path("run/", run, name="notes_note_run"), *super().get_urls()]

    def run_view(self, request: HttpRequest) -> HttpResponse:
        """Runs every check, asked for by the button above the list."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        report = sync.run()
        words = vars(report)
        text = _(
            "The checks found %(found)d: %(new)d new, %(changed)d changed, %(gone)d gone, %(reopened)d open again."
        )
        self.message_user(request, text % words, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:notes_note_changelist"))

    def changelist_view(self, request, extra_context=None):
        more = {"may_run": self.has_change_permission(request), **(extra_context or {})}
        return super().changelist_view(request, more)
