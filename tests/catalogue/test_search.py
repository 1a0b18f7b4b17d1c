"""The site-wide search: `/search/` and `/search.json`."""

import json
import re
from urllib.parse import quote_plus

import pytest
from django.urls import reverse
from django.utils.html import escape

from catalogue import search as site
from cities.models import Alliance, City, Plan
from declarations.models import Article, Declaration
from search.service import Building
from search.understanding import MOST_WORDS
from tests.factories import PUBLISHED, make_case, make_city, make_source
from tests.web import json_of

pytestmark = pytest.mark.django_db
TYPES = ["case", "city", "declaration", "article", "alliance", "plan"]


@pytest.fixture
def everything():
    """One public thing of each kind that holds the word "harbour"."""
    city = make_city("Ningbo", name_local="宁波", other_names="Harbour of the Waves")
    source = make_source(full_text_public=True)
    make_case("The old harbour", city=city, summary="A harbour <i>cleaned</i> with dredgers.")
    pact = Declaration.objects.create(
        slug="harbour-pact",
        title="Harbour Pact",
        city=city,
        source=source,
        state=PUBLISHED,
        digest="We agree.",
    )
    for number in (1, 2):
        Article.objects.create(
            declaration=pact,
            number=number,
            number_as_printed=f"{number}.",
            heading="Open the harbour" if number == 2 else "Share",
            digest="Ships of all nations" if number == 2 else "what we know",
            source=source,
        )
    Alliance.objects.create(
        slug="harbour-cities", name="Harbour Cities", source=source, state=PUBLISHED, digest="Ports."
    )
    Plan.objects.create(
        slug="harbour-plan",
        title="Harbour Plan",
        city=city,
        source=source,
        state=PUBLISHED,
        digest="More trade.",
    )
    return city


def test_every_kind_is_found_and_each_hit_has_its_keys(client, everything):
    data = json_of(client, "/search.json?q=harbour")
    by_type = {hit["type"]: hit for hit in data["results"]}
    assert sorted(by_type) == sorted(TYPES)
    for hit in data["results"]:
        assert set(hit) == {"type", "slug", "city", "title", "url", "score", "highlights"}
        assert hit["url"].startswith("http://testserver/")
        assert client.get(hit["url"].partition("testserver")[2].partition("#")[0]).status_code == 200
    scores = [hit["score"] for hit in data["results"]]
    assert scores == sorted(scores, reverse=True)
    assert by_type["case"]["slug"] == "ningbo-the-old-harbour"
    assert {by_type[kind]["city"] for kind in ("case", "city", "article", "declaration", "plan")} == {
        "Ningbo"
    }
    assert by_type["alliance"]["city"] is None


def test_an_article_leads_to_its_place_and_its_slug_is_what_the_filter_of_cases_takes(client, everything):
    hits = {hit["slug"]: hit for hit in json_of(client, "/search.json?q=harbour&type=article")["results"]}
    assert set(hits) == {"harbour-pact:1", "harbour-pact:2"}  # the first by the title of its declaration
    hit = hits["harbour-pact:2"]
    assert hit["url"].endswith("/declarations/harbour-pact/#article-2")
    assert client.get("/cases.json", {"article": hit["slug"]}).status_code == 200


def test_the_types_are_counted_and_several_mean_or(client, everything):
    data = json_of(client, "/search.json?q=harbour")
    assert data["types"] == dict.fromkeys(TYPES, 1) | {"article": 2}
    narrowed = json_of(client, "/search.json?q=harbour&type=city&type=plan")
    assert {hit["type"] for hit in narrowed["results"]} == {"city", "plan"}
    assert narrowed["types"] == data["types"]
    groups = client.get("/search/?q=harbour&type=city").context["groups"]
    assert {value.value: value.count for value in groups[0].values} == data["types"]
    assert [value.value for value in groups[0].values if value.selected] == ["city"]


def test_a_count_is_what_choosing_its_type_gives_also_where_only_most_words_are_held(client, everything):
    for query in ("harbour+dredgers", "harbour+dredgers+zeppelin+trade", "harbour+ships"):
        types = json_of(client, f"/search.json?q={query}")["types"]
        for kind, count in types.items():
            assert json_of(client, f"/search.json?q={query}&type={kind}")["count"] == count, (query, kind)


