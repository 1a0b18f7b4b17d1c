"""The columns of targets.csv, the keys of its JSON and of the targets in the documents of plans and cases."""

from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table

TARGETS = Table(
    "targets",
    [
        # These nine are a promise to programs outside.
        Column(
            "city",
            lambda target: target.city.name,
            "whose target it is, usual English name of the city",
            always=True,
        ),
        Column("plan", lambda target: target.plan and target.plan.slug, "slug of the plan; empty: of a case"),
        Column(
            "target", lambda target: target.target, "what is to be reached, in our own words", always=True
        ),
        Column(
            "due",
            lambda target: target.due,
            "date by which; empty where no fixed date is printed",
            unit="EDTF",
        ),
        Column(
            "value",
            lambda target: target.value,
            "the number to be reached",
            unit="see unit",
            holds=Holds.NUMBER,
        ),
        Column(
            "unit",
            lambda target: target.unit and target.unit.code,
            "code of the unit; `number` counts what the target names",
        ),
        Column(
            "state",
            lambda target: target.state_label,
            "how it stands today, worked out when read: no (fixed) date printed; date ahead; date passed, no evidence "
            "in the sources; or reported reached, and whether its date has passed",
            always=True,
        ),
        Column("source", lambda target: target.source and target.source.slug, "slug of the source document"),
        Column("line", lambda target: target.lines, "line of the source; several as 75-79"),
        # These may grow.
        Column(
            "id",
            lambda target: target.slug,
            "slug of the plan or case and key of the target, with a colon between",
            always=True,
        ),
        Column(
            "case",
            lambda target: target.initiative and target.initiative.slug,
            "slug of the case; empty: of a plan",
        ),
        Column(
            "city_id", lambda target: target.city.slug, "slug of the city, as filters take it", always=True
        ),
        Column("due_as_printed", lambda target: target.due_as_printed, "the date in the words of the source"),
        Column("qualifier", lambda target: target.qualifier, "as printed: will try to establish, only ..."),
        Column("reason", lambda target: target.reason, "why, where the date or the value needed a judgement"),
        Column(
            "evidence",
            lambda target: target.evidence,
            "what the source reports of its being reached, in our own words",
        ),
        Column("evidence_lines", lambda target: target.evidence_lines, "lines of the source that report it"),
        Column("as_printed", lambda target: target.printed, "the target as the line prints it"),
        Column(
            "url",
            lambda target: OnSite(target.get_absolute_url()),
            "its place on the page of its plan or case",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "targets",
        key=lambda target: target.slug,
        title=lambda target: f"{target.target} ({target.parent})",
        place=lambda target: where_of(target.city),
        url=lambda target: OnSite(target.get_absolute_url()),
        abstract=lambda target: target.printed,
    ),
    point=Column("point", lambda target: point_of(target.city), "where the city lies"),
)
