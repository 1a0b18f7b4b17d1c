"""The reason for a change: asked for on every form, needed where readers see what is changed."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

# The field of every staff form in which the reason of a change is given.
REASON = "reason_for_change"
# Under State on the same page a reason is asked for too; where it is typed there alone, Save takes it from there.
STEP_REASON = "reason_for_step"
NEEDED = _(
    "Say why: what you change shows to readers. The reason itself does not: it is kept in the history."
)
LONGEST = 1000


class ReasonField(forms.CharField):
    """The reason, on a form of its own record or above a list."""

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "label": _("Reason for this change"),
                "required": False,
                "max_length": LONGEST,
                "widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
                "help_text": _(
                    "For staff: kept in the history, not shown to readers. Needed where readers see what is changed."
                ),
                **kwargs,
            }
        )

    def has_changed(self, initial, data):
        return False  # it is no part of the record


class ReasonedActionForm(ActionForm):
    """The menu above a list, with the reason for what is chosen there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[REASON] = forms.CharField(
            label=_("Reason:"),
            required=False,
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"size": 30, "class": "action-reason"}),
        )


def given(request) -> str:
    """The reason that was sent."""
    return request.POST.get(REASON, "").strip()


def take_from_state(request) -> None:
    """Makes the reason under State the reason of what is sent, where none is given below."""
    typed = request.POST.get(STEP_REASON, "")
    if typed and not given(request):
        request.POST = request.POST.copy()
        request.POST[REASON] = typed
