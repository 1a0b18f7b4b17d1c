"""What staff fill in to merge and to split themes."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Theme
from curation.vocabularies.splitting import BESIDE, INSTEAD
from listing.text import is_plain

_LONG = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
TICKED, FOUND = "ticked", "found"


def _reason(help_text) -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Reason"), widget=_LONG, help_text=help_text)


class MergeForm(forms.Form):
    """Which theme another one becomes part of, and why."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Merge into"),
        queryset=Theme.objects.none(),
        help_text=gettext_lazy("It stays; the other goes."),
    )
    reason = _reason(gettext_lazy("For the history: why both are one."))

    def __init__(self, *args, theme: Theme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Theme.objects.exclude(pk=theme.pk)


class SplitForm(forms.Form):
    """Which cases go where, how and why. `cleaned_data["into"]` is a theme, not saved yet where it is new."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("To this theme"), queryset=Theme.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("Or to a new one, called"), max_length=120, required=False)
    name_zh = forms.CharField(label=gettext_lazy("In Chinese"), max_length=120, required=False)
    definition = forms.CharField(label=gettext_lazy("What the new one means"), widget=_LONG, required=False)
    is_narrower = forms.BooleanField(
        label=gettext_lazy("The new theme is part of this one"), required=False, initial=True
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            (INSTEAD, gettext_lazy("instead of this theme")),
            (BESIDE, gettext_lazy("beside this theme")),
        ],
        initial=INSTEAD,
        widget=forms.RadioSelect,
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Which cases"),
        choices=[
            (TICKED, gettext_lazy("those that are ticked")),
            (FOUND, gettext_lazy("all that the search finds, on every page")),
        ],
        initial=TICKED,
        widget=forms.RadioSelect,
    )
    reason = _reason(gettext_lazy("Readers see it at each of these cases, after what stands there."))

    def __init__(self, *args, theme: Theme, may_add: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Theme.objects.exclude(pk=theme.pk)
        if not may_add:
            for name in ("name", "name_zh", "definition", "is_narrower"):
                del self.fields[name]

    def clean(self):
        said = super().clean()
        into, name = said.get("into"), (said.get("name") or "").strip()
        if "into" in self.errors or "name" in self.errors:
            return said
        if bool(into) == bool(name):
            self.add_error("into", _("Choose a theme, or name a new one: one of the two."))
        elif name:
            said["into"] = self._new(name)
        return said

    def _new(self, name: str) -> Theme:
        definition = (self.cleaned_data.get("definition") or "").strip()
        if not definition:
            self.add_error("definition", _("Say what the new theme means."))
        theme = Theme(
            slug=slugify(name)[:120].strip("-"),
            name=name,
            name_zh=(self.cleaned_data.get("name_zh") or "").strip(),
            definition=definition,
        )
        if not theme.slug:
            self.add_error("name", _("Give the English name: the address is made from it."))
        elif Theme._base_manager.filter(slug=theme.slug).exists():
            self.add_error("name", _("There is a theme “%(slug)s” already.") % {"slug": theme.slug})
        return theme


def words_of(text: str) -> str:
    """What is searched for, "" where it cannot be."""
    return text.strip()[:200] if is_plain(text) else ""
