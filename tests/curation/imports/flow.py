"""Sending a list through the pages of an import, as a browser would."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curation.imports import reading, work
from curation.imports.models import Import
from tests.staff import WHY

NEW = reverse("admin:curation_import_add")
# What a case cannot be without and a list seldom has.
GIVEN = {"programme": "award", "summary": "A summary."}


def page(job) -> str:
    return reverse("admin:curation_import_change", args=[job.pk])


def send(client, table, content, name="list.csv", **said):
    """Sends a file; a source that is there must be named."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(NEW, {"table": table, "file": file, **said})


def sent(client, table, content, source, name="list.csv", **said) -> Import:
    """The import that sending the file began."""
    response = send(client, table, content, name, source=source.pk, **said)
    assert response.status_code == 302, response.context["form"].errors
    return Import.objects.first()


def act(client, job, what, **said):
    """Presses a button of an import, with a reason where its page asks for one, unless another is said."""
    said = {**WHY, **said} if what in ("confirm", "undo") else said
    response = client.post(page(job), {"act": what, **said}, follow=True)
    job.refresh_from_db()
    return response


def previewed(client, job, columns=None, fixed=None):
    """Chooses columns in the form: ours by theirs, and those that are the same in all rows."""
    heading = work.table_of(job).heading
    if columns is None:
        columns = {ours: said["column"] for ours, said in job.columns.items() if "column" in said}
    said = {f"column-{ours}": heading.index(theirs) for ours, theirs in columns.items()}
    for ours, value in (fixed or {}).items():
        said |= {f"column-{ours}": "=", f"value-{ours}": value}
    return act(client, job, "plan", **said)


def planned(table, content, source, fixed=None, columns=None, how=None, user=None) -> Import:
    """An import with its preview, made without pages; columns as recognised, unless given."""
    content = content.encode() if isinstance(content, str) else content
    job = work.begin(table, "list.csv", content, source, user, how or reading.How())
    if columns is not None:
        job.columns = {ours: {"column": theirs} for ours, theirs in columns.items()}
    job.columns |= {ours: {"value": value} for ours, value in (fixed or {}).items()}
    job.save()
    work.plan(job)
    job.refresh_from_db()
    assert job.state == Import.State.PLANNED, job.problem
    return job


def done(job, leave_out=False) -> Import:
    """The import, confirmed."""
    assert work.confirm(job, leave_out, "")
    job.refresh_from_db()
    return job


def refusals(job) -> dict[int, str]:
    """What is said of each refused row."""
    return {
        row.line: " ".join(" ".join(problem) for problem in row.told)
        for row in job.rows.filter(status="refused")
    }


def xlsx(*rows, sheets=("Sheet",)) -> bytes:
    """A spreadsheet with these rows in its first sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(row)
    for name in sheets[1:]:
        book.create_sheet(name)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