def test_highlights_are_segments_and_the_page_escapes_them(client, everything):
    [hit] = json_of(client, "/search.json?q=harbour&type=case")["results"]
    assert hit["highlights"]["title"] == [
        {"text": "The old ", "marked": False},
        {"text": "harbour", "marked": True},
    ]
    [snippet] = hit["highlights"]["snippets"]
    assert "".join(segment["text"] for segment in snippet["segments"]).startswith("A harbour <i>cleaned</i>")
    html = client.get("/search/?q=harbour&type=case").content.decode()
    assert "A <mark>harbour</mark> &lt;i&gt;cleaned&lt;/i&gt;" in html


def test_a_misspelling_in_quotation_marks_is_asked_about_and_the_link_searches_for_what_is_meant(
    client, everything
):
    address = "/search/?q=the+%E2%80%9Charbuor%E2%80%9D&type=case"
    understood = json_of(client, address.replace("/search/", "/search.json"))["understood"]
    assert (understood["offers"], understood["corrections"]) == ({"harbuor": "harbour"}, {})
    page = client.get(address).content.decode()
    [link] = re.findall(r'data-offer="harbuor">Did you mean: <a href="([^"]+)"', page)
    data = json_of(client, link.replace("/search/", "/search.json").replace("&amp;", "&"))
    assert [hit["slug"] for hit in data["results"]] == ["ningbo-the-old-harbour"]
    assert "data-offer" not in client.get("/search/?q=%22harbour%22").content.decode()
    assert "您要找的是不是" in client.get(f"/zh-hans{address}").content.decode()


def test_a_district_finds_its_city_and_the_reason_names_it(client, everything):
    everything.divisions = "海曙区, Haishu District, 海曙, Haishu"
    everything.save()
    hits = {hit["type"]: hit for hit in json_of(client, "/search.json?q=海曙")["results"]}
    assert {"case", "city", "plan"} <= set(hits)
    for kind in ("case", "city", "plan"):
        [reason] = hits[kind]["highlights"]["reasons"]
        named = "海曙区, Haishu District"
        assert reason == {"why": "division", "found": "Ningbo", "typed": "海曙", "named": named}


@pytest.mark.parametrize("text", ["😀", '""', "—", "!?"])
def test_a_query_without_any_word_is_refused_with_a_message_and_never_answered_with_nothing(
    client, everything, text
):
    said = f"“{text}” in “q” holds no word to search for. Type letters, numbers or Chinese characters."
    for address in ("/cases.json", "/search.json"):
        response = client.get(address, {"q": text})
        assert response.status_code == 400
        assert json.loads(response.content) == {"error": said}
    response = client.get("/cases.csv", {"q": text})
    assert (response.status_code, response.content.decode()) == (400, said + "\n")
    for address in ("/cases/", "/search/"):
        response = client.get(address, {"q": text})
        assert response.status_code == 200
        assert escape(said) in response.content.decode()


def test_near_holds_only_some_of_the_words(client, everything):
    data = json_of(client, "/search.json?q=harbour+dredgers")
    assert [hit["type"] for hit in data["results"]] == ["case"]
    assert len(data["near"]) >= 5
    assert json_of(client, "/search.json?q=harbour+dredgers&near=2")["near"] == data["near"][:2]
    response = client.get("/search/?q=harbour+dredgers")
    assert response.context["count"] == 1
    assert len(response.context["near"]) == len(data["near"])


