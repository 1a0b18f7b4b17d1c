"""Traditional and simplified Chinese characters find each other."""

import unicodedata

import pytest

from search import analysis
from search.suggestions import Typing
from tests.search.indexes import find, ids, snapshot_of, texts

LIBRARY = texts("广州的创新", "宁波 2016", "臺灣的紅樹林", "台湾", "Guangzhou", "皇后 and 以後")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("廣州", [0]),
        ("广州", [0]),
        ("創新", [0]),
        ("廣州創新", [0]),
        ("關於廣州", [0]),
        ("寧波", [1]),
        ('"寧波 2016"', [1]),
        ("红树林", [2]),
        ("臺灣 紅樹林", [2]),
        ("臺灣", [2, 3]),
        ("台灣", [2, 3]),
        ("台湾 -红树林", [3]),
        ("台湾 -紅樹林", [3]),
        ("以后", [5]),
        ("廈門", []),
    ],
)
def test_a_word_is_found_in_either_script(typed, found):
    assert ids(find(snapshot_of(LIBRARY), typed)) == found


def test_a_synonym_in_one_script_is_found_from_the_other():
    snapshot = snapshot_of(texts("wetlands", "濕地", "湿地公园"), [("wetland", "湿地")])
    for typed in ("wetland", "湿地", "濕地"):
        assert ids(find(snapshot, typed)) == [0, 1, 2]


def test_names_are_suggested_from_either_script():
    snapshot = snapshot_of(texts("广州"))
    assert Typing(snapshot, "廣州").names("case", "all", 5) == [0]
    assert Typing(snapshot, "廣").names("case", "all", 5) == [0]


def test_what_is_unknown_is_shown_as_it_was_typed():
    [meaning] = find(snapshot_of(LIBRARY), "廈門").meanings
    assert meaning.unknown == ["廈門"]


def test_each_character_stands_for_one_of_the_same_kind_and_that_for_itself():
    for code, simple in analysis.SIMPLIFIED.items():
        traditional = chr(code)
        assert analysis.HAN.fullmatch(traditional)
        assert analysis.HAN.fullmatch(simple)
        assert ord(simple) not in analysis.SIMPLIFIED
        assert unicodedata.normalize("NFKC", traditional + simple) == traditional + simple
    assert len(analysis.SIMPLIFIED) > 3_000


def test_places_in_a_text_stay():
    text = "關於 Ｇ 廣州 and 2,945 個"
    assert len(analysis.simplified(text)) == len(text)
    assert analysis.normal(text) == "关于 G 广州 and 2,945 个"


def test_thousands_of_marks_are_not_put_in_order():
    typed = "a" + "\u0301\u0316" * 5_000
    assert len(analysis.with_few_marks(typed)) == 31
    assert analysis.with_few_marks("é\u0301 z") == "é\u0301 z"
