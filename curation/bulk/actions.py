"""What can be done to many records at once: setting a field, putting cases under a theme, hiding; and steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Initiative, InitiativeTheme, Organisation, Outcome, Partner, Place
from curation.bulk.base import Asked, BulkAction, Line
from curation.bulk.steps import STEPS_IN_BULK
from curation.merging.relations import shown
from records import history
from records.admin.forms import LoadedAutocomplete
from records.models import Publishable, Record
from records.workflow import obstacles


def _offered(field: models.Field) -> forms.Field:
    """A form field for a field of a model; one that refers to records is searched in, not unrolled."""
    made = field.formfield()
    if field.is_relation:
        made.widget = LoadedAutocomplete(field, admin.site)
        made.widget.choices = made.choices
    return made


class SetField(BulkAction):
    """Gives one field of all records the same value."""

    def __init__(self, model: type[Record], field: str):
        self.field = model._meta.get_field(field)
        self.name = f"set_{field}"
        self.label = gettext_lazy("Set “%(field)s” of selected %(verbose_name_plural)s")
        self.words = {"field": self.field.verbose_name}
        rules = [each.fields for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
        self._is_unique = any(field in names for names in rules)

    def fields(self) -> dict[str, forms.Field]:
        return {"value": _offered(self.field)}

    def lines(self, records: list[Record], asked: Asked) -> list[Line]:
        return [self._line(record, asked.values["value"]) for record in records]

    def _line(self, record: Record, value: Any) -> Line:
        old = shown(record, self.field)
        setattr(record, self.field.name, value)
        line = Line(record, old, shown(record, self.field))
        is_public = getattr(record, "state", "") == Publishable.State.PUBLISHED and not record.hidden
        if line.changes and is_public and self.field.name in record.public_parents:
            line.refused = "; ".join(obstacles(record))
        if line.changes and self._is_unique:
            try:
                record.validate_constraints()
            except ValidationError as error:
                line.refused = " ".join(error.messages)
        return line

    def apply(self, records: list[Record], asked: Asked) -> None:
        rows = type(records[0])._base_manager.filter(pk__in=[record.pk for record in records])
        history.update(rows, **{self.field.name: asked.values["value"]})


class SetHidden(BulkAction):
    """Takes records away from readers, or shows them again."""

    def __init__(self, hidden: bool):
        self.hidden = hidden
        self.name = "hide" if hidden else "unhide"
        self.label = (
            gettext_lazy("Hide selected %(verbose_name_plural)s")
            if hidden
            else gettext_lazy("Show selected %(verbose_name_plural)s again")
        )

    def lines(self, records: list[Record], asked: Asked) -> list[Line]:
        words = {True: _("hidden"), False: _("not hidden")}
        return [Line(record, words[record.hidden], words[self.hidden]) for record in records]

    def apply(self, records: list[Record], asked: Asked) -> None:
        rows = type(records[0])._base_manager.filter(pk__in=[record.pk for record in records])
        history.update(rows, hidden=self.hidden)


class _OfTheme(BulkAction):
    def fields(self) -> dict[str, forms.Field]:
        return {"theme": _offered(InitiativeTheme._meta.get_field("theme"))}

    def links(self, records: Iterable[Record], values: dict) -> QuerySet[InitiativeTheme]:
        """The rows that put some cases under the theme."""
        cases = [record.pk for record in records]
        return InitiativeTheme._base_manager.filter(initiative__in=cases, theme=values["theme"])

    def _themes(self, records: list[Record]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {record.pk: [] for record in records}
        rows = InitiativeTheme._base_manager.filter(initiative__in=list(found)).select_related("theme")
        for row in rows.order_by("theme__name", "pk"):
            found[row.initiative_id].append(str(row.theme))
        return found


class AddTheme(_OfTheme):
    name = "add_theme"
    label = gettext_lazy("Put selected %(verbose_name_plural)s under a theme")
    rights = ("cases.add_initiativetheme",)

    def fields(self) -> dict[str, forms.Field]:
        reason = forms.CharField(
            label=gettext_lazy("Why these cases speak to it"),
            widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
            help_text=gettext_lazy("Readers see it at each of the cases."),
        )
        return {**super().fields(), "theme_reason": reason}

    def lines(self, records: list[Record], asked: Asked) -> list[Line]:
        themes, hidden = self._themes(records), self.links(records, asked.values).filter(hidden=True)
        unseen = set(hidden.values_list("initiative", flat=True))
        name, lines = str(asked.values["theme"]), []
        for record in records:
            old = themes[record.pk]
            new = old if name in old else sorted([*old, name])
            line = Line(record, ", ".join(old), ", ".join(new))
            if record.pk in unseen:
                line.refused = _("it is under this theme, and the row is hidden: clear “hidden” there")
            lines.append(line)
        return lines

    def apply(self, records: list[Record], asked: Asked) -> None:
        rows = [
            InitiativeTheme(
                initiative=record, theme=asked.values["theme"], reason=asked.values["theme_reason"]
            )
            for record in records
        ]
        for row in InitiativeTheme.objects.bulk_create(rows, batch_size=500):
            history.note(row, None)


class RemoveTheme(_OfTheme):
    name = "remove_theme"
    label = gettext_lazy("Take selected %(verbose_name_plural)s out of a theme")
    rights = ("cases.delete_initiativetheme",)

    def lines(self, records: list[Record], asked: Asked) -> list[Line]:
        themes, name = self._themes(records), str(asked.values["theme"])
        return [
            Line(
                record,
                ", ".join(themes[record.pk]),
                ", ".join(each for each in themes[record.pk] if each != name),
            )
            for record in records
        ]

    def apply(self, records: list[Record], asked: Asked) -> None:
        self.links(records, asked.values).delete()


OF_KIND: dict[type[Record], list[BulkAction]] = {
    Initiative: [AddTheme(), RemoveTheme(), SetField(Initiative, "programme")],
    Organisation: [SetField(Organisation, "kind"), SetField(Organisation, "city")],
    Place: [SetField(Place, "kind"), SetField(Place, "city")],
    Outcome: [SetField(Outcome, "indicator")],
    Partner: [SetField(Partner, "role")],
}
OF_ALL: list[BulkAction] = [SetHidden(True), SetHidden(False)]


def actions_of(model: type[Record]) -> dict[str, BulkAction]:
    """What can be done to many records of a kind at once, by name."""
    steps = STEPS_IN_BULK if issubclass(model, Publishable) else ()
    return {each.name: each for each in (*steps, *OF_KIND.get(model, ()), *OF_ALL)}
