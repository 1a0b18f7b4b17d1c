"""RIS, the form that reference managers exchange, written by rispy: an electronic source (ELEC) for each row."""

from collections.abc import Iterator

import rispy
from django.utils import timezone

from listing.formats.base import Export, Format
from listing.formats.cited import Cited, cited


class _Writer(rispy.RisWriter):
    """Writes nothing before a record: the number that rispy puts there is none of the format."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


def write(export: Export) -> Iterator[bytes]:
    """Every row, one record after the other, lines ending as the format has them."""
    today = timezone.localdate().strftime("%Y/%m/%d")
    for what in cited(export):
        yield rispy.dumps([_record(what, today)], implementation=_Writer).encode()


def _record(what: Cited, today: str) -> dict:
    record = {
        "type_of_reference": "ELEC",
        "id": what.key,
        "authors": [f"{what.author},"]
        if what.author
        else [],  # the comma says that it is one name, of an organisation
        "title": what.title,
        "year": what.appeared[:4],
        "date": what.appeared.replace("-", "/"),
        "urls": [what.address] if what.address else [],
        "access_date": today if what.address else "",
        "language": what.language,
        "notes": [what.place] if what.place else [],
        "keywords": [word for word in what.keywords.split("; ") if word],
        "abstract": what.abstract,
    }
    return {name: value for name, value in record.items() if value}


FORMAT = Format(
    name="ris",
    label="RIS",
    content_type="application/x-research-info-systems; charset=utf-8",
    write=write,
    needs="citation",
)
