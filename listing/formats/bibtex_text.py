"""BibTeX, written by pybtex: an entry `@misc` for each row, as web pages are cited in it."""

import re
from collections.abc import Iterator

from django.utils import timezone
from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from listing.formats.base import Export, Format
from listing.formats.cited import Cited, cited

# What pybtex takes for markup where it is part of a text.
_MARK = re.compile(r"([{}\\])")
_MARKS = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}"}
# In braces an organisation is one name, and a title keeps its capitals, which styles would else put in lower case.
_IN_BRACES = {"author", "title"}
_LANGUAGES = {"en": "english", "zh": "chinese"}


class _Writer(Writer):
    """Writes braces and backslashes that are part of a text, and addresses as they are."""

    def _encode(self, text: str) -> str:
        parts = (_MARKS.get(part) or super(_Writer, self)._encode(part) for part in _MARK.split(text))
        return "".join(parts)

    def _write_field(self, stream, type: str, value: str) -> None:
        text = value if type == "url" else self._encode(value)
        if type == "keywords":  # parted by commas: one that holds a comma is kept together
            words = text.split("; ")
            text = ", ".join(f"{{{word}}}" if "," in word else word for word in words)
        text = f"{{{text}}}" if type in _IN_BRACES else text
        stream.write(f",\n    {type} = {{{text}}}")


def write(export: Export) -> Iterator[bytes]:
    """Every row, one entry after the other."""
    writer, today = _Writer(), timezone.localdate().isoformat()
    for what in cited(export):
        entries = BibliographyData({what.key: _entry(what, today)})
        yield f"{writer.to_string(entries)}\n".encode()


def _entry(what: Cited, today: str) -> Entry:
    year, *rest = what.appeared.split("-")
    fields = {
        "author": what.author,
        "title": what.title,
        "year": year,
        "month": str(int(rest[0])) if rest else "",
        "date": what.appeared,
        "url": what.address,
        "urldate": today if what.address else "",
        "language": _LANGUAGES.get(what.language[:2], what.language),
        "note": what.place,
        "keywords": what.keywords,
        "abstract": what.abstract,
    }
    return Entry("misc", fields=[(name, text) for name, text in fields.items() if text])


FORMAT = Format(
    name="bib",
    label="BibTeX",
    content_type="application/x-bibtex; charset=utf-8",
    write=write,
    needs="citation",
)
