"""The one exporter, for pages, admin and command line. A new format is a module and a line in FORMATS."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from listing.columns import Table
from listing.formats import atom_text, bibtex_text, csv_text, geojson_text, json_text, ris_text, xlsx_file
from listing.formats.base import Export, Format
from listing.problems import Problem
from listing.text import shown

FORMATS: dict[str, Format] = {
    "csv": csv_text.FORMAT,
    "json": json_text.FORMAT,
    "xlsx": xlsx_file.FORMAT,
    "geojson": geojson_text.FORMAT,
    "bib": bibtex_text.FORMAT,
    "ris": ris_text.FORMAT,
    "atom": atom_text.FORMAT,
}


def forms_of(table: Table) -> list[Format]:
    """The forms in which the rows of a table can be taken away."""
    return [form for form in FORMATS.values() if form.serves(table)]


def form_of(name: str, table: Table) -> Format | None:
    """The form of that name, None where the rows of the table have no such form."""
    form = FORMATS.get(name)
    return form if form and form.serves(table) else None


class UnknownKind(ValueError):
    """A value of `for` that the format does not know; the message says so to the reader."""


def kind_of(form: Format, values: Iterable[str]) -> str:
    """The kind that `for` asks for, "" for the plain one; UnknownKind where the format has no such kind."""
    asked = [value for value in values if value.strip()]
    known = [kind for kind, _label in form.kinds]
    for value in asked:
        if value not in known:
            raise UnknownKind(
                _("“%(value)s” is not a known value of “for” for .%(format)s files.")
                % {"value": shown(value), "format": form.name}
            )
    return asked[-1] if asked else ""


def response(form: Format, export: Export, name: str = "") -> StreamingHttpResponse:
    """The export, streamed, as a file of that name or of its table's. An error in mid-stream breaks the connection:
    nothing half looks whole."""
    answer = StreamingHttpResponse(form.write(export), content_type=form.content_type)
    name = name or "-".join(filter(None, (export.table.name, export.kind)))
    answer["Content-Disposition"] = content_disposition_header(form.is_attachment, f"{name}.{form.name}")
    return answer


def answer(form: Format, export: Export, request: HttpRequest) -> HttpResponseBase:
    """The export as the query asks for it: of the kind that `for` names; 400 where that is none, or the rows are too
    many for the form.
    """
    try:
        kind = kind_of(form, request.GET.getlist("for"))
    except UnknownKind as error:
        return refusal(form, [str(error)])
    if said := too_many(form, export.queryset):
        return refusal(form, [said])
    # Servers drop the body of an answer to HEAD, but would read every row to its end first.
    rows = export.queryset.none() if request.method == "HEAD" else export.queryset
    return response(form, replace(export, queryset=rows, kind=kind))


def too_many(form: Format, rows: Any) -> str:
    """What to say where there are more rows than the form can hold, "" where there are not."""
    if form.most_rows is None or (count := rows.count()) <= form.most_rows:
        return ""
    said = _(
        "A file of the form .%(format)s holds at most %(most)d rows, and these are %(count)d: filter the list."
    )
    return said % {"format": form.name, "most": form.most_rows, "count": count}


def refusal(form: Format, messages: list[str], status: int = 400) -> HttpResponse:
    """What a program is told instead of rows: JSON for .json, plain text for everything else."""
    message = " ".join(messages)
    if form.name == "json":
        body = json_text.text({"error": message}) + "\n"
        return HttpResponse(body, status=status, content_type=form.content_type)
    return HttpResponse(message + "\n", status=status, content_type="text/plain; charset=utf-8")


def refused(form: Format, problems: Sequence[Problem]) -> HttpResponse:
    """What is wrong with a query; 503 where the very same one can be answered in a moment."""
    is_passing = all(problem.is_passing for problem in problems)
    answer = refusal(form, [problem.in_words for problem in problems], 503 if is_passing else 400)
    if is_passing:
        answer["Retry-After"] = "5"
    return answer