def test_twenty_a_page(client, everything):
    for number in range(25):
        make_case(f"Harbour {number}")
    data = json_of(client, "/search.json?q=harbour")
    assert (len(data["results"]), data["page"], data["pages"]) == (20, 1, 2)
    second = json_of(client, "/search.json?q=harbour&page=2")
    assert len(second["results"]) == data["count"] - 20
    keys = [(hit["type"], hit["slug"]) for hit in data["results"] + second["results"]]
    assert len(set(keys)) == data["count"]
    assert client.get("/search/?q=harbour&page=2").context["page_obj"].number == 2
    assert client.get("/search/?q=harbour&page=9").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "type=theme",
        "q=harbour&type=Case",
        "q=%00",
        "q=" + "x" * 10_001,
        "q=%21%21",
        "q=harbour&near=201",
        "q=harbour&page=x",
        "q=harbour&page=99",
        "q=harbour&page=0",
    ],
)
def test_a_bad_value_gives_no_rows_a_message_and_400(client, everything, query):
    answer = client.get(f"/search.json?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]
    page = client.get(f"/search/?{query}")
    assert page.status_code == (404 if "page=" in query else 200)
    assert b'class="row"' not in page.content


def test_without_words_there_is_nothing_to_find_and_nothing_wrong(client, everything):
    assert json_of(client, "/search.json")["results"] == []
    assert json_of(client, "/search.json?q=+&unknown=1")["count"] == 0
    html = client.get("/search/").content.decode()
    assert "data-no-match" not in html
    assert "Type a word" in html


def test_what_was_understood_is_said(client, everything):
    data = json_of(client, "/search.json?q=dredgrs")
    assert data["understood"]["corrections"] == {"dredgrs": "dredgers"}
    html = client.get("/search/?q=dredgrs").content.decode()
    assert "Nothing here holds “dredgrs”." in html
    assert "/search/?q=%22dredgrs%22" in html
    data = json_of(client, "/search.json?q=harbour+zeppelin")
    assert data["understood"] == {
        "corrections": {},
        "all_words": False,
        "unknown": ["zeppelin"],
        "left_out": 0,
    }


def test_a_long_text_is_answered_and_what_was_left_out_is_said(client, everything):
    typed = "harbour " * 1_000 + "zeppelin"
    data = json_of(client, "/search.json?q=" + quote_plus(typed))
    assert data["understood"]["left_out"] == 1_001 - MOST_WORDS
    assert data["count"] == json_of(client, "/search.json?q=harbour")["count"]
    for prefix, said in (("", "The last 937 words were left out"), ("/zh-hans", "已略去最后 937 个词")):
        response = client.get(f"{prefix}/search/?q=" + quote_plus(typed))
        html = response.content.decode()
        assert (response.context["count"], said in html) == (data["count"], True)
        assert response.context["searches"][0]["values"] == [typed]
        assert max(map(len, re.findall(r'(?:href|action)="([^"]*)"', html))) < 16_000


def test_no_match_says_what_to_try(client, everything):
    html = client.get("/search/?q=zeppelin").content.decode()
    assert "data-no-match" in html
    assert "Without “Kind”" not in html
    html = client.get("/search/?q=dredgers&type=plan").content.decode()
    assert re.search(r'<a href="/search/\?q=dredgers"[^>]*>Without “Kind”: Plans</a>', html)


def test_drafts_are_found_by_no_kind(client, everything):
    assert json_of(client, "/search.json?q=harbour")["count"] >= 6
    City.objects.update(state="draft")
    types = json_of(client, "/search.json?q=harbour")["types"]
    assert {kind for kind, count in types.items() if count} == {"declaration", "article", "alliance"}
    hits = json_of(client, "/search.json?q=harbour")["results"]
    assert {hit["city"] for hit in hits} == {None}
    assert "Ningbo" not in client.get("/search/?q=harbour").content.decode()
    Declaration.objects.update(state="draft")
    Alliance.objects.update(state="draft")
    data = json_of(client, "/search.json?q=harbour")
    assert (data["count"], data["near"]) == (0, [])


def test_while_the_index_is_built(client, everything, monkeypatch):
    def building():
        raise Building

    monkeypatch.setattr(site, "snapshot", building)
    answer = client.get("/search.json?q=harbour")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    html = client.get("/search/?q=harbour").content.decode()
    assert "data-building" in html
    assert "data-no-match" not in html


def test_every_page_has_a_field_that_leads_to_the_search(client, everything):
    for address in ("/", "/cases/", "/nowhere/", "/search/?q=harbour", everything.get_absolute_url()):
        html = client.get(address).content.decode()
        assert re.search(r'<form class="site-search" action="/search/" role="search"', html), address
        assert "suggest.js" in html
    assert 'action="/zh-hans/search/"' in client.get("/zh-hans/").content.decode()


def test_the_json_is_the_same_whatever_the_language_of_the_reader(client, everything):
    data = json_of(client, reverse("search_data", args=["json"]) + "?q=harbour")
    again = client.get("/search.json?q=harbour", headers={"accept-language": "zh-hans"})
    assert json.loads(again.content) == data
    html = client.get("/zh-hans/search/?q=harbour").content.decode()
    assert "检索整个目录" in html
    assert 'href="/zh-hans/declarations/harbour-pact/#article-2"' in html


def test_readers_get_no_cookie(client, everything):
    for address in ("/search/?q=harbour", "/search.json?q=harbour", "/search/suggest.json?q=har"):
        assert not client.get(address).cookies
