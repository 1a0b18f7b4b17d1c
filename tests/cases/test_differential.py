"""The index and a plain database query give the same rows, whatever is filtered, ordered and asked for a page of.

One catalogue is made and indexed, then asked thousands of combinations of filter, order and page. What the database
answers is what a list shows while there is no index (listing.selection), so it is read with the index left out.
"""

import random
import tempfile
from functools import cache
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lists import CaseList
from cases.models import (
    CommitmentLink,
    Goal,
    Initiative,
    InitiativeGoal,
    InitiativeTheme,
    NoveltyClaim,
    Theme,
)
from cities.models import City
from listing.facets import groups
from listing.selection import Selection
from tests import factories as make

pytestmark = pytest.mark.django_db
CASES = 650
PAGE = 20
LONG = "Building a liveable, resilient and inclusive neighbourhood together with those who live in it: "
TITLES = (
    *(
        "Équité",
        "équité",
        "Zürich",
        "zebra",
        "Über",
        "海口市",
        "海口",
        "Ωmega",
        "ñandú",
        "A",
        "a",
        "AB",
        "a b",
        "a-b",
    ),
    *(
        "The same title",
        "the SAME title",
        "~tilde",
        "_underscore",
        "\U00020000",
        "1",
        "10",
        "2",
        "\u00a0blank",
    ),
    *(LONG, LONG + "A", LONG + "b", LONG + "é", LONG + "海", LONG.upper()),
)
STARTS = ("", "", "2017", "2017-06", "2017-06-30", "2018", "2018-01", "2024-12-31", "1999")
NOVELTY = ("evolutionary", "revolutionary", "incremental")
CITIES = ("Accra", "accra", "Bijie", "Ürümqi", "Cork", "海", "Zug", "a-b", "ab", "Same", "same", "Éze")
POPULATIONS = (None, 1000, 1000, 1000, 900, 10000, 100, "1000.5", None, 9_999_999, 0, 1000)


def _make_catalogue(chance: random.Random) -> None:
    """Cases in bulk: many equal titles, starts and populations, some hidden, links of every kind, some hidden."""
    countries = ("CN", "KE", "CI", "FR")
    cities = []
    for n, (name, population) in enumerate(zip(CITIES, POPULATIONS, strict=True)):
        state = "draft" if n == 5 else make.PUBLISHED
        cities.append(make.make_city(name, countries[n % 4], population, slug=f"city-{n}", state=state))
    programmes = [make.make_programme(f"Programme {n}", hidden=n == 3) for n in range(4)]
    themes = [make.make_theme(f"Theme {n}", hidden=n == 6) for n in range(7)]
    goals = [make.make_goal(n) for n in (1, 3, 11, 17)]
    cases = Initiative.objects.bulk_create(
        Initiative(
            slug=f"{chance.choice('abz09')}{'-x' * chance.randrange(3)}-{n}",
            title=chance.choice([*TITLES, f"{LONG}{n}", f"{chance.choice(TITLES)} {chance.randrange(9)}"]),
            city=chance.choice(cities),
            programme=chance.choice([*programmes[:3], *programmes]),
            started=chance.choice(STARTS),
            state=chance.choice([make.PUBLISHED] * 12 + ["draft"]),
            hidden=chance.random() < 0.04,
        )
        for n in range(CASES)
    )

    def links(model, values, **fields):
        name = {InitiativeTheme: "theme", InitiativeGoal: "goal", CommitmentLink: "article"}.get(
            model, "kind"
        )
        return model.objects.bulk_create(
            model(initiative=case, **{name: value}, hidden=chance.random() < 0.1, **fields)
            for case in cases
            for value in chance.sample(values, chance.choice([0, 1, 1, 2, 3]))
        )

    links(InitiativeTheme, themes, reason="r")
    links(InitiativeGoal, goals, reason="r")
    links(NoveltyClaim, list(NOVELTY), said_by="x")
    links(CommitmentLink, _articles(), reason="r")


def _articles() -> list:
    """Six articles of three declarations: one hidden, two of a draft."""
    made = [
        make.make_declaration(f"Pact {n}", 2, state="draft" if n == 2 else make.PUBLISHED) for n in range(3)
    ]
    made[1].articles.filter(number=2).update(hidden=True)
    return [article for declaration in made for article in declaration.articles.all()]


