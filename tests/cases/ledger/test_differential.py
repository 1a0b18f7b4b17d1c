"""The index of outcomes and a plain database query give the same rows and counts, whatever is filtered and ordered."""

import random
import tempfile
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.ledger.lists import OutcomeList
from cases.ledger.search import signed
from cases.models import Initiative, InitiativeTheme, Outcome, Unit
from listing.facets import groups
from listing.selection import Selection
from tests import factories as make

pytestmark = pytest.mark.django_db
OUTCOMES, PAGE = 700, 20
INDICATORS = (
    "trees",
    "Trees",
    "trees planted",
    "Équité",
    "海",
    "a",
    "a-b",
    "A long indicator that goes on and on: 1",
    "",
)
NUMBERS = (None, 0, 1, -1, "-1.5", "-1.25", 5, 10, 100, "99.999999", 10**15, -(10**12), 7, 7)
DATES = ("", "", "2014", "2014-11", "/2020", "2020/", "2018/2020", "198X", "18XX", "2014-11-17")


def _make_catalogue(chance: random.Random) -> None:
    """Outcomes in bulk: equal keys in every order, some hidden, of cases some of which are drafts or hidden."""
    cities = [
        make.make_city(name, slug=f"c-{n}") for n, name in enumerate(("Accra", "accra", "Ürümqi", "海"))
    ]
    cities.append(make.make_city("Gone", slug="c-4", state="draft"))
    themes = [make.make_theme(f"Theme {n}", hidden=n == 4) for n in range(5)]
    units = [make.make_unit(code) for code in ("%", "km²", "persons", "number/hour")]
    units.append(make.make_unit("furlong", hidden=True))
    cases = [
        make.make_case(
            f"Case {n}", slug=f"{'ab'[n % 2]}{'-x' * (n % 3)}-{n}", city=chance.choice(cities),
            state=chance.choice([make.PUBLISHED] * 6 + ["draft"]), hidden=chance.random() < 0.05,
        )
        for n in range(40)
    ]  # fmt: skip
    InitiativeTheme.objects.bulk_create(
        InitiativeTheme(initiative=case, theme=theme, reason="r", hidden=chance.random() < 0.1)
        for case in cases
        for theme in chance.sample(themes, chance.choice([0, 1, 2, 3]))
    )
    Outcome.objects.bulk_create(_outcome(n, chance, cases, units) for n in range(OUTCOMES))


def _outcome(n: int, chance: random.Random, cases: list[Initiative], units: list[Unit]) -> Outcome:
    line = chance.choice([None, 1, 3, 3, 20, 100])
    value = chance.choice(NUMBERS)
    before = chance.choice([None, None, 3]) if value is not None else None
    return Outcome(
        initiative=chance.choice(cases),
        key=f"k-{n}",
        indicator=chance.choice(INDICATORS),
        value=value,
        before=before,
        after=value if before is not None else None,
        value_low=chance.choice([None, 2]) if value is None else None,
        unit=chance.choice([*units, None]),
        status=chance.choice(Outcome.Status.values),
        date=chance.choice(DATES),
        position=chance.choice([0, 1, 2]),
        source=make.Source.objects.get_or_create(slug="s", defaults={"kind": "plan", "title": "S"})[0],
        first_line=line,
        last_line=line,
        hidden=chance.random() < 0.05,
    )


@given(*[st.decimals(-(10**17), 10**17, places=6)] * 2)
def test_numbers_compare_as_texts_do(one, other):
    assert (signed(one) < signed(other)) == (one < other)


VALUES = {
    "case": [f"{'ab'[n % 2]}{'-x' * (n % 3)}-{n}" for n in range(40)],
    "city": [f"c-{n}" for n in range(4)],
    "theme": [f"theme-{n}" for n in range(4)],
    "status": Outcome.Status.values,
    "unit": ["%", "km²", "persons", "number/hour"],
    "before_after": ["yes", "no"],
}
ORDERS = ["", *(f"{sign}{name}" for name in ("city", "indicator", "value", "date") for sign in ("", "-"))]
QUERIES = st.fixed_dictionaries(
    {"sort": st.sampled_from(ORDERS)},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        for name, values in VALUES.items()
    },
)


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker, quick_folder):
    """The catalogue, made once and turned back at the end; its index."""
    with django_db_blocker.unblock(), transaction.atomic():
        _make_catalogue(random.Random(20261128))  # noqa: S311 - the same catalogue every time
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield tempfile.mkdtemp(prefix="search-", dir=quick_folder)
        transaction.set_rollback(True)


@pytest.fixture
def asked(catalogue, settings):
    settings.SEARCH_INDEX = catalogue
    settings.SEARCH_IN_TRANSACTIONS = True
    settings.SEARCH_IN_BACKGROUND = False


def _selections(query: dict) -> tuple[Selection, Selection] | None:
    """What the index says, and what the database says; None where the query names what is not public."""
    view, params = OutcomeList(), QueryDict(urlencode(query, doseq=True))
    common = {"filterset_class": view.filterset_class, "sorting": view.sorting}
    by_index = Selection(view.get_queryset(), params, kind="outcome", **common)
    by_database = Selection(view.get_queryset(), params, **common)
    assert by_index.index is not None
    assert by_database.index is None
    assert by_index.problems == by_database.problems
    return None if by_index.problems else (by_index, by_database)


def _counts(selection: Selection) -> list[tuple]:
    return [
        (group.name, [(v.value, v.label, v.count, v.selected, v.url) for v in (*group.values, *group.more)])
        for group in groups(selection)
    ]


@pytest.mark.usefixtures("asked")
@settings(max_examples=150, deadline=None)
@given(QUERIES, st.data())
def test_pages_and_counts_of_any_filters_in_any_order(query, data):
    selections = _selections(query)
    if selections is None:
        return
    by_index, by_database = selections
    expected = list(by_database.rows.values_list("pk", flat=True))
    rows = by_index.rows
    assert rows.count() == len(expected)
    pages = max(1, -(-len(expected) // PAGE))
    for page in {1, pages, data.draw(st.integers(1, pages))}:
        start, stop = (page - 1) * PAGE, page * PAGE
        assert [row.pk for row in rows[start:stop]] == expected[start:stop], (page, query)
    assert _counts(by_index) == _counts(by_database)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("order", ORDERS)
def test_every_page_and_the_export_of_every_order(order):
    by_index, by_database = _selections({"sort": order})
    expected = list(by_database.rows.values_list("pk", flat=True))
    assert len(expected) > 400
    rows = by_index.rows
    assert [row.pk for at in range(0, len(expected), 33) for row in rows[at : at + 33]] == expected
    assert [row.pk for row in rows.iterator(chunk_size=100)] == expected


@pytest.mark.usefixtures("asked")
def test_a_row_read_as_plain_values_is_the_record():
    by_index, by_database = _selections({})
    table = OutcomeList.table
    ours = [table.values(row) for row in by_index.rows.iterator(chunk_size=100)]
    assert ours == [table.values(outcome) for outcome in by_database.rows]
