"""`/timeline/`: cases as the list has them, each with its public dated facts, on one line; on a case's page."""

import re

import pytest

from cases.models import Milestone
from tests import factories as make
from tests.web import page_ids

pytestmark = pytest.mark.django_db


def _fact(case, key: str, date: str, **fields):
    return Milestone.objects.create(initiative=case, key=key, date=date, event=f"Event {key}", **fields)


@pytest.fixture
def cases():
    x = make.make_theme("X")
    first = make.make_case("First", slug="first", themes=[x], started="2015")
    last = make.make_case("Last", slug="last", started="2019-06")
    make.make_case("Undated", slug="undated", themes=[x])
    draft = make.make_case("Draft", slug="draft", state="draft", started="2016")
    _fact(first, "b", "2018")
    _fact(first, "a", "198X")
    _fact(first, "hidden", "2017", hidden=True)
    _fact(last, "c", "2020-01")
    _fact(draft, "d", "2020")


@pytest.mark.usefixtures("cases")
def test_the_latest_start_comes_first_and_no_draft_or_hidden_fact_is_shown(client):
    assert page_ids(client, "", "/timeline/") == ["last", "first", "undated"]
    assert page_ids(client, "sort=-newest", "/timeline/") == ["first", "last", "undated"]
    assert page_ids(client, "theme=x", "/timeline/") == ["first", "undated"]
    html = client.get("/timeline/").content.decode()
    assert "Event hidden" not in html
    assert "Event d" not in html
    assert "The source gives no date." in html


@pytest.mark.usefixtures("cases")
def test_a_case_has_its_dates_in_order_and_as_marks_on_the_line_of_the_page(client):
    cards = {card.slug: card for card in client.get("/timeline/").context["page_obj"]}
    strip = cards["first"].strip
    assert [(fact.name, fact.when) for fact in strip.facts] == [
        ("1", "1980s"),
        ("start", "2015"),
        ("2", "2018"),
    ]
    assert len(strip.marks) == 3
    assert cards["last"].strip.axis == strip.axis
    assert not cards["undated"].strip.marks


@pytest.mark.usefixtures("cases")
def test_a_fact_leads_to_its_place_on_the_page_of_the_case(client):
    assert '<a href="/cases/first/#fact-b" lang="en">Event b</a>' in client.get("/timeline/").content.decode()
    page = client.get("/cases/first/").content.decode()
    assert 'id="fact-b"' in page
    assert page.index('id="fact-a"') < page.index('id="fact-b"')
    assert len(re.findall(r'class="strip__fact" x="[0-9.]+%"', page)) == 2
    assert len(re.findall(r'class="strip__start" x="[0-9.]+%"', page)) == 1
    assert 'role="img" aria-label="3 dates on a line of years' in page
    assert 'class="strip"' not in client.get("/cases/undated/").content.decode()


@pytest.mark.usefixtures("cases")
def test_the_starts_of_all_cases_stand_above_the_first_page_alone(client, monkeypatch):
    monkeypatch.setattr("cases.timeline.lists.Timeline.page_size", 2)
    [chart] = client.get("/timeline/").context["charts"]
    assert [(bar.value, bar.count) for bar in chart.years if bar.count] == [
        ("2015", 1),
        ("2019", 1),
        ("unknown", 1),
    ]
    assert client.get("/timeline/?page=2").context["charts"] == []


@pytest.mark.usefixtures("cases")
def test_years_and_dates_are_chinese_on_a_chinese_page(client):
    html = client.get("/zh-hans/timeline/").content.decode()
    assert '<span class="dated__when">2019年6月</span>' in html
    assert ">2015年</a>" in html
    assert '<span class="dated__number">启动</span>' in html


@pytest.mark.usefixtures("cases")
def test_words_are_searched_for_as_in_the_list(client):
    assert page_ids(client, "q=event", "/timeline/") == page_ids(client, "q=event", "/cases/")
    assert "zeppelin" in client.get("/timeline/?q=zeppelin").content.decode()


@pytest.mark.usefixtures("cases")
def test_a_page_takes_the_same_few_queries_however_many_cases_it_shows(client, django_assert_max_num_queries):
    client.get("/timeline/")
    for number in range(15):
        _fact(make.make_case(f"More {number}", started="2001"), "k", "2002")
    client.get("/timeline/?sort=title")
    with django_assert_max_num_queries(14):
        client.get("/timeline/")
