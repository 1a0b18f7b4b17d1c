"""Forms for records with a place in a source: what need not be typed, what must not be left half said."""

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.admin import RecordForm
from records.admin.forms import parent_name
from sources import lines
from sources.admin.preview import StaffTexts
from sources.admin.standing import Place, objection
from sources.models import PLACE_NEEDS, Ruling, Source


class SourcedForm(RecordForm):
    """Takes the source of the case (plan, declaration ...) for a part that names lines and no source.

    No line may lie beyond the end of the source. `lines_fields` names the fields that hold places as text
    ("75-79; 83").
    """

    lines_fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.lines_fields:
            if name in self.fields and lines.validate not in self.fields[name].validators:
                self.fields[name].validators.append(lines.validate)

    def has_place(self) -> bool:
        """Whether the form names a place that needs a source."""
        return False

    def clean(self):
        super().clean()
        if self.has_place() and not self.cleaned_data.get("source") and "source" not in self.errors:
            parent = self.cleaned_data.get(parent_name(self._meta.model) or "")
            source = getattr(parent, "source", None)
            if source:
                self.cleaned_data["source"] = source
        source = self.cleaned_data.get("source")
        if self.has_place() and not source and "source" in self.fields.keys() - self.errors.keys():
            self.add_error("source", PLACE_NEEDS)
        if source and source.line_count:
            self._stay_within(source)
        return self.cleaned_data

    def _stay_within(self, source: Source) -> None:
        for name, value in list(self.cleaned_data.items()):
            if last_line_of(self._meta.model, name, value, self.lines_fields) > source.line_count:
                words = {"source": source, "count": source.line_count}
                self.add_error(name, _("The source “%(source)s” has %(count)d lines.") % words)


def last_line_of(model: type[models.Model], name: str, value, lines_fields: tuple[str, ...]) -> int:
    """The last line a field of a form speaks of; 0 where it is empty or speaks of none."""
    if not value:
        return 0
    if name in lines_fields:
        return max((last for _first, last in lines.parse(value)), default=0)
    is_line = name == "line" or name.endswith("_line")
    return value if is_line and isinstance(model._meta.get_field(name), models.PositiveIntegerField) else 0


class LocatedForm(SourcedForm):
    """First and last line stand together; a single line need be given once only.

    A printed form must stand where it is said to stand. `printed_fields` names the fields that hold one;
    `printed_anywhere` is for a title, which may stand outside the lines of what it is the title of.
    """

    printed_fields: tuple[str, ...] = ("printed",)
    printed_anywhere = False
    # The source whose text was not at hand to check a printed form; staff are told after saving.
    unchecked: Source | None = None

    def has_place(self):
        return self.cleaned_data.get("first_line") is not None

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("first_line"), self.cleaned_data.get("last_line")
        if first is None and last is not None and "first_line" not in self.errors:
            self.add_error("first_line", _("Give the first line too, or leave out the last."))
        elif first is not None and last is None and "last_line" not in self.errors:
            self.cleaned_data["last_line"] = first
        elif first == 0:
            self.add_error("first_line", PLACE_NEEDS)
        elif first is not None and last is not None and last < first:
            self.add_error("last_line", PLACE_NEEDS)
        if not {"source", "first_line", "last_line"} & self.errors.keys():
            self._check_printed()
        return self.cleaned_data

    def _check_printed(self) -> None:
        """Only what is changed: what was loaded stays correctable in all else."""
        moved = {"source", "first_line", "last_line"} & set(self.changed_data)
        source = self.cleaned_data.get("source")
        for name in self.printed_fields:
            printed = self.cleaned_data.get(name)
            if source and printed and (moved or name in self.changed_data):
                self._check_one(name, printed, source)

    def _check_one(self, name: str, printed: str, source: Source) -> None:
        first, last = self.cleaned_data.get("first_line"), self.cleaned_data.get("last_line")
        place = Place(source) if self.printed_anywhere else Place(source, first, last)
        said = objection(printed, place, StaffTexts())
        if said is None:
            self.unchecked = source
        elif said:
            self.add_error(name, said)


class ReasonedForm(SourcedForm):
    """An editor's judgement, which may rest on several places."""

    lines_fields = ("lines",)

    def has_place(self):
        return bool(self.cleaned_data.get("lines"))


class RulingForm(LocatedForm):
    """A correction: of which source, and of what kind from the closed list. A kind of an editor's own is kept."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        help_text=gettext_lazy("What is wrong with the source at this place."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = True  # without one it would stand on no page
        if "kind" in self.fields:
            own = self.instance.kind
            known = own in Ruling.Kind.values
            self.fields["kind"].choices = [
                ("", "---------"),
                *Ruling.Kind.choices,
                *([(own, own)] if own and not known else []),
            ]


class ChecksumField(forms.CharField):
    """A checksum, which programs print in small or in capital letters."""

    def to_python(self, value):
        return super().to_python(value).lower()


class SourceForm(RecordForm):
    class Meta(RecordForm.Meta):
        field_classes = {"sha256": ChecksumField}
