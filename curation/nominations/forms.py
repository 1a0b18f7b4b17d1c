"""The two public forms, and what guards both."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from cases.models import Theme
from cities.models import City
from curation.nominations import guard
from curation.nominations.fields import Text
from listing.text import is_plain

LEAST_ROWS, MOST_ROWS = 3, 12
# Names of the cities that are suggested; the form takes any other.
MOST_CITIES = 1_000
_OF_STAMPS = {
    "fast": gettext_lazy("This was sent within seconds, as machines do. Please press the button once more."),
    "old": gettext_lazy("The page had been open for more than a day. Please press the button once more."),
    "none": gettext_lazy("The page was not complete when it was sent. Please press the button once more."),
}


class Guarded(forms.Form):
    """A form with a trap for machines (a field nobody sees) and a signed time stamp."""

    website = forms.CharField(required=False, label=gettext_lazy("Leave this field empty"))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.stamp_now = guard.new_stamp()

    def clean(self):
        super().clean()
        if self.data.get("website"):
            self.add_error(None, _("The last field, which nobody sees, must stay empty."))
        state = guard.stamp_is(self.data.get("stamp", ""))
        if state != "good":
            self.add_error(None, _OF_STAMPS[state])
        if state == "fast":
            self.stamp_now = self.data["stamp"]  # so that once more is late enough
        return self.cleaned_data

    @cached_property
    def problems(self) -> list[dict]:
        """Every error with the id of its field, for the summary above the form; "" for those of the whole."""
        found = [{"id": "", "label": "", "message": each} for each in self.non_field_errors()]
        for field in self:
            found += [{"id": field.auto_id, "label": field.label, "message": each} for each in field.errors]
        return found


class Email(forms.EmailField):
    def widget_attrs(self, widget):
        return {"autocomplete": "email"}

    default_error_messages = {
        "invalid": gettext_lazy("Write one e-mail address, as name@example.org."),
        "max_length": gettext_lazy("Write one e-mail address, as name@example.org."),
    }


class NominationForm(Guarded):
    """What a case needs. Where `is_draft`, what is missing is not asked for; what is wrong always is."""

    title = Text(label=gettext_lazy("Title"), longest=300, needed=gettext_lazy("Give it a title."))
    city = Text(
        label=gettext_lazy("City"), longest=120, needed=gettext_lazy("Say in which city it took place.")
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    who = Text(
        label=gettext_lazy("Who did it"),
        longest=500,
        help_text=gettext_lazy("The office, company, association or people."),
    )
    began = Text(
        label=gettext_lazy("When it began"), longest=60, help_text=gettext_lazy("For example 2017 or 2017-06")
    )
    tried = Text(
        label=gettext_lazy("What was tried"),
        longest=5_000,
        links=2,
        rows=8,
        needed=gettext_lazy("Say in some sentences what was tried."),
        help_text=gettext_lazy(
            "The difficulty, what was done, what was new about it. Up to 5,000 characters."
        ),
    )
    partners = Text(
        label=gettext_lazy("Partners"),
        longest=2_000,
        rows=3,
        help_text=gettext_lazy("Who else took part, one a line."),
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = Text(label=gettext_lazy("Your name"), longest=120)
    email = Email(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        help_text=gettext_lazy("You get one message, with a link to confirm. Never shown, never passed on."),
    )
    licensed = forms.BooleanField(
        label=gettext_lazy("What I wrote may be published under the licence CC BY 4.0."), required=False
    )

    def __init__(self, *args, is_draft: bool = False, more: int = 0, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        self.fields["country"].choices = [("", "–"), *countries]
        themes = Theme.objects.public()
        self.fields["themes"].choices = [(theme.slug, theme.label) for theme in themes]
        self.rows = {"outcome": self._row_count("outcome", more), "source": self._row_count("source", more)}
        for number in range(self.rows["outcome"]):
            self.fields[f"outcome_{number}"] = Text(label=_("What came of it"), longest=500, links=1)
            self.fields[f"outcome_place_{number}"] = Text(
                label=_("Where this is printed"), longest=500, links=None
            )
        for number in range(self.rows["source"]):
            self.fields[f"source_{number}"] = Text(label=_("Link or publication"), longest=1_000, links=None)
            self.fields[f"source_place_{number}"] = Text(label=_("Page or part"), longest=100)
        # As they stand on the page, so that the summary of errors follows it.
        last = ("themes", "name", "email", "licensed", *Guarded.base_fields)
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _row_count(self, kind: str, more: int) -> int:
        """So many rows as are filled in, and one or more empty ones."""
        values = self.data if self.is_bound else self.initial
        filled = [
            number
            for number in range(MOST_ROWS)
            if values.get(f"{kind}_{number}") or values.get(f"{kind}_place_{number}")
        ]
        return min(MOST_ROWS, max(LEAST_ROWS, (filled[-1] + 2 if filled else 0) + more))

    def pairs(self, kind: str) -> list[tuple]:
        """The rows of fields of a kind ("outcome", "source"), for the page."""
        return [(self[f"{kind}_{n}"], self[f"{kind}_place_{n}"]) for n in range(self.rows[kind])]

    @property
    def outcome_rows(self) -> list[tuple]:
        return self.pairs("outcome")

    @property
    def source_rows(self) -> list[tuple]:
        return self.pairs("source")

    @cached_property
    def city_names(self) -> list[str]:
        """Cities of the catalogue, suggested while one types."""
        return sorted(City.objects.public().values_list("name", flat=True)[:MOST_CITIES])

    def clean(self):
        super().clean()
        said = self.cleaned_data
        for kind in self.rows:
            said[f"{kind}s"] = self._filled(kind)
        if not self.is_draft:
            self._is_complete()
        return said

    def _filled(self, kind: str) -> list[list[str]]:
        rows = []
        for number in range(self.rows[kind]):
            what = self.cleaned_data.get(f"{kind}_{number}", "")
            place = self.cleaned_data.get(f"{kind}_place_{number}", "")
            if what or place:
                rows.append([what, place])
            if place and not what and not self.is_draft and f"{kind}_{number}" not in self.errors:
                self.add_error(f"{kind}_{number}", _("Say what stands there, or empty the field beside it."))
            if kind == "outcome" and what and not place and not self.is_draft and any(map(str.isdigit, what)):
                self.add_error(
                    f"{kind}_place_{number}", _("Say where this figure is printed: document, page or link.")
                )
        return rows

    def _is_complete(self) -> None:
        for name, field in self.fields.items():
            needed = getattr(field, "needed", "")
            if needed and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, needed)
        if not self.cleaned_data["sources"] and "source_0" not in self.errors:
            self.add_error("source_0", _("Give at least one link or publication where it can be read."))
        if not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Give an e-mail address: the nomination is confirmed by it."))
        if not self.cleaned_data.get("licensed") and "licensed" not in self.errors:
            self.add_error("licensed", _("Without your permission nothing of it can be published."))


class ReportForm(Guarded):
    """What is wrong on a page. `page` has been checked by the view (see reports.py)."""

    page = Text(label=gettext_lazy("Address of the page"), longest=500, links=None)
    what = Text(label=gettext_lazy("What is wrong"), longest=3_000, links=2, rows=6)
    printed = Text(
        label=gettext_lazy("Where it is printed, or how you know"), longest=1_000, links=None, rows=3
    )
    email = Email(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        help_text=gettext_lazy("Only if you would like an answer. Never shown, never passed on."),
    )

    def clean_what(self):
        if not self.cleaned_data["what"]:
            raise ValidationError(_("Say what is wrong."))
        return self.cleaned_data["what"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and not is_plain(email):
            raise ValidationError(_("Write one e-mail address, as name@example.org."))
        return email
