"""`/collection/`: the cases an address names, as a list, as data, as citations, without a script or an account."""

import re

import bibtexparser
import pytest
import rispy
from django.conf import settings

from cases.collection.views import MOST
from records.models import FormerSlug
from tests.factories import make_case, make_city
from tests.staff import curator, step
from tests.web import body_of, csv_rows, json_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    city = make_city("Dale", latitude=1, longitude=2)
    make_case("Never asked for", city=city)
    return [make_case(name, city=city, summary="x") for name in ("Cedar", "Alder", "Birch")]


def query_of(cases):
    return "&".join(f"case={case.slug}" for case in cases)


def page(client, query, prefix=""):
    answered = client.get(f"{prefix}/collection/?{query}")
    return answered.status_code, answered.content.decode()


def shown(html):
    return re.findall(r'<li class="row" data-type="case" data-id="([^"]+)"', html)


def test_it_lists_the_cases_of_the_address_and_no_other_in_the_order_chosen(client, cases):
    query = query_of(cases)
    assert shown(page(client, query)[1]) == ["dale-alder", "dale-birch", "dale-cedar"]
    html = page(client, f"{query}&sort=-title")[1]
    assert shown(html) == ["dale-cedar", "dale-birch", "dale-alder"]
    assert '<input type="hidden" name="sort" value="-title">' in html


def test_the_exports_hold_exactly_these(client, cases):
    query = query_of(cases[:2])
    wanted = {"dale-alder", "dale-cedar"}
    assert {row["id"] for row in csv_rows(client, f"/collection.csv?{query}")} == wanted
    assert {row["id"] for row in json_of(client, f"/collection.json?{query}")["results"]} == wanted
    assert len(json_of(client, f"/collection.geojson?{query}")["features"]) == 2
    entries = bibtexparser.parse_string(body_of(client.get(f"/collection.bib?{query}")).decode()).entries
    assert {entry.key for entry in entries} == wanted
    references = rispy.loads(body_of(client.get(f"/collection.ris?{query}")).decode())
    assert {reference["title"] for reference in references} == {"Alder", "Cedar"}
    answered = client.get(f"/collection.xlsx?{query}")
    assert 'filename="collection.xlsx"' in answered["Content-Disposition"]


def test_the_page_links_each_export_of_exactly_these(client, cases):
    query = query_of(cases[:2])
    html = page(client, query, "/zh-hans")[1]
    for ending in ("csv", "json", "xlsx", "geojson", "bib", "ris"):
        assert f'href="/collection.{ending}?{query}"'.replace("&", "&amp;") in html


def test_an_empty_collection_explains_itself_and_exports_nothing(client, cases):
    status, html = page(client, "")
    assert status == 200
    assert "A collection holds the cases you want to keep together" in html
    assert shown(html) == []
    assert csv_rows(client, "/collection.csv") == []


def test_what_is_not_there_is_told_and_the_others_are_kept(client, cases):
    make_case("Draft", city=cases[0].city, state="draft")
    status, html = page(client, f"{query_of(cases)}&case=no-such&case=dale-draft")
    assert status == 200
    assert "There is no public case called: no-such, dale-draft." in html
    assert len(shown(html)) == 3
    assert 'data-gone="no-such dale-draft"' in html
    answered = client.get(f"/collection.csv?{query_of(cases)}&case=no-such")
    assert answered.status_code == 400
    assert "no-such" in body_of(answered).decode()


def test_what_was_withdrawn_says_when_and_why(client, cases):
    step(curator(), cases[0], "withdraw", "Counted twice.")
    status, html = page(client, query_of(cases))
    assert status == 200
    assert "Reason: Counted twice." in html
    assert len(shown(html)) == 2
    assert page(client, query_of(cases[:1]))[0] == 410
    assert client.get(f"/collection.bib?{query_of(cases)}").status_code == 410


def test_former_slugs_are_followed_and_told_to_the_script(client, cases):
    FormerSlug.objects.create(model="cases.initiative", slug="dale-old", object_id=cases[0].pk)
    html = page(client, "case=dale-old&case=dale-cedar")[1]
    assert shown(html) == ["dale-cedar"]
    assert 'data-moved="dale-old dale-cedar"' in html
    assert 'data-cases="dale-cedar"' in html


