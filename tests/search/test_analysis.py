import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import analysis
from tests.search.indexes import find, ids, snapshot_of, texts

# Letters given a meaning after the oldest Python we run on was made are left out: the engine may know them already.
KNOWN = st.characters(exclude_categories=["Cs", "Cn"], max_codepoint=sys.maxunicode)
MIXED = st.text(st.one_of(st.sampled_from("aZé.,-' 019\u0301海口ⅧA½"), KNOWN), max_size=30)


def _tokens(text: str) -> list[str]:
    return [token.text for token in analysis.tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2,945 and 128.7", ["2,945", "and", "128.7"]),
        ("10,100,000.50", ["10,100,000.50"]),
        ("in 2017, 3. end.", ["in", "2017", "3", "end"]),
        ("A.I. and U.S.A.", ["A.I.", "and", "U.S.A."]),
        ("low-carbon city's", ["low", "carbon", "city", "s"]),
        ("海口Haikou2019", ["海", "口", "Haikou2019"]),
        ("école naïve", ["école", "naïve"]),
        ("CO2 5G m²", ["CO2", "5G", "m²"]),
        ("snake_case", ["snake", "case"]),
        ("… -- %", []),
        ("", []),
    ],
)
def test_what_a_word_is(text, found):
    assert _tokens(text) == found


def test_tokens_say_where_they_stand():
    text = "The A.I. of 海口, 2,945 m"
    assert all(text[token.start : token.end] == token.text for token in analysis.tokens(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cities", "city"),
        ("ÉCOLE", "ecole"),
        ("naïve", "naive"),
        ("Straße", "strasse"),
        ("ＬＡＮＥ", "lane"),
        ("accounting", "accounts"),
    ],
)
def test_case_accents_and_endings_do_not_count(one, other):
    assert analysis.stem(one) == analysis.stem(other) != ""


def test_plain_words_keep_their_ending():
    assert analysis.plain("Cités") == "cites"
    assert analysis.plain("accounting") == "accounting"


def test_a_word_too_long_for_the_index_is_none():
    assert analysis.stem("x" * (analysis.LONGEST_TOKEN + 1)) == analysis.plain("x" * 5000) == ""
    assert analysis.stem("x" * (analysis.LONGEST_TOKEN - 1)) != ""


@pytest.mark.parametrize("typed", ["2,945", "128.7", "A.I.", "AI", "ai", "海口", "口海", "ecole", "ÉCOLE"])
def test_texts_are_found_by_what_stands_in_them(typed):
    snapshot = snapshot_of(
        texts(
            "2,945 people",
            "128.7 m",
            "The A.I. plan",
            "AI for all",
            "在海口市",
            "école",
            "29 45 128 7 口 a海 i",
        )
    )
    expected = {
        "2,945": [0],
        "128.7": [1],
        "A.I.": [2, 3],
        "AI": [2, 3],
        "ai": [2, 3],
        "海口": [4],
        "口海": [],
        "ecole": [5],
        "ÉCOLE": [5],
    }
    assert ids(find(snapshot, typed)) == expected[typed]


@settings(max_examples=1500, deadline=None)
@given(MIXED)
@example("e\u0301cole")
@example("हिन्दी")
@example("½ Ⅷ 3½,5")
@example("a\u200db")
@example("ª.º.")
def test_the_engine_and_python_find_the_same_words_in_any_text(text):
    wanted = [folded for token in _tokens(text) if (folded := _folded(token))]
    assert analysis.analyzers()["words"].analyze(text) == wanted


def _folded(token: str) -> str:
    return "".join(analysis.analyzers()["words"].analyze(token))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(categories=["Lu", "Ll", "Mn"], max_codepoint=0x24F), min_size=1, max_size=12))
def test_composed_and_decomposed_letters_are_one_word(text):
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    snapshot = snapshot_of(texts(composed, apart))
    for typed in (composed, apart):
        if _tokens(unicodedata.normalize("NFKC", typed)):
            assert ids(find(snapshot, f'"{typed}"')) == [0, 1], typed


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_analysed(text):
    for token in analysis.tokens(text):
        assert isinstance(analysis.stem(token.text), str)
        assert isinstance(analysis.plain(token.text), str)
