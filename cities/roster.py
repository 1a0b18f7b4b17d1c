"""How many members of an alliance are named, of how many that the source counts; the columns of members.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from cities.columns import point_of, where_of
from cities.models import City, Member, ReportedCount
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table
from sources import lines

COUNTED = ReportedCount.Kind
# Which of the source's counts a kind of member belongs to; the rest is counted among all units alone.
COUNTED_AS = {
    Member.Kind.CITY: COUNTED.CITIES,
    Member.Kind.NEW_AREA: COUNTED.NEW_AREAS,
    Member.Kind.DISTRICT: COUNTED.OTHERS,
    Member.Kind.COUNTY: COUNTED.OTHERS,
    Member.Kind.TOWN: COUNTED.OTHERS,
}


@dataclass(frozen=True)
class Progress:
    """One kind: how many are named, and what the source counts, None where it counts no such kind."""

    label: str
    named: int
    count: ReportedCount | None

    @property
    def is_over(self) -> bool:
        """Whether more are named than counted: one of the two is wrong, and nobody can tell which."""
        return self.count is not None and self.named > self.count.value


def progress(members: QuerySet, counts: Sequence[ReportedCount]) -> list[Progress]:
    """For each count of a source, and for each kind that is named without being counted, how many are named."""
    kinds = Counter(dict(members.order_by().values_list("kind").annotate(number=Count("pk"))))
    named = Counter({COUNTED.UNITS.value: kinds.total()})
    for kind, number in kinds.items():
        named[COUNTED_AS[kind].value if kind in COUNTED_AS else Member.Kind.OTHER.value] += number
    rows = [Progress(count.get_kind_display(), named[count.kind], count) for count in counts]
    counted = {count.kind for count in counts}
    labels = {**dict(COUNTED.choices), Member.Kind.OTHER.value: Member.Kind.OTHER.label}
    left = [kind for kind in labels if kind not in counted and (named[kind] or kind == COUNTED.UNITS)]
    return [*rows, *(Progress(str(labels[kind]), named[kind], None) for kind in left)]


def mark_public_cities(parts: Iterable) -> None:
    """Sets `public_city` on each: its city, None for one still in draft, which is named without a link."""
    parts = list(parts)
    public = City.objects.public().in_bulk({part.city_id for part in parts if part.city_id})
    for part in parts:
        part.public_city = public.get(part.city_id)


def document(member: Member) -> dict:
    """A member in the JSON of its alliance; `mark_public_cities` has been at it."""
    return {
        "name": member.name,
        "kind": member.kind,
        "belongs_to": member.parent,
        "city": member.public_city.slug if member.public_city else None,
        "joined": member.joined,
        "evidence": member.evidence,
        "as_printed": member.printed,
        "source": member.source.slug if member.source else None,
        "lines": member.lines,
    }


MEMBERS = Table(
    "members",
    [
        Column("name", lambda member: member.name, "name of the member, as its source has it", always=True),
        Column(
            "kind", lambda member: member.kind, "city, new area, district, county, town, other", always=True
        ),
        Column(
            "belongs_to",
            lambda member: member.parent,
            "the city, county or province the source says it belongs to",
        ),
        Column(
            "city",
            lambda member: member.public_city.slug if member.public_city else None,
            "slug of the city: the member itself, or the one it lies in",
        ),
        Column("joined", lambda member: member.joined, "date of joining (EDTF)"),
        Column(
            "evidence", lambda member: member.evidence, "where it is said that it is a member, in our words"
        ),
        Column("as_printed", lambda member: member.printed, "as the source prints it"),
        Column("source", lambda member: member.source and member.source.slug, "slug of the source"),
        Column("line", lines.cell, "line of the source; several as 75-79", holds=Holds.LINE),
        Column("alliance", lambda member: member.alliance.slug, "slug of the alliance", always=True),
        Column(
            "url",
            lambda member: OnSite(member.get_absolute_url()),
            "address of the page of the alliance",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "members",
        key=lambda member: f"{member.alliance.slug}:{member.row_id}",
        title=lambda member: f"{member} ({member.alliance.name})",
        place=lambda member: where_of(member.public_city),
        url=lambda member: OnSite(f"{member.alliance.get_absolute_url()}#{member.row_id}"),
        keywords=lambda member: [member.kind],
        abstract=lambda member: member.evidence,
    ),
    point=Column(
        "point", lambda member: member.public_city and point_of(member.public_city), "where its city lies"
    ),
)
