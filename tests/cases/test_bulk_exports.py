"""Exports read in bulk hold what the records hold, whatever these are, and ask the database little."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.columns import CASES
from cases.lists import SORTING, CaseList
from cases.models import InitiativeGoal, NoveltyClaim
from listing import bulk, exports, indexed
from listing.columns import Column, Stored, Table
from listing.formats import base
from listing.formats.base import Export
from tests import factories as make
from tests.web import body_of, csv_rows, ids, page_ids

pytestmark = pytest.mark.django_db

TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0") | st.sampled_from('",;\r\n=%'),
    max_size=12,
)
FLAG = st.sampled_from([False, False, True])
STATE = st.sampled_from([make.PUBLISHED, make.PUBLISHED, "draft"])
SOME = st.lists(st.integers(0, 3), unique=True, max_size=4)
VOCABULARIES = st.fixed_dictionaries(
    {
        "cities": st.lists(st.tuples(TEXT, STATE, FLAG), min_size=2, max_size=2),
        "programmes": st.lists(st.tuples(TEXT, FLAG), min_size=2, max_size=2),
        "themes": st.lists(st.tuples(TEXT, FLAG), min_size=4, max_size=4),
        "goals": st.lists(FLAG, min_size=4, max_size=4),
    }
)
ONE_CASE = st.fixed_dictionaries(
    {
        "title": TEXT,
        "summary": TEXT,
        "started": st.sampled_from(["", "2017", "2017-06"]),
        "state": STATE,
        "hidden": FLAG,
        "places": st.tuples(st.integers(0, 1), st.integers(0, 1), st.booleans()),
        "lines": st.sampled_from([(None, None), (3, 9), (3, 3)]),
        "links": st.tuples(SOME, SOME, SOME),
        "hidden_links": FLAG,
    }
)


def _make(vocabularies: dict, cases: list[dict]) -> None:
    number = count()
    cities = [
        make.make_city(name or "-", ("CN", "GB")[n], slug=f"city-{n}", state=state, hidden=hidden)
        for n, (name, state, hidden) in enumerate(vocabularies["cities"])
    ]
    programmes = [
        make.make_programme(name or "-", slug=f"award-{n}", hidden=hidden)
        for n, (name, hidden) in enumerate(vocabularies["programmes"])
    ]
    themes = [
        make.make_theme(name or "-", slug=f"theme-{n}", hidden=hidden)
        for n, (name, hidden) in enumerate(vocabularies["themes"])
    ]
    goals = [make.make_goal(n + 1, hidden=hidden) for n, hidden in enumerate(vocabularies["goals"])]
    source = make.make_source("a-source")
    for case in cases:
        city, programme, has_source = case["places"]
        first, last = case["lines"]
        made = make.make_case(
            case["title"] or "-",
            slug=f"case-{next(number)}",
            city=cities[city],
            programme=programmes[programme],
            themes=tuple(themes[n] for n in case["links"][0]),
            source=source if has_source or first else None,
            first_line=first,
            last_line=last,
            **{name: case[name] for name in ("summary", "started", "state", "hidden")},
        )
        bases, kinds = InitiativeGoal.Basis.values, NoveltyClaim.Kind.values
        for n in case["links"][1]:
            made.goal_links.create(goal=goals[n], basis=bases[n % 2], reason="r")
        for n in case["links"][2][:3]:
            made.novelty_claims.get_or_create(kind=kinds[n % 3], said_by="x")
        if case["hidden_links"]:
            for links in (made.theme_links, made.goal_links, made.novelty_claims):
                if first_link := links.first():
                    links.filter(pk=first_link.pk).update(hidden=True)


def _written(name: str, kind: str) -> bytes:
    rows = SORTING.apply(CaseList().get_queryset().for_lists(), "title")
    return b"".join(exports.FORMATS[name].write(Export(CASES, rows, "https://host", kind)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VOCABULARIES, st.lists(ONE_CASE, max_size=8))
def test_every_form_is_as_the_records_have_it(monkeypatch, vocabularies, cases):
    forms = [("csv", ""), ("csv", "spreadsheet"), ("json", "")]
    with transaction.atomic(), monkeypatch.context() as small:
        _make(vocabularies, cases)
        small.setattr(base, "CHUNK", 3)
        small.setattr(base, "PLAIN", 3)
        small.setattr(bulk, "MOST_KEPT", 1)  # forgets between batches what it knows
        in_bulk = [_written(*form) for form in forms]
        small.setattr(bulk, "reader_of", lambda rows, table: None)
        assert in_bulk == [_written(*form) for form in forms]
        transaction.set_rollback(True)


def test_cases_are_read_in_bulk_and_other_tables_record_by_record():
    rows = CaseList().get_queryset()
    assert bulk.reader_of(rows, CASES)
    assert not bulk.reader_of(rows, Table("t", [*CASES.columns, Column("more", lambda case: case.pk, "")]))


@pytest.mark.parametrize(
    "column",
    [
        Column("a", lambda case: case.title, "", reads="slug"),
        Column("a", lambda case: case.city.name, "", reads="programme"),
        Column("a", Stored("summary"), "", reads="started"),
        Column("a", Stored("summary"), "", reads="title"),
    ],
)
def test_a_column_cannot_read_more_than_it_says(column):
    make.make_case("A", started="2017")
    export = Export(Table("t", [column]), CaseList().get_queryset())
    with pytest.raises(AttributeError):
        b"".join(exports.FORMATS["csv"].write(export))


@pytest.mark.parametrize("address", ["/cases.csv", "/cases.json", "/cases.csv?q=case"])
def test_a_batch_of_rows_costs_one_query(client, monkeypatch, address):
    monkeypatch.setattr(base, "PLAIN", 4)
    shared = {
        "city": make.make_city("Xiamen"),
        "programme": make.make_programme("Award"),
        "themes": (make.make_theme("Water"),),
    }

    def asked_of(number: int) -> int:
        for _ in range(number):
            make.make_case(goals=(3,), novelty=("incremental",), **shared)
        ids(client)  # brings the index up to date
        with CaptureQueriesContext(connection) as asked:
            body_of(client.get(address))
        return len(asked)

    few = asked_of(8)
    assert asked_of(20) == few + 5


@pytest.mark.parametrize("sort", ["", "-relevance"])
def test_a_search_is_exported_in_the_order_of_its_pages(client, monkeypatch, sort):
    monkeypatch.setattr(indexed, "_AT_ONCE", 2)
    for number in range(7):
        make.make_case(f"Case {number}", summary="river " * (number % 4))
    make.make_case("Another", summary="A lake.")
    query = f"q=river&sort={sort}" if sort else "q=river"
    assert ids(client, query) == page_ids(client, query)
    assert len(ids(client, query)) == 5


def test_what_was_taken_back_since_it_was_indexed_is_left_out(client):
    kept, taken = make.make_case("A"), make.make_case("B")
    rows = CaseList().select(client.get("/cases/").wsgi_request.GET).rows
    assert set(rows.ids()) == {kept.pk, taken.pk}
    taken.state = "draft"
    taken.save()

    def lines() -> Iterator[bytes]:
        return exports.FORMATS["csv"].write(Export(CASES, rows))

    assert b"".join(lines()).count(b"\r\n") == 2
    kept.hidden = True
    kept.save()
    assert [chunk for chunk in lines() if b"id,title" not in chunk] == []
    assert csv_rows(client, "/cases.csv") == []
