"""The columns of like-mine.csv, a row for each city that the page shows."""

from collections.abc import Callable
from decimal import Decimal

from cases.alike.form import FIGURES
from cases.alike.results import Neighbour, Shown
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


def _columns_of(name: str, figure: str) -> list[Column]:
    return [
        Column(f"{name}_asked", _of(figure, lambda s: s.mine), f"{name} it is compared with: entered, or of the chosen city"),
        Column(name, _of(figure, _theirs), f"{name} of this city, as cities.csv has it ({figure})"),
        Column(f"{name}_ratio", _of(figure, _ratio), "how many times the one asked for it is; empty where not compared"),
        Column(
            f"{name}_compared",
            _of(figure, lambda s: s.pair.outcome.value),
            "compared, missing (the sources print none), other scope, unknown scope (one of the two is unlabelled), or zero",
        ),
        Column(f"{name}_scope", _of(figure, lambda s: s.pair.their_scope), "territory its figure speaks of"),
        Column(f"{name}_source", _of(figure, lambda s: s.figure and s.figure.source and s.figure.source.slug), "slug of the source of its figure"),
        Column(f"{name}_line", _of(figure, lambda s: s.figure and s.figure.lines), "line of its figure in that source"),
        Column(f"{name}_doubts", _of(figure, lambda s: [str(d) for d in s.doubts]), "what speaks against its figure: corrections and source checks"),
    ]  # fmt: skip


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
            "what it is ordered by: the mean, over the figures compared, of their ratio as a logarithm in parts of its span",
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
