"""The pages about the site itself say what is so; pages without rows and errors lead on."""

import logging
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from catalogue.urls import ABOUT
from records.models import Publishable
from tests.factories import make_case, make_city, make_source
from tests.languages import of_sitemap

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PREFIXES = ["", "/zh-hans"]
LISTS = [
    *("cases", "cities", "themes", "declarations", "alliances", "plans", "sources", "outcomes", "notes"),
    *("unknowns", "partners", "places", "lessons", "targets", "members", "crosswalk"),
]


def page(client, address: str, **kwargs) -> str:
    return client.get(address, **kwargs).content.decode()


def test_where_the_forms_of_a_list_are_named_none_that_every_list_has_is_left_out():
    said = [
        words
        for template in (ROOT / "templates").rglob("*.html")
        for words in re.findall(r'"([^"]*\bCSV\b[^"]*\bJSON\b[^"]*)"', template.read_text(encoding="utf-8"))
    ]
    assert len(said) > 10
    assert [words for words in said if "XLSX" not in words] == []


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("name", ABOUT)
def test_each_page_about_the_site_is_led_to_from_every_page_and_from_the_sitemap(client, prefix, name):
    address = f"{prefix}/{name}/"
    assert client.get(address).status_code == 200
    footer = page(client, f"{prefix}/").partition("<footer")[2]
    assert f'href="{address}"' in footer
    assert address in of_sitemap(client)


def test_the_privacy_page_names_the_days_that_are_set(client, settings):
    settings.NOMINATION_DRAFT_DAYS, settings.NOMINATION_KEEP_DAYS = 7, 45
    said = page(client, "/privacy/")
    assert "deleted 7 days after it was last saved" in said
    assert "deleted 45 days after a letter was closed" in said
    assert "未提交的草稿在最后一次保存 7 天后删除" in page(client, "/zh-hans/privacy/")


def test_what_leads_nowhere_is_logged_without_who_asked(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/nowhere/?q=a+secret", REMOTE_ADDR="203.0.113.9", headers={"user-agent": "A browser"})
        client.get("/cases/?q=zeppelin", REMOTE_ADDR="203.0.113.9")
    assert "/nowhere/" in caplog.text
    for word in ("203.0.113.9", "A browser", "secret", "zeppelin"):
        assert word not in re.sub(r"(?m)^.*django\.(?:db|template).*$", "", caplog.text), word


def test_only_the_collection_is_kept_in_the_browser(client):
    for script in (ROOT / "static").glob("*.js"):
        text = script.read_text()
        if not script.name.startswith("admin"):
            assert "document.cookie" not in text, script.name
        assert "localStorage" not in text or script.name.startswith("collection"), script.name
        assert not re.search(r"https?://(?!www\.w3\.org)", text), script.name


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_licence_page_names_all_open_data(client, prefix):
    make_source("some-open-data", kind="open-data", title="Some open data", rights="CC0 1.0")
    said = page(client, f"{prefix}/licence/")
    for name in (
        "Some open data",
        "CC0 1.0",
        "GeoNames",
        "Natural Earth",
        "Open Chinese Convert",
        "divisions of China",
    ):
        assert name in said, name
    named = {
        "GeoNames",
        "EuroVoc",
        "GEMET",
        "Natural Earth",
        "Open Chinese Convert",
        "Administrative divisions of",
    }
    text = " ".join((ROOT / "LICENSE-DATA.md").read_text().split())
    assert {name for name in named if name in text} == named


# --- pages that have nothing to show


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ("published here yet", "No member is named")), ("/zh-hans", ("尚未发布", "尚未"))],
)
def test_a_list_of_an_empty_catalogue_says_so_and_leads_on(client, prefix, words, name):
    said = page(client, f"{prefix}/{name}/")
    assert "data-no-match" in said
    assert any(each in said for each in words)
    for place in (f'action="{prefix}/search/"', f'href="{prefix}/nominate/"'):
        assert place in said.partition("data-no-match")[2].partition("</form>")[0]


@pytest.mark.parametrize(("prefix", "words"), [("", "Without “"), ("/zh-hans", "去掉“")])
def test_filters_that_fit_nothing_together_can_be_dropped_one_by_one(client, prefix, words):
    make_case(city=make_city("Haikou", name_local="海口"), started="2019")
    make_case(city=make_city("Nanjing", name_local="南京"), started="2020")
    said = page(client, f"{prefix}/cases/?city=haikou&started=2020")
    offered = said.partition("data-no-match")[2].partition("</div>")[0]
    assert offered.count(words) == 2
    assert f'href="{prefix}/cases/?started=2020"' in offered
    assert f'href="{prefix}/cases/?city=haikou"' in offered


@pytest.mark.parametrize("prefix", PREFIXES)
def test_errors_within_the_site_offer_a_search_and_ways_on(client, prefix):
    gone = make_case()
    gone.state, gone.withdrawn_at = Publishable.State.WITHDRAWN, gone.updated_at
    gone.save()
    answers = {
        404: client.get(f"{prefix}/nowhere/"),
        405: client.post(f"{prefix}/about/"),
        410: client.get(f"{prefix}/cases/{gone.slug}/"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        main = answer.content.decode().partition("<main")[2]
        for place in (f"{prefix}/cases/", f"{prefix}/cities/", f"{prefix}/themes/"):
            assert f'href="{place}"' in main, (status, place)
    assert client.get(f"{prefix}/haikou-birds/").content.decode().count('value="haikou birds"') == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("template", ["400.html", "500.html", "403_csrf.html"])
def test_pages_of_last_resort_need_nothing_and_offer_a_search(language, template, django_assert_num_queries):
    with override(language), django_assert_num_queries(0):
        html = render_to_string(template)
    prefix = "" if language == "en" else "/zh-hans"
    assert f'action="{prefix}/search/"' in html
    assert f'href="{prefix}/cases/"' in html
    assert "/static/" not in html


def test_a_refused_value_is_named_in_the_language_of_the_page(client):
    assert "“atlantis” is not a known value of “city”." in page(client, "/cases/?city=atlantis")
    said = page(client, "/zh-hans/cases/?city=atlantis")
    assert "“城市”" in said
    assert "“city”" not in said
