"""Empty lists to fill in: the headings of a table, and what belongs into each column."""

from __future__ import annotations

import csv
import io

import openpyxl
from django.utils.translation import gettext as _

from curation.imports.declared import Importer
from curation.imports.reading import HELP_MARK

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def blank(importer: Importer, form: str) -> bytes:
    """The empty list as a file of that form: "csv" with a row of help, "xlsx" with a sheet of it."""
    return _csv(importer) if form == "csv" else _xlsx(importer)


def _helps(importer: Importer) -> list[tuple[str, str]]:
    needed = _("needed for a new record")
    return [
        (column.name, f"{column.label}: {column.help}" + (f" ({needed})" if column.required else ""))
        for column in importer.columns
    ]


def _csv(importer: Importer) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    helps = _helps(importer)
    writer.writerow(name for name, _help in helps)
    writer.writerow(f"{HELP_MARK}{text}" for _name, text in helps)
    return lines.getvalue().encode("utf-8-sig")


def _xlsx(importer: Importer) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = importer.name
    sheet.append([column.name for column in importer.columns])
    more = book.create_sheet(_("Help"))
    for row in _helps(importer):
        more.append(row)
    more.column_dimensions["A"].width = 24
    more.column_dimensions["B"].width = 80
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
