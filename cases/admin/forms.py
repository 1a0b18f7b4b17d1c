"""What the forms of cases and their parts check besides the models' own rules."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Initiative
from records.admin import PublishableForm
from sources.admin import LocatedForm, SourcedForm


class InitiativeForm(PublishableForm, LocatedForm):
    """A case. Its slug begins with the slug of its city, which need not be typed."""

    required_to_publish = ("title", "summary")
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
        return self.cleaned_data


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


class OutcomeForm(LocatedForm):
    def clean(self):
        super().clean()
        first, case = self.cleaned_data.get("repeats"), self.cleaned_data.get("initiative")
        if first and first.pk == self.instance.pk:
            self.add_error("repeats", _("A claim cannot repeat itself: choose the first one, or none."))
        elif first and case and first.initiative_id != case.pk:
            self.add_error("repeats", _("That claim is of another case: choose one of this case, or none."))
        return self.cleaned_data
