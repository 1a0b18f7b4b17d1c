"""A value that a filter does not know is refused with the question whether a known one alike was meant."""

import json
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.utils.html import escape

from cases.ledger.lists import OutcomeList
from cases.lists import CaseList
from listing import meant
from tests import factories as make
from tests.web import body_of

pytestmark = pytest.mark.django_db


def _meant(query: str, of=CaseList) -> list[list[str]]:
    """For each problem of a query, the values that may have been meant."""
    return [[term.value for term in each.meant] for each in of().select(QueryDict(query), "/cases/").problems]


@pytest.fixture
def catalogue():
    fuzhou = make.make_city("Fuzhou", name_local="福州", other_names="Foochow\nHokchew")
    hong_kong = make.make_city("Hong Kong")
    themes = [make.make_theme("Urban renewal"), make.make_theme("Public space")]
    programme = make.make_programme("Prize of Cities")
    for city in (fuzhou, hong_kong):
        make.make_case(f"Of {city.name}", city=city, themes=themes, programme=programme, goals=(13,))
    make.make_article(make.make_declaration("Guangzhou Declaration"), number=3)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("city=Fuzhou", "fuzhou"),
        ("city=%20FUZHOU%20", "fuzhou"),
        ("city=福州", "fuzhou"),
        ("city=foochow", "fuzhou"),
        ("city=Fuzhuo", "fuzhou"),
        ("city=Fúzhōu", "fuzhou"),
        ("city=Hong+Kong", "hong-kong"),
        ("city=hongkong", "hong-kong"),
        ("country=Chnia", "china"),
        ("theme=Urban Renewal", "urban-renewal"),
        ("theme=urban-renewel", "urban-renewal"),
        ("programme=prize of cities", "prize-of-cities"),
        ("novelty=Incremental", "incremental"),
        ("article=Guangzhou-Declaration:3", "guangzhou-declaration:3"),
    ],
)
def test_a_value_written_as_a_name_or_misspelt_is_asked_about(query, value):
    assert _meant(query) == [[value]]


@pytest.mark.usefixtures("catalogue")
def test_goals_are_found_by_their_names_and_lists_of_the_ledger_too():
    name = make.Goal.objects.get(number=13).name
    assert _meant(f"goal={name.upper()}") == [["13"]]
    make.make_outcome(make.make_case(), unit=make.make_unit("km"))
    assert _meant("status=Achieved&unit=KM&before_after=YES", OutcomeList) == [["achieved"], ["km"], ["yes"]]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "query", ["city=nowhere", "city=fu", "city=a%00b", "goal=99", "started=long+ago", "city=" + "fuzhou" * 20]
)
def test_what_is_like_nothing_is_asked_about_nothing(query):
    assert _meant(query) == [[]]


def test_a_few_alike_are_all_named_and_many_none():
    for slug in ("fuzhou", "fuzhou-jx", "fuzhou-3"):
        make.make_case(city=make.make_city("Fuzhou", slug=slug))
    assert _meant("city=FuZhou") == [["fuzhou", "fuzhou-3", "fuzhou-jx"]]
    make.make_case(city=make.make_city("Fuzhou", slug="fuzhou-4"))
    assert _meant("city=FuZhou") == [[]]


def test_what_readers_may_not_see_is_never_asked_about():
    make.make_city("Fuzhou", state="draft"), make.make_city("Hidden Place", hidden=True)
    assert _meant("city=Fuzhou&city=Hidden+Place") == [[], []]


@pytest.mark.usefixtures("catalogue")
def test_the_page_links_to_the_same_query_with_the_right_value(client):
    query = (
        "q=of&city=Fuzhou&city=hong-kong&theme=Public+space&sort=title&page=2&utm_source=a%26b&find_city=%3Cb"
    )
    html = client.get(f"/cases/?{query}").content.decode()
    message = html.partition('role="alert"')[2].partition("</div>")[0]
    assert 'Did you mean <a href="/cases/?' in message and ">fuzhou (Fuzhou)</a>?" in message
    address = message.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    asked = parse_qsl(query)
    assert parse_qsl(urlsplit(address).query) == [
        (name, "fuzhou" if value == "Fuzhou" else value) for name, value in asked
    ]
    for name, right in (("city=Fuzhou", "city=fuzhou"), ("theme=Public+space", "theme=public-space")):
        query = query.replace(name, right)
    assert "Did you mean" not in client.get(f"/cases/?{query.replace('page=2', '')}").content.decode()


def test_a_name_is_escaped_where_it_is_asked_about(client):
    make.make_case(city=make.make_city("<i>&Town", slug="itown"))
    html = client.get("/cases/?city=%3Ci%3E%26town").content.decode()
    assert escape("itown (<i>&Town)") in html and "<i>&" not in html


@pytest.mark.usefixtures("catalogue")
def test_the_question_is_asked_in_chinese_with_what_is_english_there(client):
    html = client.get("/zh-hans/cases/?city=Fuzhou").content.decode()
    assert 'href="/zh-hans/cases/?city=fuzhou" rel="nofollow">fuzhou（福州 Fuzhou）</a>' in html


@pytest.mark.usefixtures("catalogue")
def test_programs_are_asked_in_words(client):
    said = "“Fuzhou” is not a known value of “city”. Did you mean fuzhou (Fuzhou)?"
    assert body_of(client.get("/cases.csv?city=Fuzhou")).decode() == said + "\n"
    for address in ("/cases.json?city=Fuzhou", "/api/v1/cases/?city=Fuzhou"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert json.loads(body_of(answer) if answer.streaming else answer.content)["error"] == said


def test_two_thousand_cities_and_fifty_wrong_values_are_little_work(django_assert_max_num_queries):
    make.City.objects.bulk_create(
        make.City(slug=f"place-{number}", name=f"Place {number}", country="CN", state="published")
        for number in range(2_000)
    )
    query = "&".join(f"city=Nonexistent+town+{number}" for number in range(49)) + "&city=Place+7"
    assert len(_meant(query)) == 50
    started = time.perf_counter()
    with django_assert_max_num_queries(5):
        selection = CaseList().select(QueryDict("city=Place+7&" + query), "/cases/")
    assert time.perf_counter() - started < 2
    assert [term.value for term in selection.problems[0].meant] == ["place-7"]


def test_of_more_values_than_are_compared_the_slug_of_a_name_is_looked_up(monkeypatch):
    monkeypatch.setattr(meant, "MOST_COMPARED", 1)
    make.make_case(city=make.make_city("Hong Kong")), make.make_case(city=make.make_city("Fuzhou"))
    assert _meant("city=Hong+Kong&city=Fuzhuo") == [["hong-kong"], []]
