"""The columns of like-mine.csv, a row for each city that the page shows."""

from collections.abc import Callable
from decimal import Decimal

from cases.alike.form import FIGURES
from cases.alike.rows import Neighbour, Shown
from listing.columns import Column, OnSite, Table, Value


def _of(figure: str, value: Callable[[Shown], Value]) -> Callable[[Neighbour], Value]:
    def read(row: Neighbour) -> Value:
        shown = row.figure(figure)
        return value(shown) if shown else None

    return read


def _theirs(shown: Shown) -> Value:
    return shown.figure.value if shown.figure else None


def _ratio(shown: Shown) -> Value:
    return round(Decimal(shown.pair.ratio), 4) if shown.is_compared else None


def _source(shown: Shown) -> Value:
    return shown.figure and shown.figure.source and shown.figure.source.slug


# What is said of each figure: the end of the column's name, the value, what it means.
_SAID: tuple[tuple[str, Callable[[Shown], Value], str], ...] = (
    ("_asked", lambda shown: shown.mine, "what it is compared with: entered, or of the chosen city"),
    ("", _theirs, "of this city, as cities.csv has it"),
    ("_ratio", _ratio, "how many times the one asked for it is; empty where not compared"),
    (
        "_compared",
        lambda shown: shown.pair.outcome.value,
        "compared; missing (the sources print none); other scope; unknown scope (one of the two is unlabelled); zero",
    ),
    ("_scope", lambda shown: shown.pair.their_scope, "territory the figure of this city speaks of"),
    ("_source", _source, "slug of the source of this city's figure"),
    ("_line", lambda shown: shown.figure and shown.figure.lines, "line of it in that source"),
    (
        "_doubts",
        lambda shown: [str(doubt) for doubt in shown.doubts],
        "what speaks against it: corrections and source checks",
    ),
)


def _columns_of(name: str, figure: str) -> list[Column]:
    return [
        Column(name + ending, _of(figure, value), doc if ending else f"{figure} {doc}")
        for ending, value, doc in _SAID
    ]


ALIKE = Table(
    "like-mine",
    [
        Column("rank", lambda row: row.rank, "place in the row of those shown, nearest first"),
        Column("city", lambda row: row.city.name, "usual English name of the city"),
        Column("country", lambda row: row.city.country.name, "country"),
        Column(
            "nearness",
            lambda row: row.nearness,
            "100 where every figure compared is the same, 0 where they are wholly apart",
        ),
        Column("nearness_words", lambda row: row.nearness_words, "the same in words"),
        Column(
            "distance",
            lambda row: Decimal(str(row.apart)),
            "what it is ordered by: the mean of the figures' ratios as logarithms, each in parts of its span",
        ),
        Column("figures_compared", lambda row: row.compared, "by how many figures"),
        Column("figures_asked", lambda row: row.asked, "how many figures were asked for"),
        Column(
            "farther",
            lambda row: "yes" if row.is_farther else "no",
            "yes: beyond the nearest, shown because few of these have a case for the need",
        ),
        Column("cases", lambda row: [case.slug for case in row.cases], "its first cases for the need"),
        Column("cases_found", lambda row: row.case_count, "how many cases for the need it has"),
        *(column for name, asked in FIGURES.items() for column in _columns_of(name, asked.figure)),
        Column("city_id", lambda row: row.city.slug, "slug of the city"),
        Column("url", lambda row: OnSite(row.city.get_absolute_url()), "address of the page of the city"),
    ],
)
