"""What the catalogue read from given lines of a source: records of every room, found through the relations to a source.

No room is imported: a record says itself where it was read, by fields that are named as places in a source are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from listing.text import plain
from records.models import Record
from sources import lines
from sources.models import Source

NAME = "line"  # in the query of the page of a source: ?line=75-79
MOST = 100  # rows shown
# Places written as text cannot be compared by the database: of each kind so many are looked through.
MOST_TEXTS = 5_000
MOST_RANGES, LONGEST = 20, 200

Range = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """One record: what kind it is, what it says and in which language ("" for that of the page), the printed value, its
    lines, where it is shown, whose it is."""

    kind: str | Promise
    text: str
    language: str
    printed: str
    lines: str
    url: str
    of: str
    of_language: str


@dataclass(frozen=True)
class Readings:
    """What stands on the page: the lines asked for, the rows, whether there are more, what is wrong with the lines."""

    lines: str = ""
    rows: tuple[Reading, ...] = ()
    goes_on: bool = False
    message: str = ""

    @property
    def is_several(self) -> bool:
        return "-" in self.lines or ";" in self.lines


class _Place(NamedTuple):
    """Where a record was read; the narrowest comes first, for it says most of a line."""

    width: int
    first: int
    kind: int
    pk: int
    lines: str


def readings_asked(source: Source, request: HttpRequest) -> Readings | None:
    """What was read from the lines that the query names; None where it names none."""
    asked = "; ".join(filter(None, map(str.strip, map(plain, request.GET.getlist(NAME)))))[:LONGEST]
    if not asked:
        return None
    try:
        lines.validate(asked)
    except ValidationError as error:
        return Readings(message=error.messages[0])
    ranges = lines.parse(asked)[:MOST_RANGES]
    if not ranges:
        return None
    if source.line_count and max(last for _first, last in ranges) > source.line_count:
        said = _("The source “%(source)s” has %(count)d lines.")
        return Readings(message=said % {"source": source.brief, "count": source.line_count})
    return _read(source, ranges)


def _read(source: Source, ranges: Sequence[Range]) -> Readings:
    kinds = [
        relation.related_model
        for relation in Source._meta.related_objects
        if issubclass(relation.related_model, Record) and relation.field.name == "source"
    ]
    found = sorted(
        place for kind in range(len(kinds)) for place in _places(kinds[kind], kind, source, ranges)
    )
    shown = found[:MOST]
    records = {}
    for kind in {place.kind for place in shown}:
        numbers = [place.pk for place in shown if place.kind == kind]
        rows = kinds[kind].objects.filter(pk__in=numbers).select_related(*_parents(kinds[kind]))
        records |= {(kind, record.pk): record for record in rows}
    # What was deleted between the two looks is left out.
    still = [(records.get((place.kind, place.pk)), place.lines) for place in shown]
    said = tuple(_reading(record, place, source) for record, place in still if record is not None)
    written = "; ".join(lines.write(*each) for each in ranges)
    return Readings(written, said, goes_on=len(found) > MOST)


def _places(model: type[Record], kind: int, source: Source, ranges: Sequence[Range]) -> list[_Place]:
    """Where the public records of a kind were read within these lines: for each the narrowest of its places there."""
    found: dict[int, _Place] = {}
    for pk, first, last in (*_numbered(model, source, ranges), *_written(model, source, ranges)):
        if any(first <= end and last >= begin for begin, end in ranges):
            place = _Place(last - first, first, kind, pk, lines.write(first, last))
            found[pk] = min(place, found.get(pk, place))
    return list(found.values())


def _numbered(model: type[Record], source: Source, ranges: Sequence[Range]) -> Iterator[tuple[int, int, int]]:
    """Number, first and last line of what keeps its lines as numbers: of those that have any of them within."""
    pairs = _pairs(model)
    if not pairs:
        return
    within = Q()
    for first, last in pairs:
        for begin, end in ranges:
            within |= Q(**{f"{first}__lte": end, f"{last}__gte": begin})
    names = [name for pair in pairs for name in pair]
    first, last = pairs[0]
    rows = model.objects.public().filter(within, source=source).order_by(F(last) - F(first), first, "pk")
    for pk, *read in rows.values_list("pk", *names)[: MOST + 1]:
        for first, last in zip(read[::2], read[1::2], strict=True):
            if first and last:
                yield pk, first, last


def _written(model: type[Record], source: Source, ranges: Sequence[Range]) -> Iterator[tuple[int, int, int]]:
    """The same of what keeps its lines as text."""
    for field in model._meta.concrete_fields:
        if lines.validate not in field.validators:
            continue
        rows = model.objects.public().filter(source=source).exclude(**{field.name: ""}).order_by("pk")
        for pk, text in rows.values_list("pk", field.name)[:MOST_TEXTS]:
            try:
                yield from ((pk, *each) for each in lines.parse(text))
            except ValueError:  # written by something that asked no validator
                continue


def _pairs(model: type[Model]) -> list[tuple[str, str]]:
    """The fields of a place: first and last line, or twice the one line."""
    names = {field.name for field in model._meta.concrete_fields}
    pairs = []
    for name in sorted(names, key=lambda name: (name != "first_line", name)):
        last = name.removesuffix("first_line") + "last_line"
        if name.endswith("first_line") and last in names:
            pairs.append((name, last))
        elif (name == "line" or name.endswith("_line")) and not name.endswith(("first_line", "last_line")):
            pairs.append((name, name))
    return pairs


def _parents(model: type[Record]) -> list[str]:
    """What a record needs for its name and its address: the records it names, and what those are parts of."""
    paths = []
    for field in model._meta.concrete_fields:
        if field.is_relation and issubclass(field.related_model, Record) and field.name != "source":
            paths.append(field.name)
            paths += [f"{field.name}__{parent}" for parent in field.related_model.public_parents]
    return paths


def _reading(record: Record, place: str, source: Source) -> Reading:
    (text, language), (parent, of_language) = record.in_words(), _parent(record)
    kind, printed = capfirst(record._meta.verbose_name), getattr(record, "printed", "")
    try:
        url = record.place_url()
    except NoReverseMatch:  # a programme has no page
        url = ""
    of = "" if parent in (str(source), "") or text.startswith(parent) else parent
    return Reading(
        kind, text or parent, language if text else of_language, printed, place, url, of, of_language
    )


def _parent(record: Record) -> tuple[str, str]:
    return getattr(record, record.public_parents[0]).in_words() if record.public_parents else ("", "")