def test_one_can_be_left_out_without_a_script(client, cases):
    html = page(client, query_of(cases))[1]
    assert 'form="leave-out" name="without" value="dale-birch"' in html
    answered = client.get(f"/collection/?{query_of(cases)}&sort=-title&without=dale-birch")
    assert answered["Location"] == "/collection/?case=dale-cedar&case=dale-alder&sort=-title"
    answered = client.get("/zh-hans/collection/?case=dale-birch&without=dale-birch")
    assert answered["Location"] == "/zh-hans/collection/"


def test_one_can_be_added_by_name(client, cases):
    html = page(client, f"{query_of(cases[:1])}&find=alder")[1]
    assert 'href="/collection/?case=dale-cedar&amp;case=dale-alder"' in html


def test_the_ticked_cases_are_sent_to_the_comparison(client, cases):
    html = page(client, query_of(cases))[1]
    [form] = re.findall(r'<form method="get" action="/compare/">.*?</form>', html, re.S)
    assert re.findall(r'type="checkbox" name="case" value="([^"]+)"', form) == shown(html)


def test_it_holds_some_hundred_cases_twenty_a_page_and_names_those_beyond(client):
    city = make_city("Dale")
    made = [make_case(f"Case {number:03}", city=city) for number in range(MOST + 3)]
    query = query_of(made)
    html = page(client, query)[1]
    assert len(shown(html)) == 20
    assert "At most 200 cases are shown here. Left out: Case 200, Case 201, Case 202." in html
    assert len(html) < 400_000
    assert shown(page(client, f"{query_of(made[:MOST])}&page=10")[1])[-1] == "dale-case-199"
    assert len(csv_rows(client, f"/collection.csv?{query_of(made[:MOST])}")) == MOST
    assert "Up to 50 cases are written out here." in page(client, f"{query}&cite=apa")[1]


@pytest.mark.parametrize(
    ("style", "start"), [("apa", "Urban Innovation Catalogue."), ("gb", "URBAN"), ("chicago", "Urban")]
)
def test_its_cases_are_cited_in_each_style(client, cases, style, start):
    html = page(client, f"{query_of(cases)}&cite={style}")[1]
    [references] = re.findall(r'<ol class="cite__list" lang="en">(.*?)</ol>', html, re.S)
    every = re.findall(r"<li>(.*?)</li>", references, re.S)
    assert [re.search("Alder|Birch|Cedar", each)[0] for each in every] == ["Alder", "Birch", "Cedar"]
    assert all(each.startswith(start) for each in every)


def test_an_unknown_style_is_told(client, cases):
    assert "“mla” is not a known value of “cite”." in page(client, f"{query_of(cases)}&cite=mla")[1]


def test_it_is_kept_from_search_engines_and_has_one_address(client, cases):
    html = page(client, query_of(cases))[1]
    assert '<meta name="robots" content="noindex">' in html
    canonical = re.search(r'rel="canonical" href="([^"]+)"', html)[1]
    assert (
        canonical == "http://testserver/collection/?case=dale-alder&amp;case=dale-birch&amp;case=dale-cedar"
    )
    assert "noindex" not in page(client, "")[1]


@pytest.mark.parametrize("text", ["%00", "%ff", "\u202e", "x" * 900, "'; --", "a%20b"])
def test_no_input_breaks_it(client, cases, text):
    for name in ("case", "find", "cite", "sort"):
        assert page(client, f"case=dale-cedar&{name}={text}")[0] == 200
    assert client.get(f"/collection/?case={text}&without={text}").status_code == 302
    assert client.get(f"/collection.csv?case={text}").status_code == 400


def test_the_script_knows_how_many_it_holds():
    text = (settings.BASE_DIR / "static" / "collection.js").read_text(encoding="utf-8")
    assert f"MOST = {MOST};" in text
    assert len(text) < 4_096


def test_it_leaves_no_cookie(client, cases):
    answered = client.get(f"/collection/?{query_of(cases)}")
    assert not answered.cookies
