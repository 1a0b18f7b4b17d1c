"""Forms for records with a place in a source: what need not be typed, what must not be left half said."""

from django.utils.translation import gettext as _

from records.admin import RecordForm
from records.admin.forms import parent_name
from sources import lines


class SourcedForm(RecordForm):
    """Takes the source of the case (plan, declaration ...) for a part that names lines and no source."""

    def has_place(self) -> bool:
        """Whether the form names a place that needs a source."""
        raise NotImplementedError

    def clean(self):
        super().clean()
        if self.has_place() and not self.cleaned_data.get("source") and "source" not in self.errors:
            parent = self.cleaned_data.get(parent_name(self._meta.model) or "")
            source = getattr(parent, "source", None)
            if source:
                self.cleaned_data["source"] = source
        return self.cleaned_data


class LocatedForm(SourcedForm):
    """First and last line stand together; a single line need be given once only.

    `lines_fields` names further fields that hold places as text ("75-79; 83").
    """

    lines_fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.lines_fields:
            if name in self.fields:
                self.fields[name].validators.append(lines.validate)

    def has_place(self):
        return bool(self.cleaned_data.get("first_line"))

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("first_line"), self.cleaned_data.get("last_line")
        if first is None and last is not None and "first_line" not in self.errors:
            self.add_error("first_line", _("Give the first line too, or leave out the last."))
        elif first is not None and last is None and "last_line" not in self.errors:
            self.cleaned_data["last_line"] = first
        return self.cleaned_data


class ReasonedForm(SourcedForm):
    """An editor's judgement, which may rest on several places."""

    def has_place(self):
        return bool(self.cleaned_data.get("lines"))
