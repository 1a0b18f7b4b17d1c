import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import spelling
from search.vocabulary import Vocabulary
from tests.search.indexes import find, ids, snapshot_of, texts

PAIRS = [
    ("colour", "color"),
    ("neighbourhood", "neighborhood"),
    ("labour", "labor"),
    ("organisation", "organization"),
    ("urbanised", "urbanized"),
    ("analyse", "analyze"),
    ("centre", "center"),
    ("metre", "meter"),
    ("catalogue", "catalog"),
    ("defence", "defense"),
    ("programme", "program"),
    ("travelling", "traveling"),
    ("modelled", "modeled"),
    ("ageing", "aging"),
    ("grey", "gray"),
    ("sulphur", "sulfur"),
    ("enrolment", "enrollment"),
    ("licence", "license"),
    ("tyres", "tires"),
]


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_british_and_american_words_find_each_other(british, american):
    snapshot = snapshot_of(texts(british, american, "something else"))
    assert ids(find(snapshot, british)) == ids(find(snapshot, american)) == [0, 1]


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("2,945", ["2945", "2 945"]),
        ("2945", ["2,945", "2 945"]),
        ("1,000,000.5", ["1000000.5"]),
        ("12345.6", ["12,345.6"]),
        ("A.I.", ["AI", "A.I"]),
        ("NGO", ["N.G.O", "N.G.O."]),
    ],
)
def test_numbers_and_abbreviations_in_their_other_writings(typed, others):
    assert spelling.variants(typed)[0] == typed
    assert set(others) <= set(spelling.variants(typed))


@pytest.mark.parametrize(("typed", "apart"), [("128.7", "1287"), ("945", "9,45"), ("2,945", "2945.0")])
def test_a_number_is_no_other_number(typed, apart):
    snapshot = snapshot_of(texts(f"{apart} m"))
    assert ids(find(snapshot, typed)) == []


WORDS = {
    "xiaosongtao": 1,
    "restoration": 5,
    "renewal": 9,
    "renewable": 2,
    "haikou": 3,
    "park": 40,
    "lane": 7,
}
VOCABULARY = Vocabulary(
    snapshot_of([each for word, count in WORDS.items() for each in texts(*[word] * count)])
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xiaosongtoa", "xiaosongtao"),
        ("restoratoin", "restoration"),
        ("RENWAL", "renewal"),
        ("hiakou", "haikou"),
        ("haiku0", ""),  # no word of letters
        ("prak", "park"),
        ("lnae", "lane"),
    ],
)
def test_a_misspelt_word_is_taken_for_the_one_meant(typed, meant):
    assert spelling.correction(typed, VOCABULARY) == meant


@pytest.mark.parametrize(
    "typed", ["paris", "land", "line", "bark", "housing", "colour", "color", "zeppelin", "ab"]
)
def test_words_of_english_and_short_ones_are_not_touched(typed):
    assert spelling.correction(typed, VOCABULARY) == ""


@pytest.mark.parametrize("typed", ["qwxyzzy", "aaaaaaaaaaaa", "bucephalusxx"])
def test_what_is_near_to_nothing_stays_unknown(typed):
    assert spelling.correction(typed, VOCABULARY) == ""


def test_nothing_is_near_in_an_empty_catalogue():
    assert spelling.correction("xiaosongtoa", Vocabulary(snapshot_of([]))) == ""


def test_a_correction_is_searched_for_and_told_and_a_phrase_is_left_alone():
    snapshot = snapshot_of(texts("The restoration of Xiaosongtao", "a park"))
    found = find(snapshot, "xiaosongtoa restoratoin")
    assert ids(found) == [0]
    assert found.meanings[0].corrections == [("xiaosongtoa", "xiaosongtao"), ("restoratoin", "restoration")]
    quoted = find(snapshot, '"xiaosongtoa"')
    assert (ids(quoted), quoted.meanings[0].corrections) == ([], [])
    assert quoted.meanings[0].unknown == ["xiaosongtoa"]


def test_a_word_the_catalogue_knows_is_never_corrected():
    snapshot = snapshot_of(texts("xiaosongtao", "xiaosongtoa"))
    assert ids(find(snapshot, "xiaosongtoa")) == [1]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30))
def test_any_word_has_variants_and_a_correction_or_none(word):
    assert spelling.variants(word)[0] == word
    assert spelling.correction(word, VOCABULARY) in {"", *WORDS}


@given(st.from_regex(r"[a-z]{1,16}", fullmatch=True))
def test_respelling_never_gives_the_word_itself(word):
    assert word not in spelling.respelt(word)
