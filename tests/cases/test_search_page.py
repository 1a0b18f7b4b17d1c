"""What `/cases/?q=` says besides its rows: why they matched, how the words were understood, what is near."""

import re

import pytest
from django.test import Client

from cases.models import Milestone
from listing import indexed
from search.models import Synonym
from search.service import Building
from sources.models import SourceText
from tests.factories import make_case, make_city, make_section, make_source, make_theme
from tests.web import csv_rows, json_of, page_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def wetland():
    city = make_city("Haikou", name_local="海口")
    case = make_case(
        "Birds of the river",
        city=city,
        summary="A wetland for bee-eaters.",
        themes=(make_theme("Biodiversity"),),
    )
    make_section(case, "The mangroves were planted <b>again</b>.", heading="Measures")
    return case


def marks(html: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", html)


def page(client: Client, query: str, language: str = "") -> str:
    response = client.get(f"{language}/cases/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_title_is_marked_and_a_snippet_shows_the_place(client, wetland):
    html = page(client, "q=bird+mangrove")
    assert marks(html) == ["Birds", "mangroves"]
    assert "Measures: The <mark>mangroves</mark> were planted &lt;b&gt;again&lt;/b&gt;." in html


def test_without_words_nothing_is_marked_and_the_summary_shows(client, wetland):
    html = page(client, "")
    assert marks(html) == []
    assert "A wetland for bee-eaters." in html
    assert client.get("/cases/").context.get("understood") is None


@pytest.mark.parametrize(
    ("query", "label", "marked"),
    [
        ("q=海口", "City", "海口"),
        ("q=biodiversity", "Theme", "Biodiversity"),
        ("q=opening", "June 2016", "opening"),
    ],
)
def test_names_themes_and_dated_facts_say_what_they_are(client, wetland, query, label, marked):
    Milestone.objects.create(initiative=wetland, key="o", date="2016-06", event="opening of the park")
    html = page(client, query)
    assert f'<span class="snippet__label">{label}: </span>' in html
    assert marks(html) == [marked]


def test_the_printed_text_is_shown_where_nothing_else_matched(client, wetland):
    source = make_source(line_count=3, full_text_public=True)
    SourceText.objects.create(source=source, text="A head\nThe otters were counted at night.\nEnd")
    wetland.source, wetland.first_line, wetland.last_line = source, 1, 3
    wetland.save()
    assert "Printed text: </span>" in page(client, "q=otter")
    assert marks(page(client, "q=otter")) == ["otters"]
    source.full_text_public = False
    source.save()
    assert client.get("/cases/?q=otter").context["count"] == 0


def test_a_correction_is_said_with_a_way_back(client, wetland):
    html = page(client, "q=mangroove+river")
    assert "No case holds “mangroove”." in html
    assert "<strong>“mangroves”</strong>" in html or "<strong>“mangrove”</strong>" in html
    assert "for the typed “mangroove”" in html
    [link] = re.findall(r'href="([^"]+)" rel="nofollow">Search for “mangroove” as typed', html)
    assert link == "/cases/?q=%22mangroove%22+river"
    assert client.get(link).context["understood"].corrections == []


def test_a_synonym_is_said(client, wetland):
    Synonym.objects.create(words="swamp\nwetland", reason="for a test")
    html = page(client, "q=swamp")
    assert marks(html) == ["wetland"]
    assert "“wetland”: synonym of “swamp”" in html


def test_whether_all_the_words_are_held_or_most_of_them(client, wetland):
    assert "Each of these holds all the words." in page(client, "q=wetland+mangroves")
    html = page(client, "q=wetland+mangroves+zeppelin")
    assert "No case holds: “zeppelin”" in html
    if page_ids(client, "q=wetland+mangroves+zeppelin"):
        assert "No case holds all the words." in html
    assert "all the words" not in page(client, "q=wetland")


def test_a_word_that_only_other_things_hold_is_a_word_no_case_holds(client, wetland):
    make_city("Zanzibar")
    assert "No case holds: “Zanzibar”" in page(client, "q=wetland+Zanzibar")


def test_words_beyond_the_cap_are_counted(client, wetland):
    assert "The last 6 words were left out" in page(client, "q=" + "+".join("一二三四五六七八九十" * 7))


@pytest.fixture
def several():
    cases = [make_case(f"Water and birds {n}", summary="water birds") for n in range(3)]
    cases += [make_case(f"Water alone {n}", summary="water") for n in range(30)]
    make_case("Nothing of it")
    return cases


def test_near_matches_come_after_the_results_and_are_not_counted(client, several):
    response = client.get("/cases/?q=water+birds")
    assert response.context["count"] == 3
    assert len(response.context["page_obj"].object_list) == 3
    assert len(response.context["near"]) == 20
    html = response.content.decode()
    assert html.index(several[0].slug) < html.index("near-heading") < html.index(several[3].slug)
    assert 'href="/cases/?q=water+birds&amp;near=100"' in html
    more = client.get("/cases/?q=water+birds&near=100")
    assert len(more.context["near"]) == 30
    assert more.context["near_more_url"] == ""
    assert client.get("/cases/?q=water+birds&near=0").context["near"] == []


def test_near_matches_stand_on_the_last_page_only(client, several):
    assert client.get("/cases/?q=water").context["near"] == []
    for n in range(30):
        make_case(f"More water and birds {n}", summary="water birds")
    assert client.get("/cases/?q=water+birds").context["near"] == []
    assert len(client.get("/cases/?q=water+birds&page=2").context["near"]) == 20


def test_the_json_carries_near_and_the_csv_only_results(client, several):
    data = json_of(client, "/cases.json?q=water+birds")
    assert (data["count"], len(data["results"]), len(data["near"])) == (3, 3, 20)
    assert set(data["near"][0]) == set(data["results"][0])
    assert len(json_of(client, "/cases.json?q=water+birds&near=200")["near"]) == 30
    assert len(csv_rows(client, "/cases.csv?q=water+birds&near=200")) == 3
    assert "near" not in json_of(client, "/cases.json")


@pytest.mark.parametrize("value", ["201", "-1", "x", "1.5", "９", "1e2"])
def test_a_wrong_number_of_near_matches_is_refused(client, several, value):
    response = client.get("/cases/", {"q": "water", "near": value})
    assert response.context["count"] == 0
    assert "is not a number of near matches" in response.content.decode()
    assert client.get("/cases.json", {"q": "water", "near": value}).status_code == 400


def test_the_best_match_comes_first_and_other_orders_can_be_asked_for(client, several):
    options = client.get("/cases/?q=water").context["sort_options"]
    assert next(option for option in options if option["selected"])["value"] == "relevance"


def test_no_match_says_what_to_try(client, wetland):
    html = page(client, "q=zeppelin")
    assert "data-no-match" in html
    for words in ("Use fewer words", 'href="/themes/"', 'href="/search/?q=zeppelin"', "All cases"):
        assert words in html
    assert "Remove one of the filters" not in html
    assert "Remove one of the filters" in page(client, "q=zeppelin&city=haikou")


def test_while_the_index_is_built_the_page_says_so_and_programs_are_told_to_come_back(
    client, wetland, monkeypatch
):
    def building(index):
        raise Building

    monkeypatch.setattr(indexed, "snapshot", building)
    html = page(client, "q=wetland")
    assert "data-building" in html
    assert "The search index is being built." in html
    assert "data-no-match" not in html
    answer = client.get("/cases.json?q=wetland")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert page_ids(client, "") == [wetland.slug]


def test_drafts_are_neither_results_nor_near(client, several):
    for case in several:
        case.state = "draft"
        case.save()
    response = client.get("/cases/?q=water+birds")
    assert (response.context["count"], response.context["near"]) == (0, [])


def test_the_number_of_queries_does_not_grow_with_the_rows(client, several, django_assert_max_num_queries):
    client.get("/cases/?q=water+birds")
    with django_assert_max_num_queries(60):
        client.get("/cases/?q=water+birds&near=100")


def test_the_page_speaks_chinese(client, wetland):
    html = page(client, "q=mangroove", "/zh-hans")
    assert "没有案例包含“mangroove”" in html
    assert "按原样检索" in html
