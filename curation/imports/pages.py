"""What the pages of an import show."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from curation.imports import encodings, forms, own_source, reading, work
from curation.imports.encodings import Unreadable
from curation.imports.models import Import, ImportRow
from curation.imports.tables import IMPORTERS
from records.reverting import can_be_undone
from records.said import for_reader

PER_PAGE = 50
_FIRST_ROWS = 5
_TEMPLATES = {
    Import.State.READ: "columns",
    Import.State.PLANNING: "going",
    Import.State.PLANNED: "preview",
    Import.State.CONFIRMING: "going",
    Import.State.DONE: "done",
    Import.State.UNDOING: "going",
}


def template_of(job: Import) -> str:
    """The page an import is at."""
    return f"curation/imports/{_TEMPLATES[job.state]}.html"


def context_of(job: Import, asked: Any, sent: Any = None) -> dict[str, Any]:
    """What that page shows; `asked` is the query of its address, `sent` what was typed into it and refused."""
    importer = IMPORTERS[job.table]
    context = {"job": job, "importer": importer, "title": f"{importer.label}: {job.file_name}"}
    if job.state == Import.State.READ:
        return context | _readable(job, sent or {})
    if job.state == Import.State.DONE:
        context["may_undo"] = job.operation is not None and can_be_undone(job.operation)
        context["undone"] = job.operation and job.operation.undoing
    if job.state in work.AT_WORK:
        return context | {"stuck": work.is_stuck(job)}
    return context | rows(job, asked)


def _readable(job: Import, sent: Any) -> dict[str, Any]:
    """What `columns` gives; why not, where a kept file is no longer read, as when limits have become stricter."""
    try:
        return columns(job, work.table_of(job), sent)
    except Unreadable as error:
        return {"problems": [str(error)]}


def columns(job: Import, table: reading.Table, sent: Any) -> dict[str, Any]:
    """The first rows, and for each of our columns what may be chosen for it."""
    choices = [
        {
            "column": column,
            "said": (said := job.columns.get(column.name, {})),
            "place": table.heading.index(said["column"]) if said.get("column") in table.heading else None,
            "is_fixed": "value" in said,
            "text": said.get("value", "") or forms.typed_for(sent, column),
            "is_missing": column.required and not said,
        }
        for column in IMPORTERS[job.table].columns
    ]
    used = {each["said"].get("column") for each in choices}
    width = len(table.heading)
    return {
        "table": table,
        "letters": [(reading.letter(place), name) for place, name in enumerate(table.heading)],
        "first_rows": [(line, [*row, *[""] * (width - len(row))]) for line, row in table.rows[:_FIRST_ROWS]],
        "choices": choices,
        "missing": [str(each["column"].label) for each in choices if each["is_missing"]],
        "unused": [name for name in table.heading if name and name not in used],
        "encodings": encodings.NAMES.items(),
        "separators": forms.SEPARATORS,
    }


def deletion_of(job: Import) -> dict[str, Any]:
    """What goes with an import that is let go: its rows by what would be done, and its source."""
    counts = dict(job.rows.order_by().values_list("status").annotate(Count("pk")))
    return {
        "job": job,
        "importer": IMPORTERS[job.table],
        "title": _("Leave it as it was taken back") if job.operation_id else _("Delete the import"),
        "total": sum(counts.values()),
        "counts": [(label, counts[value]) for value, label in ImportRow.Status.choices if value in counts],
        "source_goes": own_source.goes(job),
    }


def rows(job: Import, asked: Any) -> dict[str, Any]:
    """One page of the rows, of one status where that was asked for, and how many there are of each."""
    status = asked.get("status", "")
    status = status if status in ImportRow.Status.values else ""
    found = job.rows.filter(status=status) if status else job.rows.all()
    pages = Paginator(found, PER_PAGE)
    page = pages.get_page(asked.get("page"))
    known = IMPORTERS[job.table].by_name
    for row in page:
        row.shown = [
            (known[name].label if name in known else name, for_reader(before), for_reader(after))
            for name, before, after in row.changes
        ]
    counts = [(value, label, job.counts.get(value, 0)) for value, label in ImportRow.Status.choices]
    return {
        "status": status,
        "counts": [("", _("all rows"), sum(count for _v, _l, count in counts)), *counts],
        "page_obj": page,
        "refused": job.counts.get("refused", 0),
        "todo": job.counts.get("new", 0) + job.counts.get("changed", 0),
    }
