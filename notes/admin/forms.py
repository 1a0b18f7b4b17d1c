"""Forms of source checks: what a curator finds in a source, and what is said to what was found."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notes.constraints import NEEDS_RULING
from notes.models import SLUG, Note
from notes.vocabularies import Answer, Kind
from sources import lines
from sources.admin import ReasonedForm
from sources.admin.preview import StaffTexts
from sources.admin.standing import Place, objection
from sources.models import Ruling

REASON_FIRST = gettext_lazy("Say why: readers see the reason beside the answer.")
NO_RULING = gettext_lazy("Only the answer “corrected” has a correction: choose that, or leave this empty.")


def check_answer(form: forms.Form) -> None:
    """Errors at the fields where an answer lacks its reason or its correction, or has one too many."""
    said = form.cleaned_data
    verdict, reason, ruling = said.get("answer"), said.get("answer_reason"), said.get("ruling")
    if verdict in (None, Answer.OPEN):
        if verdict and reason and "answer_reason" in form.changed_data:
            form.add_error("answer", _("Choose an answer for the reason given, or empty the reason."))
        said["answer_reason"], said["ruling"] = "", None
        return
    if not (reason or "").strip() and "answer_reason" not in form.errors:
        form.add_error("answer_reason", REASON_FIRST)
    if verdict == Answer.CORRECTED and ruling is None and "ruling" not in form.errors:
        form.add_error("ruling", NEEDS_RULING)
    elif verdict != Answer.CORRECTED and ruling is not None:
        form.add_error("ruling", NO_RULING)


class NoteForm(ReasonedForm):
    """One source check. What only a check found cannot be changed here but for its answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of the address of its page; left empty, it is made for you."
            )

    def clean(self):
        super().clean()
        if "answer" in self.fields:
            check_answer(self)
        if "kind" in self.fields:
            self._fits()
            self._stands()
        return self.cleaned_data

    def _fits(self) -> None:
        said = self.cleaned_data
        case, city = said.get("case"), said.get("city")
        if case and not city:
            said["city"] = case.city
        elif case and city and case.city_id != city.pk:
            self.add_error("city", _("The case is of another city: leave this empty, or choose its city."))
        if said.get("kind") in (Kind.BLANK, Kind.MISSING) and not said.get("settles"):
            self.add_error("settles", _("Where something is not there, say what would settle it."))
        if said.get("difference_pct") is not None and not said.get("computed"):
            self.add_error("computed", _("A difference needs what was computed."))
        if "slug" in self.fields and not said.get("slug"):
            said["slug"] = self._new_slug()

    def _new_slug(self) -> str:
        about = (
            self.cleaned_data.get("case") or self.cleaned_data.get("city") or self.cleaned_data.get("source")
        )
        words = slugify(" ".join(str(self.cleaned_data.get("note", "")).split()[:6])) or "note"
        made = "-".join(filter(None, (about.slug if about else "", words)))[: SLUG - 6].rstrip("-")
        slug, number = made, 1
        while Note._base_manager.filter(slug=slug).exists():
            number += 1
            slug = f"{made}-{number}"
        return slug

    def _stands(self) -> None:
        """Each printed piece stands on one of the lines, where the text is at hand to look."""
        source, said = self.cleaned_data.get("source"), self.cleaned_data
        changed = {"printed", "lines", "source"} & set(self.changed_data)
        if not (source and said.get("lines") and said.get("printed") and changed) or "lines" in self.errors:
            return
        texts = StaffTexts()
        for piece in filter(str.strip, said["printed"].splitlines()):
            places = [Place(source, first, last) for first, last in lines.parse(said["lines"])]
            objections = [objection(piece, place, texts) for place in places]
            if all(objections):
                self.add_error("printed", ValidationError(objections[0]))


class AnswerForm(forms.Form):
    """One answer, with its reason, to all source checks that were chosen."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Answer)
    answer_reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers see it beside each of them. To open them again, leave it empty."),
    )
    ruling = forms.ModelChoiceField(
        label=gettext_lazy("Correction"),
        queryset=Ruling.objects.none(),
        required=False,
        help_text=gettext_lazy("Of one of their sources; only for “corrected”."),
    )

    def __init__(self, *args, sources=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ruling"].queryset = Ruling.objects.filter(hidden=False, source__in=sources)

    def clean(self):
        super().clean()
        check_answer(self)
        return self.cleaned_data
