"""What the form of an outcome checks besides the model's own rules, each said at the field it is about."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.rules import goes_together, not_printed, outside
from sources.admin import LocatedForm

NUMBERS = ("value", "value_low", "value_high", "before", "after", "value_alt")


class OutcomeForm(LocatedForm):
    """A printed claim: its numbers are those of the printed form, and fit each other."""

    lines_fields = ("date_lines",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"unit", "unit_alt"} & self.fields.keys():
            self.fields[name].error_messages["invalid_choice"] = gettext_lazy(
                "There is no such unit: choose one of the list, or add it among the units first."
            )

    def clean(self):
        super().clean()
        self._repeats_another_of_its_case()
        self._has_a_number()
        goes_together(self, "before", "after")
        goes_together(self, "value_alt", "unit_alt")
        self._value_is_the_one_after()
        self._lowest_first()
        if self._of("date_lines") and not self._of("date") and "date" not in self.errors:
            self.add_error("date", _("Give the date that stands there, or leave out its lines."))
        self._numbers_are_printed()
        self._stands_in_its_case()
        return self.cleaned_data

    def _of(self, name: str):
        return self.cleaned_data.get(name)

    def _repeats_another_of_its_case(self) -> None:
        first, case = self._of("repeats"), self._of("initiative")
        if first and first.pk == self.instance.pk:
            self.add_error("repeats", _("A claim cannot repeat itself: choose the first one, or none."))
        elif first and case and first.initiative_id != case.pk:
            self.add_error("repeats", _("That claim is of another case: choose one of this case, or none."))

    def _has_a_number(self) -> None:
        names = ("value", "value_low", "value_high", "after")
        is_asked = self.instance.pk is None or set(names) & set(self.changed_data)
        is_there = any(self._of(name) is not None or name in self.errors for name in names)
        if is_asked and not is_there and "value" in self.fields:
            self.add_error("value", _("Give the number that is printed, or the lowest and the highest."))

    def _value_is_the_one_after(self) -> None:
        """A value that is left out is the one after; another number is refused."""
        value, after = self._of("value"), self._of("after")
        if after is None or "value" in self.errors:
            return
        if value is None:
            self.cleaned_data["value"] = after
        elif value != after:
            self.add_error("value", _("Where before and after are given, the value is the one after."))

    def _lowest_first(self) -> None:
        low, high = self._of("value_low"), self._of("value_high")
        if low is not None and high is not None and low > high:
            self.add_error("value_high", _("The lowest value must not be above the highest."))

    def _numbers_are_printed(self) -> None:
        """Only what is changed: what was loaded stays correctable in all else."""
        printed = self._of("printed")
        if "printed" in self.errors:
            return
        moved = {"printed", "unit", "unit_alt"} & set(self.changed_data)
        for name in NUMBERS:
            number, unit = self._of(name), self._of("unit_alt" if name == "value_alt" else "unit")
            if not isinstance(number, Decimal) or not (moved or name in self.changed_data):
                continue
            if not printed:
                self.add_error(
                    "printed", _("Give the claim as the line prints it: a number needs its printed form.")
                )
                return
            if problem := not_printed(printed, number, unit.code if unit else ""):
                self.add_error(name, problem)

    def _stands_in_its_case(self) -> None:
        first, last = self._of("first_line"), self._of("last_line")
        is_asked = {"first_line", "last_line", "source", "initiative"} & set(self.changed_data)
        if is_asked and first and "first_line" not in self.errors:
            ranges = [(first, last or first)]
            if problem := outside(self._of("initiative"), self._of("source"), ranges):
                self.add_error("first_line", problem)
