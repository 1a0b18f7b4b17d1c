"""Suggestions while typing: the endpoint, and the script in a page."""

import json
import re
import time
from pathlib import Path

import pytest

from cases.models import Initiative
from catalogue import suggest
from search.models import Synonym
from search.service import Building
from tests.factories import make_case, make_city

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "suggest.js"


@pytest.fixture
def cases():
    haikou = make_city("Haikou", name_local="海口", other_names="Hoihow")
    make_city("Shanghai", name_local="上海")
    make_case("Wetland birds return", city=haikou, summary="Wetlands and waterways and water.")
    make_case("Water for Haikou", city=haikou, summary="water")


def suggestions(client, text: str, language: str = "") -> list[dict]:
    response = client.get(f"{language}/search/suggest.json", {"q": text})
    assert response.status_code == 200
    data = json.loads(response.content)
    assert data["q"] == text.lstrip()
    assert len(data["suggestions"]) <= 8
    return data["suggestions"]


def texts(client, text: str, kind: str) -> list[str]:
    return [each["text"] for each in suggestions(client, text) if each["type"] == kind]


def test_words_complete_the_last_one_the_frequent_first(client, cases):
    assert texts(client, "wat", "word") == ["water", "waterways"]
    assert texts(client, "Clean wat", "word") == ["Clean water", "Clean waterways"]
    assert texts(client, "wet", "word") == ["wetland"]  # one of a stem
    assert texts(client, "w", "word") == []
    assert texts(client, "wat ", "word") == []


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("spv", ["special purpose vehicle"]),
        ("Clean SPV", ["Clean special purpose vehicle"]),
        ("special purpose vehicle", ["SPV"]),
        ("spv ", []),
        ("特殊目的公司", []),
        ("ppp", []),  # no text has it, nor what it stands for
    ],
)
def test_a_word_that_has_synonyms_is_said_otherwise_in_the_same_script(client, cases, typed, suggested):
    Synonym.objects.create(words="SPV\nspecial purpose vehicle\n特殊目的公司", reason="Long form.")
    Synonym.objects.create(words="PPP\npublic-private partnership", reason="Long form.")
    make_case("A company", summary="It is an SPV.")
    assert texts(client, typed, "word") == suggested


def test_titles_of_cases_hold_every_word(client, cases):
    assert texts(client, "wetl", "case") == ["Wetland birds return"]
    assert texts(client, "birds wet", "case") == ["Wetland birds return"]
    assert texts(client, "birds wat", "case") == []
    assert texts(client, "birds ", "case") == ["Wetland birds return"]


@pytest.mark.parametrize("typed", ["hai", "hoih", "海", "海口", "Haikou"])
def test_cities_are_known_by_all_their_names_in_both_scripts(client, cases, typed):
    found = suggestions(client, typed)
    parts = [{"text": "Haikou", "lang": "en"}, {"text": "海口", "lang": "zh-Hans"}]
    assert {"type": "city", "text": "Haikou 海口", "url": "/cities/haikou/", "parts": parts} in found


@pytest.mark.parametrize("typed", ["hsia", "Hsia-m", "hsia-men", "Hsia men", "HSIAM", "ch'ing-t", "Ching ta"])
def test_names_in_syllables_are_known_however_they_are_written(client, typed):
    make_city("Harbour", other_names="Hsia-men\nCh'ing-tao")
    assert [each["text"] for each in suggestions(client, typed) if each["type"] == "city"] == ["Harbour"]


def test_a_city_is_not_suggested_once_more_as_a_word(client, cases):
    assert texts(client, "haik", "word") == []


def test_each_language_has_its_own_addresses(client, cases):
    assert suggestions(client, "haik", "/zh-hans")[0]["url"] == "/zh-hans/cities/haikou/"


def test_drafts_are_never_suggested_nor_their_words(client, cases):
    assert texts(client, "wetl", "word")
    Initiative.objects.update(state="draft")
    assert suggestions(client, "wetl") == []
    assert texts(client, "birds", "case") == []


@pytest.mark.parametrize(
    "typed",
    ["", " ", '"', "-", "((((", "a" * 10_000, "的" * 10_000, "water " * 1_600, "w* OR title:x", "1", "💧"],
)
def test_whatever_is_typed_has_an_answer(client, cases, typed):
    assert isinstance(suggestions(client, typed), list)


@pytest.mark.parametrize("typed", ["x" * 10_001, "a\0b"])
def test_what_cannot_be_searched_for_is_refused(client, cases, typed):
    assert client.get("/search/suggest.json", {"q": typed}).status_code == 400


@pytest.mark.parametrize("typed", ["ﷺ" * 5_000, "½" * 5_000, "ﷻ " * 5_000, "海" * 10_000, "a-" * 5_000])
def test_what_stands_for_very_many_letters_takes_no_longer_than_a_word(client, cases, typed):
    suggestions(client, "wat")
    took = time.process_time()
    assert suggestions(client, typed) == []
    assert time.process_time() - took < 1


def test_answers_are_asked_for_anew_and_are_the_same_for_everyone(client, cases):
    response = client.get("/search/suggest.json?q=wat")
    assert response["Cache-Control"] == "no-cache"
    assert "Cookie" not in response.get("Vary", "")


def test_while_the_index_is_built_there_are_none(client, cases, monkeypatch):
    def building():
        raise Building

    monkeypatch.setattr(suggest, "snapshot", building)
    assert suggestions(client, "wat") == []


def test_the_script_asks_no_other_host_and_writes_no_html():
    code = SCRIPT.read_text(encoding="utf-8")
    assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|document\.write|eval\(|cookie", code)


def test_pages_hold_no_script_of_their_own(client, cases):
    for address in ("/", "/cases/?q=water", "/search/?q=water"):
        html = client.get(address).content.decode()
        assert set(re.findall(r"<script[^>]*>([^<]*)</script>", html)) == {""}
        assert not re.search(r"\son\w+=|\sstyle=", html)
