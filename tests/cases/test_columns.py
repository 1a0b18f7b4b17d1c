import json

import pytest
from django.utils.text import slugify

from tests import factories as make
from tests.web import body_of, csv_rows, ids, json_of

pytestmark = pytest.mark.django_db

PROMISED = (
    *("id", "title", "city", "country", "programme", "started", "themes", "goals", "novelty", "summary"),
    *("url", "source", "first_line", "last_line"),
)


@pytest.fixture
def full():
    theme, other = make.make_theme("Road safety and walking", "道路安全"), make.make_theme("children")
    case = make.make_case(
        "A walk to school",
        slug="xiamen-a-walk",
        city=make.make_city("Xiamen", name_local="厦门"),
        programme=make.make_programme("Guangzhou Award"),
        themes=[theme, other],
        goals={11: "stated", 3: "inferred", 4: "stated"},
        novelty=("revolutionary", "evolutionary"),
        started="2017-06",
        summary="Children walk.",
        source=make.make_source("collection"),
        first_line=10,
        last_line=99,
    )
    make.link_theme(case, make.make_theme("Hidden link"), hidden=True)
    make.link_theme(case, make.make_theme("Hidden theme", hidden=True))
    make.claim_novelty(case, "incremental", hidden=True)
    make.make_declaration("Pact", 3)
    for number, is_hidden in ((2, False), (1, False), (3, True)):
        make.answer(case, f"pact:{number}", hidden=is_hidden)
    return case


@pytest.mark.usefixtures("full")
def test_the_promised_columns_come_first_and_hold_what_was_promised(client):
    [row] = csv_rows(client, "/cases.csv")
    assert tuple(row)[:14] == PROMISED
    assert row == {
        "id": "xiamen-a-walk",
        "title": "A walk to school",
        "city": "Xiamen",
        "country": "China",
        "programme": "Guangzhou Award",
        "started": "2017",
        "themes": "children; Road safety and walking",
        "goals": "3; 4; 11",
        "novelty": "evolutionary; revolutionary",
        "summary": "Children walk.",
        "url": "http://testserver/cases/xiamen-a-walk/",
        "source": "collection",
        "first_line": "10",
        "last_line": "99",
        "city_id": "xiamen",
        "country_code": "CN",
        "programme_id": "guangzhou-award",
        "theme_ids": "children; road-safety-and-walking",
        "goals_stated": "4; 11",
        "articles": "pact:1; pact:2",
    }


@pytest.mark.usefixtures("full")
def test_json_has_the_same_keys_lists_as_arrays_and_numbers_as_numbers(client):
    [row] = csv_rows(client, "/cases.csv")
    [document] = json_of(client, "/cases.json")["results"]
    assert list(document) == list(row)
    assert document["goals"] == [3, 4, 11]
    assert document["themes"] == ["children", "Road safety and walking"]
    assert (document["started"], document["first_line"]) == (2017, 10)


def test_what_is_not_stated_is_empty_and_null(client):
    make.make_case("a")
    [row] = csv_rows(client, "/cases.csv")
    [document] = json_of(client, "/cases.json")["results"]
    for name in ("started", "summary", "source", "first_line", "last_line"):
        assert (row[name], document[name]) == ("", None)
    for name in ("themes", "goals", "novelty", "theme_ids", "goals_stated", "articles"):
        assert (row[name], document[name]) == ("", [])


@pytest.mark.usefixtures("full")
def test_the_language_of_the_reader_changes_nothing(client):
    english = body_of(client.get("/cases.json"))
    for language in ("zh-hans", "zh-cn", "fr"):
        answer = client.get("/cases.json", headers={"Accept-Language": language})
        assert json.loads(body_of(answer)) == json.loads(english)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("column", "name"),
    [("city", "city"), ("country", "country"), ("programme", "programme"), ("themes", "theme")],
)
def test_the_slug_of_a_printed_name_is_the_value_of_its_filter(client, column, name):
    [row] = csv_rows(client, "/cases.csv")
    for printed in row[column].split("; "):
        assert ids(client, f"{name}={slugify(printed)}") == ["xiamen-a-walk"]


def test_every_column_says_what_it_holds():
    from cases.columns import CASES, THEMES

    for table in (CASES, THEMES):
        assert all(column.doc for column in table.columns)
        assert len(set(table.names)) == len(table.names)