VALUES = {
    "city": [f"city-{n}" for n in range(12) if n != 5],
    "country": ["china", "kenya", "cote-divoire", "france", "CN", "KE"],
    "theme": [f"theme-{n}" for n in range(6)],
    "goal": ["1", "3", "11", "17", "5"],
    "programme": [f"programme-{n}" for n in range(3)],
    "started": ["2017", "2018", "2024", "1999", "2001", "unknown"],
    "novelty": [*NOVELTY, "both", "none"],
    "article": ["pact-0:1", "pact-0:2", "pact-1:1"],
}
QUERIES = st.fixed_dictionaries(
    {
        "sort": st.sampled_from(
            [
                "",
                *(
                    f"{sign}{name}"
                    for name in ("title", "city", "newest", "population")
                    for sign in ("", "-")
                ),
            ]
        )
    },
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True)
        for name, values in VALUES.items()
    },
)


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker, quick_folder):
    """The catalogue, made once for all combinations and turned back at the end; its index."""
    with django_db_blocker.unblock(), transaction.atomic():
        _make_catalogue(random.Random(20261127))  # noqa: S311 - the same catalogue every time
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # else the database plans for empty tables
        yield tempfile.mkdtemp(prefix="search-", dir=quick_folder)
        transaction.set_rollback(True)


@pytest.fixture
def asked(catalogue, settings, index_of_its_own):
    """Lets a test ask that catalogue."""
    settings.SEARCH_INDEX = catalogue


def _selections(query: dict) -> tuple[Selection, Selection]:
    """What the index says, and what the database says."""
    view, params = CaseList(), QueryDict(urlencode(query, doseq=True))
    common = {"filterset_class": view.filterset_class, "sorting": view.sorting}
    by_index = Selection(view.get_queryset(), params, kind="case", **common)
    by_database = Selection(view.get_queryset(), params, **common)
    assert by_index.index is not None
    assert by_database.index is None
    assert by_index.problems == by_database.problems == []
    return by_index, by_database


def _rows(selection: Selection) -> list[int]:
    """Every row in order; of the database only the numbers are read."""
    return list(selection.rows.values_list("pk", flat=True))


def _counts(selection: Selection) -> list[tuple]:
    """Every value of every facet as the page shows it."""
    return [
        (
            group.name,
            group.beyond,
            [(v.value, v.label, v.count, v.selected, v.url) for v in (*group.values, *group.more)],
        )
        for group in groups(selection)
    ]


@pytest.mark.usefixtures("asked")
@settings(max_examples=400, deadline=None)
@given(QUERIES, st.data())
def test_pages_of_any_filters_in_any_order(query, data):
    by_index, by_database = _selections(query)
    expected = _rows(by_database)
    rows = by_index.rows
    assert rows.count() == len(expected)
    pages = max(1, -(-len(expected) // PAGE))
    picked = data.draw(st.sets(st.integers(1, pages), min_size=min(3, pages), max_size=4))
    for page in {1, pages, *picked}:
        start, stop = (page - 1) * PAGE, page * PAGE
        assert [case.pk for case in rows[start:stop]] == expected[start:stop], (page, query)


@pytest.mark.usefixtures("asked")
@settings(max_examples=60, deadline=None)
@given(QUERIES)
def test_exports_and_counts_of_any_filters(query):
    by_index, by_database = _selections(query)
    assert [case.pk for case in by_index.rows.iterator(chunk_size=100)] == _rows(by_database)
    assert _counts(by_index) == _counts(by_database)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("turned", ["", "-"])
@pytest.mark.parametrize("order", ["title", "city", "newest", "population"])
def test_every_page_of_every_order(order, turned):
    by_index, by_database = _selections({"sort": turned + order})
    expected = _rows(by_database)
    assert len(expected) > 400
    for size in (20, 7, 333):
        paged = [case.pk for at in range(0, len(expected), size) for case in by_index.rows[at : at + size]]
        assert paged == expected


@cache
def _count() -> int:
    return Initiative.objects.public().count()


@pytest.mark.usefixtures("asked")
def test_the_catalogue_holds_what_makes_it_hard():
    public = Initiative.objects.public()
    assert 400 < _count() < CASES
    assert public.filter(started="").count() > 20
    assert public.filter(title__startswith=LONG).count() > 50
    assert City.objects.filter(figure_sets__figures__value=1000).count() == 4
    assert Theme.objects.filter(hidden=True).exists()
    assert Goal.objects.count() == 4
