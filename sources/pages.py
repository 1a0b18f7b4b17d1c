"""What the page of one source shows."""

from sources.models import Ruling, Source

# The things with a page of their own that are read from a source, as the rooms above name them on it.
READ_FROM = (
    "cases_initiative_set",
    "declarations_declaration_set",
    "alliances",
    "plans",
    "cities",
)


def _parts(source: Source) -> list[dict]:
    parts = []
    for name in READ_FROM:
        manager = getattr(source, name)
        for record in manager.public():
            parts.append(
                {
                    "url": record.get_absolute_url(),
                    "label": str(record),
                    "kind": record._meta.verbose_name,
                    "lines": getattr(record, "lines", ""),
                    "order": getattr(record, "first_line", 0) or 0,
                }
            )
    return sorted(parts, key=lambda part: part["order"])


def source_context(source: Source) -> dict:
    """What was read from the source, the corrections, and the text line by line where readers may see it."""
    lines = source.public_lines()
    return {
        "parts": _parts(source),
        "rulings": Ruling.objects.public().filter(source=source),
        "text_lines": lines and [{"number": n, "text": line.strip()} for n, line in enumerate(lines, 1)],
    }
