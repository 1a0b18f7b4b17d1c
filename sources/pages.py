"""What the page of one source shows."""

from django.db.models import QuerySet
from django.http import HttpRequest

from listing.parts import Part
from sources.citing import cite_document
from sources.models import Ruling, Source, SourceText
from sources.printed import LINES_A_PAGE
from sources.readings import readings_asked

# The things with a page of their own that are read from a source: the name that the rooms above give them on it,
# and what the page calls the part that lists them.
READ_FROM = {
    "cases_initiative_set": "cases",
    "declarations_declaration_set": "declarations",
    "alliances": "alliances",
    "plans": "plans",
    "cities": "cities",
}
RULINGS_A_PAGE = 100
NOTES_A_PAGE = 100


def rulings_part(rulings: QuerySet, request: HttpRequest) -> Part:
    """Corrections as every page that has some shows them (see sources/_rulings.html)."""
    return Part(rulings.select_related("source"), request, "corrections", RULINGS_A_PAGE)


def notes_part(notes: QuerySet, request: HttpRequest) -> Part:
    """Source checks as every page that has some shows them (see notes/_of_thing.html), most severe first."""
    return Part(notes.select_related("source", "case", "city"), request, "source-checks", NOTES_A_PAGE)


def notes_of_document(source: Source) -> QuerySet:
    """The public notes about a source itself, those about the cases in it left out."""
    return source.notes.public().filter(case__isnull=True)


def _read_from(source: Source, request: HttpRequest) -> list[dict]:
    """What was read from the source, a part for each kind there is: heading, rows."""
    parts = []
    for relation, name in READ_FROM.items():
        records = getattr(source, relation).public()
        is_located = "first_line" in {field.name for field in records.model._meta.concrete_fields}
        ordered = records.order_by("first_line", "slug") if is_located else records
        part = Part(ordered, request, name)
        if part:
            parts.append({"heading": records.model._meta.verbose_name_plural, "rows": part})
    return parts


def _text(source: Source, request: HttpRequest) -> Part | None:
    lines = source.public_lines()
    if lines is None:
        return None
    numbered = [{"number": n, "text": line.strip()} for n, line in enumerate(lines, 1)]
    return Part(numbered, request, "lines", LINES_A_PAGE)


def source_context(source: Source, request: HttpRequest) -> dict:
    """What was read from the source, the corrections, and the text line by line where readers may see it."""
    return {
        "parts": _read_from(source, request),
        "rulings": rulings_part(Ruling.objects.public().filter(source=source), request),
        "notes": notes_part(source.notes.public(), request),
        "readings": readings_asked(source, request),
        "text_lines": _text(source, request),
        "citations": cite_document(source),
        "has_text": SourceText.objects.filter(source=source).exists(),
    }
