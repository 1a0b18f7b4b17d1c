"""What the form of a target checks besides the model's own rules, each said at the field it is about."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.rules import goes_together, not_printed
from sources.admin import LocatedForm


class TargetForm(LocatedForm):
    """A target of a plan or of a case: it takes their city and source where none is given."""

    printed_fields = ("printed", "due_as_printed")
    lines_fields = ("evidence_lines",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "city" in self.fields:
            self.fields["city"].required = False
            self.fields["city"].help_text = gettext_lazy("Leave it empty for the city of the plan or case.")
        if "unit" in self.fields:
            self.fields["unit"].error_messages["invalid_choice"] = gettext_lazy(
                "There is no such unit: choose one of the list, or add it among the units first."
            )

    def clean(self):
        parent = self._parent()
        # Before the rules of every located form: they take the source of the first parent, which here is one of two.
        if parent and not self.cleaned_data.get("source") and "source" in self.fields and self.has_place():
            self.cleaned_data["source"] = getattr(parent, "source", None)
        super().clean()
        if parent is None and "plan" in self.fields and not {"plan", "initiative"} & self.errors.keys():
            self.add_error("plan", _("A target is of a plan or of a case: choose one of the two."))
        if parent and parent.city_id and not self.cleaned_data.get("city"):
            self.cleaned_data["city"] = self.instance.city = parent.city
        goes_together(self, "evidence", "evidence_lines")
        if (
            self._of("value") is not None
            and not self._of("unit")
            and "unit" in self.fields.keys() - self.errors
        ):
            self.add_error("unit", _("A value needs its unit."))
        self._value_is_printed()
        return self.cleaned_data

    def has_place(self):
        return super().has_place() or bool(self.cleaned_data.get("evidence_lines"))

    def _of(self, name: str):
        return self.cleaned_data.get(name)

    def _parent(self):
        """Its plan or its case; None where there is none, or both."""
        given = [each for name in ("plan", "initiative") if (each := self._of(name))]
        return given[0] if len(given) == 1 else None

    def _value_is_printed(self) -> None:
        """Only what is changed: what was loaded stays correctable in all else."""
        printed, value, unit = self._of("printed"), self._of("value"), self._of("unit")
        is_new = {"printed", "unit", "value"} & set(self.changed_data)
        if not (printed and is_new and isinstance(value, Decimal)) or "printed" in self.errors:
            return
        if problem := not_printed(printed, value, unit.code if unit else ""):
            self.add_error("value", problem)
