"""The forms of an import: the file with its source, how it is read, and which of its columns are which of ours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.imports import encodings, reading
from curation.imports.declared import Column, Importer
from curation.imports.mapping import Chosen
from sources.models import Source

ENCODINGS = [("", gettext_lazy("recognise it")), *encodings.NAMES.items()]
SEPARATORS = [(",", gettext_lazy("comma")), (";", gettext_lazy("semicolon")), ("\t", gettext_lazy("tab"))]
FIXED = "="
# What is asked of a source that is made with the import.
NEW_SOURCE = ("title", "publisher", "url", "rights")


class UploadForm(forms.Form):
    """A file, the table it is for, and the source its records will name: one that is there, or a new one."""

    table = forms.ChoiceField(label=gettext_lazy("What the list holds"))
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV or XLSX, at most 20 MB"))
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        choices=ENCODINGS,
        required=False,
        help_text=gettext_lazy("Can be changed on the next page too, beside the first rows."),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source"),
        required=False,
        empty_label=gettext_lazy("a new one, described below"),
        help_text=gettext_lazy("Every record made keeps this source, with its row as the line."),
    )
    title = forms.CharField(label=gettext_lazy("Title of the list"), max_length=300, required=False)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=300, required=False)
    url = forms.URLField(label=gettext_lazy("Address of the original"), required=False, assume_scheme="https")
    rights = forms.CharField(
        label=gettext_lazy("Licence, and whose text it is"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, importers: list[Importer], may_add_sources: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [(importer.name, importer.label) for importer in importers]
        if not may_add_sources:
            self.fields["source"].required = True
            self.fields["source"].empty_label = "---------"
            for name in NEW_SOURCE:
                del self.fields[name]

    def clean_file(self) -> bytes:
        """Its content; nothing over the limit is read."""
        sent = self.cleaned_data["file"]
        if sent.size > reading.limits.MOST_BYTES:
            raise forms.ValidationError(reading.too_big(sent.size))
        self.file_name = sent.name
        return sent.read()

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if "title" in self.fields and not said.get("source") and "source" not in self.errors:
            for name in ("title", "rights"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose a source above, or fill this in for a new one."))
        return said

    def new_source(self) -> dict[str, str]:
        """The source that is to be made with the import, by its fields; {} where one that is there was chosen."""
        said = self.cleaned_data
        return {} if said.get("source") else {name: said[name] for name in NEW_SOURCE}


def how_of(data: Any) -> reading.How:
    """How the file is to be read, from what was sent."""
    return reading.How(*(data.get(name, "") for name in ("encoding", "separator", "sheet")))


def typed_for(data: Any, column: Column) -> str:
    """The text that was typed for all rows of a column, from what was sent."""
    return data.get(f"value-{column.name}", "").replace("\0", "").strip()


def said_twice(data: Any, importer: Importer, chosen: Chosen) -> list[str]:
    """What is wrong with columns for which one of the list is chosen and a text is typed: neither is dropped."""
    text = _("“%(column)s”: a column is chosen and a text typed. Empty the text, or choose “–”.")
    twice = [c for c in importer.columns if "column" in chosen.get(c.name, {}) and typed_for(data, c)]
    return [text % {"column": column.label} for column in twice]


def chosen_of(data: Any, importer: Importer, heading: list[str]) -> Chosen:
    """Where the values of each of our columns come from, from what was sent."""
    chosen: Chosen = {}
    places = {str(place): name for place, name in enumerate(heading)}
    for column in importer.columns:
        said, value = data.get(f"column-{column.name}", ""), typed_for(data, column)
        if said in ("", FIXED) and value:  # whoever types a text means it, also with nothing chosen beside it
            chosen[column.name] = {"value": value}
        elif said in places:
            chosen[column.name] = {"column": places[said]}
    return chosen
