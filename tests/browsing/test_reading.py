"""How readers follow what they read to where it comes from, by keyboard alone, and what they are told on the way."""

import os
import re

import pytest

from tests.browsing.places import XIANNING
from tests.browsing.reader import Reader

DALIAN = "dalian-zhongshan-grid-governance"


@pytest.fixture
def reader(open_reader) -> Reader:
    return Reader(open_reader())


def test_a_doubtful_density_leads_to_its_source_check_and_to_the_line(reader):
    reader.open("/cities/bijie/")
    row = reader.page.get_by_role("row", name=re.compile(r"^Density \(people per km²\)")).first
    assert row.get_by_role("cell").nth(0).inner_text().startswith("4,080")
    assert row.get_by_role("cell").nth(1).inner_text() == "4, 080"
    reader.follow(re.compile("source check.*figures that do not fit each other.*high"), row)
    assert reader.headings(1) == ["Source check: figures that do not fit each other"]
    main = reader.page.get_by_role("main")
    assert "440.6" in main.inner_text() and "4, 080" in main.inner_text()
    reader.follow(re.compile(r"line(s.*)? .*376"), main)
    assert "/sources/guangzhou-award-6-collection/#line-" in reader.page.url
    if os.environ.get("SOURCES"):
        line = reader.page.locator("#line-376")
        assert "4, 080" in line.inner_text()


@pytest.mark.needs_sources
def test_the_printed_line_is_unfolded_beside_the_figure(reader):
    reader.open("/cities/bijie/")
    row = reader.page.get_by_role("row", name=re.compile(r"^Density \(people per km²\)")).first
    reader.unfold(row.get_by_role("group"))
    assert "4, 080" in row.get_by_role("blockquote").inner_text()


def test_an_article_names_the_cases_that_answer_it_with_their_reasons(reader):
    reader.open("/declarations/")
    reader.follow(re.compile("^Ningbo Initiative"), reader.page.get_by_role("main"))
    reader.follow("3. Build smart cities", reader.page.get_by_role("navigation", name="On this page"))
    assert reader.page.url.endswith("#article-3")
    answers = reader.page.get_by_role("group").filter(has_text="Cases that answer to this")
    article = answers.filter(has=reader.page.locator("a[href*='article=ningbo-initiative:3']"))
    reader.unfold(article)
    reasons = article.get_by_role("listitem")
    assert reasons.count() == 4
    assert all("inferred by an editor" in each for each in reasons.all_inner_texts())
    reader.follow("Smart Network Project", article)
    assert reader.page.url.endswith("/cases/dongguan-smart-network/#answer-ningbo-initiative-3")
    said = reader.page.locator("#answer-ningbo-initiative-3").inner_text()
    assert "shared across departments" in said


def test_a_case_is_cited_in_three_styles_and_taken_to_a_reference_manager(reader):
    reader.open(f"/cases/{DALIAN}/")
    reader.follow("Cite this", reader.page.get_by_role("navigation", name="On this page"))
    assert reader.page.url.endswith("#cite")
    styles = reader.page.locator("section.cite").get_by_role("term").all_inner_texts()
    for style in ("APA", "Chicago", "GB/T 7714"):
        assert any(style in each for each in styles), style
    reader.reach("link", "BibTeX", reader.page.locator("section.cite"))
    with reader.page.expect_download() as awaited:
        reader.press("Enter")
    assert awaited.value.path().read_text(encoding="utf-8").startswith("@")


def test_two_cases_are_compared_and_one_of_them_cited(reader):
    reader.open(f"/compare/?case={XIANNING}&case={DALIAN}")
    assert reader.headings(1) == ["Compare cases"]
    assert re.search(r"\d+ of \d+ rows differ", reader.told())
    table = reader.page.get_by_role("table").first
    headers = " ".join(table.get_by_role("columnheader").all_inner_texts())
    assert "Xianning" in headers or "Enhancing Traffic Safety" in headers
    reader.follow("Show only what differs")
    assert re.search(r"\d+ rows differ", reader.told())
    reader.follow(re.compile("^Cite this.*Enhancing Traffic Safety"))
    assert reader.page.url.endswith(f"/cases/{XIANNING}/#cite")
    assert "GB/T 7714" in reader.page.locator("section.cite").inner_text()


def test_the_language_is_switched_and_back_with_nothing_lost(reader):
    address = "/cases/?theme=urban-renewal&sort=-title"
    reader.open(address)
    english = reader.headings(2)
    reader.follow("简体中文")
    assert reader.page.url.endswith(f"/zh-hans{address}")
    assert reader.page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert reader.headings(1) == ["案例"]
    # Titles are kept in their own language, and say so to whoever reads them aloud.
    titles = reader.page.get_by_role("heading", level=2).filter(has=reader.page.locator("a[lang=en]"))
    assert [each.strip() for each in titles.all_inner_texts()] == english[:-1]
    reader.follow("English")
    assert reader.page.url.endswith(address)
    assert reader.headings(2) == english


def test_a_table_stays_a_table_on_a_phone_where_its_rows_are_blocks(open_reader):
    """What `display` makes of a row is nothing that a screen reader is told."""
    page, found = open_reader(360, 740), {}
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto("/cities/bijie/")
        table = page.get_by_role("table").first
        found[width] = [
            table.get_by_role(role).count() for role in ("row", "columnheader", "rowheader", "cell")
        ]
    assert found[360] == found[1280]
    assert min(found[360]) > 3


def test_the_list_of_contents_stays_in_reach_on_a_phone_and_covers_nothing_it_leads_to(open_reader):
    page = open_reader(360, 740)
    page.goto(f"/cases/{XIANNING}/")
    contents = page.get_by_role("navigation", name="On this page")
    page.evaluate("scrollTo(0, 9000)")
    foot = contents.bounding_box()
    assert foot["y"] == 0 and foot["height"] < 64
    read = page.get_by_role("heading", name="Outcomes").first
    before = read.bounding_box()["y"]
    contents.locator("summary").click()
    assert read.bounding_box()["y"] == before, "the page moved as the list opened"
    contents.get_by_role("link", name="Source checks").click()
    heading = page.get_by_role("heading", name=re.compile("^Source checks"))
    assert contents.get_by_role("link").count() == 0, "the list stayed open"
    assert foot["height"] <= heading.bounding_box()["y"] < 200


def test_without_a_script_the_list_of_contents_stays_where_it_is(open_reader):
    page = open_reader(360, 740, java_script_enabled=False)
    page.goto(f"/cases/{XIANNING}/#source-checks")
    contents = page.get_by_role("navigation", name="On this page")
    assert contents.bounding_box()["y"] < 0
    contents.locator("summary").click()
    heading = page.get_by_role("heading", name=re.compile("^Opening"))
    assert contents.bounding_box()["height"] > 400
    assert contents.bounding_box()["y"] + contents.bounding_box()["height"] < heading.bounding_box()["y"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_does_not_move_as_the_menu_opens(open_reader, width):
    page = open_reader(width, 740)
    page.goto("/crosswalk/")
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()["y"]
    page.locator(".site-nav__more > summary").click()
    assert heading.bounding_box()["y"] == before
