"""The forms in which staff handle what was sent."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Initiative
from cities.models import City


class HandleForm(forms.Form):
    """What becomes of it, why, and what the person is told."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("State"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For staff; needed to decline or to correct."),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the person"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Sent by e-mail, in your words; empty: nothing is sent."),
    )

    def __init__(self, *args, sent, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent = sent
        model = type(sent)
        # A draft is its author's, and only “Make a draft case” turns one into a case.
        offered = [choice for choice in model.State.choices if choice[0] not in ("draft", "sent", "turned")]
        if getattr(sent, "case_id", None):
            offered = [choice for choice in model.State.choices if choice[0] == "turned"]
        self.fields["state"].choices = offered
        if not sent.email:
            del self.fields["answer"]

    @staticmethod
    def mark_of(sent) -> str:
        """What tells whether somebody has handled it since it was looked at."""
        return f"{sent.handled_at or ''} {sent.answered_at or ''}".strip()

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("seen", "") != self.mark_of(self.sent):
            words = {
                "who": self.sent.handled_by,
                "state": self.sent.get_state_display(),
                "reason": self.sent.reason,
            }
            self.add_error(
                None,
                _(
                    "Meanwhile %(who)s handled it: “%(state)s”. %(reason)s Nothing was kept: look again, then decide."
                )
                % words,
            )
            self.data = self.data.copy()
            self.data["seen"] = self.mark_of(self.sent)  # who sends it again has been told
        if said.get("state") in ("declined", "corrected", "answered") and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why: those who come after you will ask."))
        return said


class TurnForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    city = forms.ModelChoiceField(
        label=gettext_lazy("City"),
        queryset=City.objects.all(),
        widget=AutocompleteSelect(Initiative._meta.get_field("city").remote_field, admin.site),
        help_text=gettext_lazy("A city that is not there is added under Cities first."),
    )
