"""Where records came from that an import made, also those that name no source themselves: the import and its row.

A row says nothing while its record is not there, as after the import was taken back; it is there again with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.imports.models import Import, MadeFrom
from curation.imports.planning import Plan
from curation.imports.rights import may_see
from curation.imports.tables import IMPORTERS
from listing.columns import Column
from records import history

_AT_ONCE = 1000
_FLAG = "imported_from_source"


def keep(job: Import, plan: Plan) -> None:
    """Writes down of every record that was made which row of the list it is from. Called once they are there."""
    made = [
        MadeFrom(
            model=each.part.model._meta.label_lower, object_id=each.record.pk, of=job, line=each.owner.line
        )
        for wanted in plan.wanted.values()
        for each in wanted.values()
        if each.is_wanted and each.pk is None
    ]
    MadeFrom.objects.bulk_create(made, batch_size=_AT_ONCE)


def of(record: models.Model) -> QuerySet[MadeFrom]:
    """From where a record is: several rows where others were merged into it."""
    rows = MadeFrom.objects.filter(model=record._meta.label_lower, object_id=record.pk)
    return rows.select_related("of__source", "of__own_source").order_by("pk")


def follow(kept: models.Model, gone: models.Model) -> None:
    """Has a record that stays keep where one is from that becomes part of it. Called within an operation."""
    rows = MadeFrom.objects.filter(model=gone._meta.label_lower, object_id=gone.pk)
    history.update(rows, object_id=kept.pk)


def kinds() -> Iterator[type[models.Model]]:
    """The kinds of records that imports make."""
    yield from dict.fromkeys(part.model for each in IMPORTERS.values() for part in each.parts.values())


class MadeFromMixin:
    """For the staff pages of what imports make: its source and row, and a link to the import for who may see that."""

    def get_readonly_fields(self, request, obj=None):
        if obj is not None:
            obj.looked_at_by = request.user
        return [*super().get_readonly_fields(request, obj), "imported_from"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not of(obj).exists():
            return fieldsets
        return [*fieldsets, (None, {"fields": ["imported_from"]})]

    def export_table(self):
        table = super().export_table()
        column = Column(
            "imported_from", _in_export, "of what an import made: its source, and the row of the list"
        )
        return replace(table, columns=[*table.columns, column])

    def export_rows(self, rows):
        named = MadeFrom.objects.filter(model=self.opts.label_lower, object_id=OuterRef("pk")).order_by("pk")
        source = Coalesce("of__source__slug", "of__own_source__slug")
        flags = {
            _FLAG: Subquery(named.values(each=source)[:1]),
            f"{_FLAG}_line": Subquery(named.values("line")[:1]),
        }
        return super().export_rows(rows).annotate(**flags)

    @admin.display(description=gettext_lazy("made from"))
    def imported_from(self, record):
        """Source and row of each list it is from."""
        user = record.looked_at_by
        return format_html_join("", "<div>{}</div>", ((_said(each, user),) for each in of(record)))


def _said(row: MadeFrom, user: Any) -> str:
    words = {"source": row.of.source_title or row.of.file_name, "row": row.line}
    text = _("%(source)s, row %(row)d") % words
    if row.of.table not in IMPORTERS or not may_see(user, row.of):
        return text
    url = reverse("admin:curation_import_change", args=[row.of_id])
    return format_html('{} (<a href="{}">{}</a>)', text, url, _("the import"))


def _in_export(record) -> str:
    source, line = getattr(record, _FLAG), getattr(record, f"{_FLAG}_line")
    return f"{source or ''}:{line}" if line else ""
