"""The columns of outcomes.csv, the keys of its JSON."""

from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table
from sources import lines

OUTCOMES = Table(
    "outcomes",
    [
        # These twenty-one are a promise to programs outside.
        Column(
            "id",
            lambda outcome: outcome.slug,
            "slug of the case and key of the claim, with a colon between",
            always=True,
        ),
        Column(
            "case",
            lambda outcome: outcome.initiative.slug,
            "slug of the case, as filters take it",
            always=True,
        ),
        Column(
            "city",
            lambda outcome: outcome.initiative.city.name,
            "usual English name of the city",
            always=True,
        ),
        Column(
            "indicator",
            lambda outcome: outcome.indicator,
            "what is counted or measured, in our own words",
            always=True,
        ),
        Column(
            "value",
            lambda outcome: outcome.value,
            "the number, multipliers applied; per cent as printed; the one after where before and after are printed",
            unit="see unit",
            holds=Holds.NUMBER,
        ),
        Column(
            "value_low",
            lambda outcome: outcome.value_low,
            "lowest of a printed range",
            unit="see unit",
            holds=Holds.NUMBER,
        ),
        Column(
            "value_high",
            lambda outcome: outcome.value_high,
            "highest of a printed range",
            unit="see unit",
            holds=Holds.NUMBER,
        ),
        Column(
            "before",
            lambda outcome: outcome.before,
            "value before, where before and after are printed",
            unit="see unit",
            holds=Holds.NUMBER,
        ),
        Column("after", lambda outcome: outcome.after, "value after", unit="see unit", holds=Holds.NUMBER),
        Column(
            "unit",
            lambda outcome: outcome.unit and outcome.unit.code,
            "code of the unit; `number` counts what the indicator names",
        ),
        Column(
            "value_alt",
            lambda outcome: outcome.value_alt,
            "a conversion that is printed beside",
            unit="see unit_alt",
            holds=Holds.NUMBER,
        ),
        Column(
            "unit_alt",
            lambda outcome: outcome.unit_alt and outcome.unit_alt.code,
            "unit of the printed conversion",
        ),
        Column("date", lambda outcome: outcome.date, "date or period it speaks of", unit="EDTF"),
        Column("direction", lambda outcome: outcome.direction, "up or down, where the claim says so"),
        Column(
            "status",
            lambda outcome: outcome.status,
            "achieved (happened or is in place), expected (an effect foreseen), target (a goal set), "
            "context (the situation it met, or a size); judged by an editor from the claim's own sentence",
            always=True,
        ),
        Column("qualifier", lambda outcome: outcome.qualifier, "as printed: about, more than, nearly ..."),
        Column("scope", lambda outcome: outcome.scope, "part, place or group it speaks of, in our own words"),
        Column("as_printed", lambda outcome: outcome.printed, "the claim as the line prints it"),
        Column("repeats", lambda outcome: outcome.repeats_slug, "id of the first claim of the same fact"),
        Column(
            "source", lambda outcome: outcome.source and outcome.source.slug, "slug of the source document"
        ),
        Column("line", lines.cell, "line of the source; several as 75-79", holds=Holds.LINE),
        # These may grow.
        Column("case_title", lambda outcome: outcome.initiative.title, "title of the case", always=True),
        Column(
            "city_id",
            lambda outcome: outcome.initiative.city.slug,
            "slug of the city, as filters take it",
            always=True,
        ),
        Column("date_lines", lambda outcome: outcome.date_lines, "lines on which the date stands"),
        Column(
            "reason", lambda outcome: outcome.reason, "why, where status, value or date needed a judgement"
        ),
        Column(
            "url",
            lambda outcome: OnSite(outcome.case_url),
            "its place on the page of its case",
            holds=Holds.ADDRESS,
            always=True,
        ),
    ],
    citation=citation(
        "outcomes",
        key=lambda outcome: outcome.slug,
        title=lambda outcome: f"{outcome.indicator} ({outcome.initiative.title})",
        place=lambda outcome: where_of(outcome.initiative.city),
        url=lambda outcome: OnSite(outcome.case_url),
        keywords=lambda outcome: [outcome.status],
        abstract=lambda outcome: outcome.printed,
    ),
    point=Column("point", lambda outcome: point_of(outcome.initiative.city), "where the city lies"),
)
