"""Answers to declarations: who of the staff judged, and what the case must say for a link to be stated."""

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.rules import outside
from cases.models import CommitmentLink
from listing.strict import OfferedOnly
from sources import lines
from sources.admin import ReasonedAdmin, ReasonedForm, ReasonedStacked
from sources.admin.preview import StaffTexts

OWN_FIELDS = [("article", "basis"), "editor"]
STATED = CommitmentLink.Basis.STATED


class CommitmentForm(ReasonedForm):
    """A link: its lines are those of its case, and name the declaration where it is stated."""

    def clean(self):
        super().clean()
        is_asked = not self.instance.pk or {"initiative", "article", "basis", "source", "lines"} & set(
            self.changed_data
        )
        if is_asked and not {"source", "lines", "basis"} & self.errors.keys():
            ranges = lines.parse(self.cleaned_data.get("lines") or "")
            case, source = self.cleaned_data.get("initiative"), self.cleaned_data.get("source")
            if problem := outside(case, source, ranges):
                self.add_error("lines", problem)
            if self.cleaned_data.get("basis") == STATED:
                self._name_the_declaration(ranges)
            elif not ranges and (source or (case and case.source)):
                self.add_error("lines", _("Give the lines that the judgement rests on."))
        return self.cleaned_data

    def _name_the_declaration(self, ranges: list[tuple[int, int]]) -> None:
        if not ranges:
            message = _("Give the lines on which the case names the declaration, or make it inferred.")
            self.add_error("lines", message)
            return
        text, article = (
            StaffTexts().lines_of(self.cleaned_data.get("source")),
            self.cleaned_data.get("article"),
        )
        if text is None or article is None:
            return
        said = " ".join(line for first, last in ranges for line in text[first - 1 : last]).casefold()
        if article.declaration.title.casefold() not in said:
            message = _("Those lines do not name “%(declaration)s”: correct them, or make it inferred.")
            self.add_error("basis", message % {"declaration": article.declaration.title})


def sign(link: Model, user: AbstractBaseUser) -> None:
    """Writes down who judged."""
    longest = CommitmentLink._meta.get_field("editor").max_length
    link.editor = (user.get_full_name() or user.get_username())[:longest]


class CommitmentInline(ReasonedStacked):
    model = CommitmentLink
    form = CommitmentForm
    readonly_fields = ("printed_lines", "editor")
    own_fields = OWN_FIELDS


class SignsCommitments:
    """For the page of a case: a row that was added or changed there is signed."""

    def save_formset(self, request, form, formset, change):
        if formset.model is CommitmentLink:
            for row in formset.forms:  # those that are unchanged are not saved
                sign(row.instance, request.user)
        super().save_formset(request, form, formset, change)


@admin.register(CommitmentLink)
class CommitmentLinkAdmin(ReasonedAdmin):
    form = CommitmentForm
    readonly_fields = ("printed_lines", "editor")
    list_display = ("article", "initiative", "basis", "editor", "reason", "place", "source")
    list_display_links = ("article", "initiative")
    list_filter = ("basis", ("article__declaration", OfferedOnly), ("article", OfferedOnly), "source")
    search_fields = (
        *("article__heading", "article__declaration__title", "reason", "editor"),
        *("initiative__title", "initiative__slug", "initiative__city__name", "initiative__city__name_local"),
    )
    search_help_text = gettext_lazy(
        "Searches article, declaration, reason, editor, and the case with its city."
    )
    fieldsets = ((None, {"fields": ["initiative", *OWN_FIELDS, "reason"]}),)

    def save_model(self, request, obj, form, change):
        if form.has_changed():
            sign(obj, request.user)
        super().save_model(request, obj, form, change)
