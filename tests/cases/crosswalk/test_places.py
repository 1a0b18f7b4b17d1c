"""Answers on the page and in the JSON of a case, and of a declaration."""

import pytest

from declarations.pages import IN_DOCUMENT, LISTED
from tests import factories as make
from tests.web import json_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    source = make.make_source("collection", short_title="Collection")
    make.make_declaration("Pact", 2, adopted="2016")
    make.make_declaration("Older", 1, adopted="2012")
    case = make.make_case("A park", slug="park", city=make.make_city("Xiamen"))
    make.answer(case, "pact:1", reason="Trees stand there.", editor="Li Wei", source=source, lines="3-4; 7")
    make.answer(case, "older:1", basis="stated", reason="It says so.", source=source, lines="5")
    make.answer(case, "pact:2", reason="Hidden one.", hidden=True)
    return case


def test_a_case_lists_what_it_answers_to_with_reason_lines_basis_and_editor(client, case):
    html = client.get("/cases/park/").content.decode()
    section = html[html.index('id="answers"') :]
    assert section.index('id="answer-older-1"') < section.index('id="answer-pact-1"')
    for said in (
        "Trees stand there.",
        "Li Wei",
        "(editors of the catalogue)",
        "inferred by an editor",
        "stated by the source",
        "lines 3-4; 7",
    ):
        assert said in section
    assert "Hidden one." not in html
    assert 'href="/declarations/pact/#article-1"' in section
    assert 'href="#answers"' in html


def test_so_does_its_document(client, case):
    assert json_of(client, "/cases/park.json")["answers"] == [
        {
            "declaration": "older", "article": 1, "article_heading": "To do 1", "basis": "stated",
            "reason": "It says so.", "source": "collection", "lines": "5", "editor": "editors of the catalogue",
        },
        {
            "declaration": "pact", "article": 1, "article_heading": "To do 1", "basis": "inferred",
            "reason": "Trees stand there.", "source": "collection", "lines": "3-4; 7", "editor": "Li Wei",
        },
    ]  # fmt: skip
    assert json_of(client, "/cases/park.json")["articles"] == ["older:1", "pact:1"]


def test_an_article_lists_its_cases_and_says_where_there_is_none(client, case):
    html = client.get("/declarations/pact/").content.decode()
    first, second = html.split('id="article-2"')
    assert 'href="/cases/park/#answer-pact-1"' in first
    assert "Trees stand there." in first
    assert 'href="/cases/?article=pact:1"' in first
    assert "No case in the catalogue has been found to answer to it." in second
    articles = json_of(client, "/declarations/pact.json")["articles"]
    assert [len(article["cases"]) for article in articles] == [1, 0]
    assert articles[0]["cases"][0] == {
        "case": "park", "title": "A park", "city": "Xiamen", "basis": "inferred", "reason": "Trees stand there.",
        "source": "collection", "lines": "3-4; 7", "editor": "Li Wei",
    }  # fmt: skip


def test_an_article_with_very_many_cases_lists_some_and_leads_to_all(client, case):
    for number in range(LISTED):
        make.answer(make.make_case(f"Case {number:02}", city=case.city), "pact:1")
    html = client.get("/declarations/pact/").content.decode()
    assert html.count("<li data-case=") == LISTED
    assert "There are more: all of them as a list of cases" in html
    for number in range(IN_DOCUMENT):
        make.answer(make.make_case(f"More {number:03}", city=case.city), "pact:1")
    article = json_of(client, "/declarations/pact.json")["articles"][0]
    assert (len(article["cases"]), article["more_cases"]) == (IN_DOCUMENT, True)
    assert client.get("/crosswalk/?article=pact:1").context["link_count"] == 1 + LISTED + IN_DOCUMENT


def test_a_draft_case_stands_under_no_article(client, case):
    case.state = "draft"
    case.save()
    assert "Trees stand there." not in client.get("/declarations/pact/").content.decode()
    assert json_of(client, "/declarations/pact.json")["articles"][0]["cases"] == []


@pytest.mark.parametrize(
    ("kinds", "is_both"),
    [
        (("evolutionary", "revolutionary"), True),
        (("evolutionary",), False),
        (("revolutionary", "incremental"), False),
    ],
)
def test_a_case_that_claims_both_says_so(client, kinds, is_both):
    make.make_case("Both", slug="both", city=make.make_city("B"), novelty=kinds)
    assert ("Both evolutionary and revolutionary" in client.get("/cases/both/").content.decode()) is is_both
