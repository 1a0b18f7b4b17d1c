"""What the forms of cases and their parts check besides the models' own rules."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.rules import not_printed
from cases.models import Initiative, Section
from records.admin import PublishableForm
from sources.admin import LocatedForm, SourcedForm


class InitiativeForm(PublishableForm, LocatedForm):
    """A case. Its slug begins with the slug of its city, which need not be typed."""

    lines_fields = ("started_lines",)
    printed_anywhere = True  # a title may stand in the list of contents only

    def clean(self):
        super().clean()
        slug, city = self.cleaned_data.get("slug"), self.cleaned_data.get("city")
        is_new = self.instance.pk is None
        if is_new and slug and city and not slug.startswith(f"{city.slug}-"):
            longest = Initiative._meta.get_field("slug").max_length
            self.cleaned_data["slug"] = f"{city.slug}-{slug}"[:longest].rstrip("-")
        elif "slug" in self.changed_data and slug and city and not slug.startswith(f"{city.slug}-"):
            self.add_error("slug", _("Begin it with the slug of the city: %(city)s-") % {"city": city.slug})
        self._start_is_reasoned()
        return self.cleaned_data

    def has_place(self):
        return super().has_place() or bool(self.cleaned_data.get("started_lines"))

    def _start_is_reasoned(self) -> None:
        """A start is an editor's judgement, as a theme is: it needs the reason, and the lines it rests on."""
        start = ("started", "started_lines", "started_reason")
        if not {*start} & set(self.changed_data) or not self.cleaned_data.get("started"):
            return
        for name, message in (
            ("started_lines", _("Give the lines of the source that the start rests on.")),
            ("started_reason", _("Say why this is the start.")),
        ):
            if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, message)


class ProgrammeForm(SourcedForm):
    """A programme, whose one line lies within its source."""


class SectionForm(LocatedForm):
    printed_fields = ("printed", "heading")
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"),
        choices=[(1, gettext_lazy("heading")), (2, gettext_lazy("sub-heading"))],
        coerce=int,
        initial=1,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = _("Leave it empty for the next number.")

    def clean(self):
        super().clean()
        if "position" in self.cleaned_data and self.cleaned_data["position"] is None:
            self.cleaned_data["position"] = self._next_position()
        return self.cleaned_data

    def _next_position(self) -> int:
        """One more than the last section of the case has, those of the rows before this one included."""
        case = self.cleaned_data.get("initiative")
        stored = Section.objects.filter(initiative=case) if case and case.pk else Section.objects.none()
        rows = self.rows.forms if self.rows is not None else ()
        above = (getattr(row, "cleaned_data", {}).get("position") or 0 for row in rows if row is not self)
        return max([*stored.values_list("position", flat=True), *above], default=0) + 1


class TransferForm(LocatedForm):
    """A number of others is one that the printed form holds."""

    def clean(self):
        super().clean()
        count, printed = self.cleaned_data.get("count"), self.cleaned_data.get("printed") or ""
        is_asked = {"count", "printed"} & set(self.changed_data)
        if is_asked and count is not None and (problem := not_printed(printed, count)):
            self.add_error("count", problem)
        return self.cleaned_data
