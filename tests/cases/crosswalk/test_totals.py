"""Themes and cities against the articles: each number is that of the cases its address gives, by index and database."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings

from cases.crosswalk.lists import Totals
from cases.models import Initiative, Theme
from tests import factories as make
from tests.cases.crosswalk.test_differential import QUERIES, many  # noqa: F401 - a fixture
from tests.web import csv_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def themed(many):  # noqa: F811
    themes = [make.make_theme(f"T {n}", slug=f"t-{n}") for n in range(3)]
    for number, case in enumerate(Initiative.objects.order_by("pk")):
        for theme in themes[: number % 4]:
            make.link_theme(case, theme, hidden=number % 7 == 0)


@pytest.mark.usefixtures("themed")
def test_index_and_database_count_the_same_under_any_filters():
    @settings(max_examples=40, deadline=None, database=None)
    @given(QUERIES)
    def compare(query):
        asked = {name: values for name, values in query.items() if name != "sort"} | {"theme": ["t-0", "t-1"]}
        by_index = Totals().select(QueryDict(urlencode(asked, doseq=True)))
        by_database = Totals().select(QueryDict(urlencode(asked, doseq=True)))
        by_database.state = None
        assert by_index.number() == by_database.number()
        for name, value in (("theme", "t-0"), ("theme", "t-2"), ("city", "c-1")):
            facet = by_index.filters.facets[name]
            assert sorted(by_index.tally(name, facet), key=str) == sorted(
                by_database.tally(name, facet), key=str
            )
            counts = {article: n for article, n in by_index.answering(name, value).items() if n}
            assert counts == by_database.answering(name, value)

    compare()


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("by", ["theme", "city"])
@pytest.mark.parametrize("query", ["", "basis=stated", "declaration=pact-1&city=c-1", "theme=t-1"])
def test_each_number_is_that_of_the_cases_its_address_gives(client, by, query):
    context = client.get(f"/crosswalk/by-{by}/?{query}").context
    assert context["rows"]
    for row in context["rows"]:
        assert client.get(row.url).context["count"] == row.count
        for cell in row.cells[::3]:
            answers = csv_rows(client, cell.url.replace("/crosswalk/", "/crosswalk.csv"))
            assert cell.count == len(answers) == len({each["case"] for each in answers})
            assert (cell.level == 0) == (cell.count == 0)


@pytest.mark.usefixtures("themed")
def test_only_what_is_chosen_is_a_row_and_drafts_count_nowhere(client):
    rows = client.get("/crosswalk/by-theme/?theme=t-1").context["rows"]
    assert [row.value for row in rows] == ["t-1"]
    before = client.get("/crosswalk/by-theme/").context["rows"]
    case = make.make_case("draft", state="draft", themes=[Theme.objects.get(slug="t-0")])
    make.answer(case, "pact-0:1")
    assert [row.cells for row in client.get("/crosswalk/by-theme/").context["rows"]] == [
        row.cells for row in before
    ]


def test_cities_come_twenty_on_a_page_those_with_most_cases_first(client):
    make.make_declaration("Pact", 1)
    for number in range(23):
        make.answer(make.make_case(city=make.make_city(f"Town {number:02}")), "pact:1")
    make.answer(make.make_case("second", city=Initiative.objects.last().city), "pact:1")
    first = client.get("/crosswalk/by-city/").context
    assert (first["count"], first["case_count"], len(first["rows"])) == (23, 24, 20)
    assert (first["rows"][0].value, first["rows"][0].count) == ("town-22", 2)
    assert len(client.get("/crosswalk/by-city/?page=2").context["rows"]) == 3


def test_a_wrong_query_says_so_and_an_empty_catalogue_helps(client):
    wrong = client.get("/crosswalk/by-theme/?theme=nothing")
    assert wrong.context["rows"] == []
    assert "“nothing” is not a known value" in wrong.content.decode()
    assert "No case fits all of this." in client.get("/crosswalk/by-city/").content.decode()


@pytest.mark.usefixtures("themed")
def test_the_list_of_answers_is_filtered_by_theme_in_every_form(client):
    theme = Theme.objects.get(slug="t-2")
    expected = set(theme.initiative_links.filter(hidden=False).values_list("initiative__slug", flat=True))
    found = {row["case"] for row in csv_rows(client, "/crosswalk.csv?theme=t-2")}
    assert found
    assert found <= expected
    assert client.get("/crosswalk/?theme=t-2").context["count"] == len(found)
