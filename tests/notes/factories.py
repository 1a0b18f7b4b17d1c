"""Records for the tests of source checks: a block of figures, a case with claims, a document."""

from decimal import Decimal
from itertools import count

from cities.models import CityFigures, Figure
from notes.checks import CHECKS
from notes.checks.subjects import Block, CaseFile, Document, Scope, blocks, case_files, documents
from notes.models import Note
from sources.models import Ruling
from tests.factories import make_case, make_city, make_source

_number = count(1)
_SUBJECTS = {Block: blocks, CaseFile: case_files, Document: documents}


def make_block(city=None, source=None, first_line=10, scope="whole city", **values) -> CityFigures:
    """Figures of a city on lines of their own, printed as they are; a value "" is a label left blank."""
    city, source = city or make_city(), source or make_source()
    block = CityFigures.objects.create(
        city=city,
        source=source,
        key=f"set-{next(_number)}",
        scope=scope,
        first_line=first_line,
        last_line=first_line + 9,
    )
    for place, (name, value) in enumerate(values.items(), first_line + 1):
        printed = "" if value == "" else str(value)
        Figure.objects.create(
            figures=block,
            name=name,
            value=None if value == "" else Decimal(str(value)),
            printed=printed,
            source=source,
            first_line=place,
            last_line=place,
        )
    return block


def make_located_case(**fields):
    """A case on lines 1 to 99 of a source."""
    fields.setdefault("source", make_source())
    return make_case(**{"first_line": 1, "last_line": 99, "started": "2020", **fields})


def make_note(**fields) -> Note:
    """A note of an editor."""
    number = next(_number)
    defaults = {
        "slug": f"note-{number}",
        "kind": "other",
        "severity": "low",
        "lines": "3",
        "note": f"Something does not fit, number {number}.",
    }
    fields.setdefault("source", fields["case"].source if fields.get("case") else None)
    if fields["source"] is None:
        fields["source"] = make_source()
    if fields.get("case"):
        fields.setdefault("city", fields["case"].city)
    return Note.objects.create(**{**defaults, **fields})


def make_ruling(source, kind: str, line: int = 3, **fields) -> Ruling:
    defaults = {"key": f"ruling-{next(_number)}", "printed": "as printed", "reason": "For a test."}
    return Ruling.objects.create(
        source=source, kind=kind, first_line=line, last_line=line, **{**defaults, **fields}
    )


def findings(name: str) -> list:
    """What the check of this name finds in the whole database."""
    check = CHECKS[name]
    return [each for some in _SUBJECTS[check.of](Scope()) for one in some for each in check.find(one)]
