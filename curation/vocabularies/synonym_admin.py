"""The staff pages of synonyms: tried before they are saved or deleted, merged, and split."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from curation.merging.admin import MOST, ChosenToMerge
from curation.merging.merge import state_of
from curation.vocabularies import groups
from curation.vocabularies.synonym_forms import GroupForm, MergeForm, SplitForm, TryForm
from curation.vocabularies.synonyms import in_other_groups
from curation.vocabularies.trying import Trial, trial
from listing.admin import ExportMixin
from records import history, past
from records.admin import REASON, HistoryMixin
from records.operations import Operation
from search.models import Synonym, lines

TRY = "_try"
SPLIT = ("search.change_synonym", "search.add_synonym")


@admin.register(Synonym)
class SynonymAdmin(ChosenToMerge, HistoryMixin, ExportMixin, admin.ModelAdmin):
    """Words that find each other."""

    form = GroupForm
    list_display = ("__str__", "only_typed", "reason")
    search_fields = ("words", "only_typed", "reason")
    fields = ("words", "only_typed", "reason")
    change_form_template = "curation/vocabularies/synonym.html"
    delete_confirmation_template = "curation/vocabularies/synonym_delete.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("merge/", view(self.merge_view), name="search_synonym_merge"),
            path("<int:pk>/split/", view(self.split_view), name="search_synonym_split"),
            *super().get_urls(),
        ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._warn(request, obj)

    def _warn(self, request: HttpRequest, *saved: Synonym) -> None:
        for word, other in [pair for group in saved for pair in in_other_groups(group)]:
            text = _("“%(word)s” stands in another group, too: “%(other)s”. Whoever types it finds both.")
            self.message_user(request, text % {"word": word, "other": other}, messages.WARNING)

    def delete_queryset(self, request, queryset):
        # One by one: what is only marked as gone, many at once, the history would not hear of.
        with history.operation(Operation.Kind.BULK, request.user, request.POST.get(REASON, "")):
            for group in queryset:
                group.delete()

    def restore_deleted_view(self, request, pk):
        """Brings a group back. One that is only marked as gone comes with the operation that took it away."""
        self._may_restore(request)
        last = past.changes_of_record(Synonym._meta.label_lower, pk).first()
        if last and Synonym.with_gone.filter(pk=pk, is_gone=True).exists():
            undo = reverse(f"{self.admin_site.name}:records_operation_undo", args=[last.operation_id])
            return HttpResponseRedirect(undo)
        return super().restore_deleted_view(request, pk)

    # --- trying

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_tried = TRY in request.POST
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page of a group; under "Try" it comes back as it was typed, with what that would change in search."""
        may_split = object_id and request.user.has_perms(SPLIT)
        more = {"split_url": self._address("split", object_id) if may_split and object_id.isdecimal() else ""}
        response = super().changeform_view(request, object_id, form_url, {**more, **(extra_context or {})})
        if TRY in request.POST and hasattr(response, "context_data"):
            # Only now: within the transaction of a save, search does not look for what others have saved.
            tried = _tried(response.context_data["adminform"].form)
            response.context_data |= {"trial": tried, "trial_asked": True}
        return response

    def delete_view(self, request, object_id, extra_context=None):
        response = super().delete_view(request, object_id, extra_context)
        context = getattr(response, "context_data", None)
        if context and (group := context.get("object")):
            form = TryForm(request.GET if "queries" in request.GET else None)
            queries = form.cleaned_data["queries"] if form.is_valid() else []
            context |= {"try_form": form, "reason_name": REASON}
            context["trial"] = None if form.errors else trial(queries, gone=[group])
        return response

    # --- merging

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """What groups hold together, what that would change in search, and making one of them (POST with `confirm`)."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        chosen = _chosen(given.get("ids", ""))
        if not 2 <= len(chosen) <= MOST:
            text = _("Tick from two to %(most)d records that are still there.") % {"most": MOST}
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(self._address("changelist"))
        form = MergeForm(request.POST or None, groups=chosen, is_confirmed="confirm" in request.POST)
        tried = None
        if form.is_valid():
            others = [group for group in chosen if group.pk != form.instance.pk]
            if "confirm" in request.POST and (done := self._merged(request, form, others)):
                return done
            tried = trial(form.cleaned_data["queries"], changed=[form.instance], gone=others)
        together = groups.union(chosen)
        kept = str(form["kept"].value())
        context = {
            "title": _("Merge groups of synonyms"),
            "ids": ",".join(str(group.pk) for group in chosen),
            "groups": [(group, doubled, str(group.pk) == kept) for group, doubled in together.said],
            "doubles": together.doubles,
        }
        return self._page(request, "merge_groups", chosen, form, tried, **context)

    def _merged(self, request: HttpRequest, form: MergeForm, others: list[Synonym]) -> HttpResponse | None:
        why, seen = form.cleaned_data[REASON], request.POST.get("seen", "")
        try:
            groups.merge(form.instance, others, seen, request.user, why)
        except groups.Changed:
            return self._say_changed(request)
        text = _("These are one group now: “%(group)s”. The history can undo it.")
        self.message_user(request, text % {"group": form.instance}, messages.SUCCESS)
        self._warn(request, form.instance)
        return HttpResponseRedirect(self._address("change", form.instance.pk))

    # --- splitting

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which words leave a group, what that would change in search, and parting them (POST with `confirm`)."""
        if not request.user.has_perms(SPLIT):
            raise PermissionDenied
        group = Synonym.objects.filter(pk=pk).first()
        if group is None:
            raise Http404(_("There is no such group any more."))
        form = SplitForm(request.POST or None, group=group, is_confirmed="confirm" in request.POST)
        tried = None
        if form.is_valid():
            if "confirm" in request.POST and (done := self._split(request, form)):
                return done
            tried = trial(form.cleaned_data["queries"], changed=form.parts)
        context = {"title": _("Split a group of synonyms"), "group": group}
        parts = form.parts if form.is_bound and form.is_valid() else ()
        context["parts"] = [(part, lines(part.only_typed)) for part in parts]
        return self._page(request, "split_group", [group], form, tried, **context)

    def _split(self, request: HttpRequest, form: SplitForm) -> HttpResponse | None:
        why, seen = form.cleaned_data[REASON], request.POST.get("seen", "")
        try:
            groups.split(form.group, form.parts, seen, request.user, why)
        except groups.Changed:
            return self._say_changed(request)
        text = _("“%(new)s” is a group of its own now. The history can undo it.")
        self.message_user(request, text % {"new": form.parts[1]}, messages.SUCCESS)
        self._warn(request, *form.parts)
        return HttpResponseRedirect(self._address("change", form.parts[1].pk))

    # --- both

    def _say_changed(self, request: HttpRequest) -> None:
        text = _("Somebody changed this meanwhile: look at it again. Nothing was done yet.")
        self.message_user(request, text, messages.WARNING)

    def _address(self, place: str, *arguments) -> str:
        return reverse(f"{self.admin_site.name}:search_synonym_{place}", args=arguments)

    def _page(self, request, name: str, shown: list[Synonym], form, tried: Trial | None, **more):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "trial": tried,
            "seen": state_of(shown),
        }
        return TemplateResponse(request, f"curation/vocabularies/{name}.html", context | more)


def _tried(form: GroupForm) -> Trial | None:
    """What the group in a form would change; None where its words, or the queries, are not understood."""
    if form.errors:
        return None
    return trial(form.cleaned_data["queries"], changed=[form.instance])


def _chosen(ids: str) -> list[Synonym]:
    """The groups with these numbers, in their order; none at all where one of them is not there any more."""
    numbers = [int(each) for each in ids.split(",")[: MOST + 1] if each.isascii() and each.isdecimal()]
    numbers = [number for number in dict.fromkeys(numbers) if number < 2**63]
    found = Synonym.objects.in_bulk(numbers)
    return [found[number] for number in numbers] if len(found) == len(numbers) else []
