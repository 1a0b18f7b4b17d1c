"""Corrections from the catalogue's own words; what English or the map knows is left as typed."""

import time

import pytest

from search import spelling
from search.engine import Wanted
from search.meaning import MOST_CORRECTED
from search.service import snapshot
from search.vocabulary import Vocabulary
from tests.factories import make_case, make_city
from tests.search.indexes import find, snapshot_of, texts

WORDS = """
    government biodiversity wetland shijiazhuang mangrove mangroves environment neighbourhood xiamen community
    receive pedestrian traffic elderly sustainable development infrastructure partnership patent expressway lagoon
    guangzhou qingdao nanjing harbin fuzhou dongguan shanghai bijie dalian jaundice neonatal waterlogging drainage
    resilience heritage renewal regeneration governance participation transparency volunteers tourism technology
    innovation cooperation declaration alliance zhangyuan yundang ningbo park parks hangzhou hebei rich change
"""
VOCABULARY = Vocabulary(snapshot_of(texts(WORDS, WORDS)))
KNOWN_ELSEWHERE = """
    Paris kangaroo bitcoin airport Nairobi vaccine earthquake Zurich Zürich Quanzhou Huzhou Hefei Changde Canberra
    Changge Datian Dongshan Nanjiang Hengzhou Fuding Yuen Tuen Nanshan Heping Xixia Changhai Shaoshan Nanhui
    football blockchain desalination tram cab 12345 湿地 abc-def
"""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),
        ("biodiversty", "biodiversity"),
        ("wetlnd", "wetland"),
        ("shijiazuang", "shijiazhuang"),
        ("mangroove", "mangrove"),
        ("enviroment", "environment"),
        ("neighborhod", "neighbourhood"),
        ("xiamn", "xiamen"),
        ("comunity", "community"),
        ("recieve", "receive"),
        ("pedestrain", "pedestrian"),
        ("trafic", "traffic"),
        ("elderlly", "elderly"),
        ("sustainble", "sustainable"),
        ("developement", "development"),
        ("infrastucture", "infrastructure"),
        ("partnrship", "partnership"),
        ("patnet", "patent"),
        ("expresway", "expressway"),
        ("lagon", "lagoon"),
        ("Guanzhou", "guangzhou"),
        ("Qindao", "qingdao"),
        ("Nanjin", "nanjing"),
        ("Harbn", "harbin"),
        ("Fuzhuo", "fuzhou"),
        ("Dongguang", "dongguan"),
        ("Shangai", "shanghai"),
        ("Bijei", "bijie"),
        ("Dalain", "dalian"),
        ("jaundise", "jaundice"),
        ("waterloging", "waterlogging"),
        ("resiliance", "resilience"),
        ("govrnance", "governance"),
        ("technolgy", "technology"),
        ("allience", "alliance"),
        ("Zhangyuen", "zhangyuan"),
        ("Yundeng", "yundang"),
        ("hcange", "change"),
        ("voluntear", "volunteer"),  # texts speak of volunteers
    ],
)
def test_a_typo_is_taken_for_the_word_it_is_near(typed, meant):
    assert spelling.may_be_misspelt(typed)
    assert spelling.correction(typed, VOCABULARY) == meant


@pytest.mark.parametrize("typed", KNOWN_ELSEWHERE.split())
def test_what_is_known_elsewhere_is_left_as_typed(typed):
    assert spelling.correction(typed, VOCABULARY) == ""


def test_the_places_take_little_time_and_room():
    started = time.perf_counter()
    places = spelling._places.__wrapped__()
    assert time.perf_counter() - started < 0.5
    assert len(places) < 10_000


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('"Xiamne"', [("Xiamne", "xiamen")]),
        ('"wetlnd park"', [("wetlnd park", "wetland park")]),
        ('"wetlnd xiamen"', []),  # nothing holds that
        ('"wetland"', []),
        ('"Fuding"', []),
        ("wetlnd", []),
        ('"zzzz"', []),
        ('"wetlnds parks" "lagon" "canall"', [("wetlnds parks", "wetlands parks"), ("lagon", "lagoon")]),
    ],
)
def test_a_misspelling_in_quotation_marks_is_offered_and_not_corrected(typed, offered):
    library = snapshot_of(texts("A wetland park of wetlands", "Xiamen lagoon canal wetlands"))
    found = find(library, typed)
    assert list(found.meanings[0].offers) == offered
    assert not (offered and found.count)
    assert not (offered and found.meanings[0].corrections)


def test_what_is_two_letters_away_is_found_only_for_a_long_word():
    assert spelling.correction("gaurdnzhou", VOCABULARY) == ""
    assert spelling.correction("ugangzhu", VOCABULARY) == "guangzhou"
    assert spelling.correction("biodeversty", VOCABULARY) == "biodiversity"
    assert spelling.correction("parjj", VOCABULARY) == ""


def test_of_several_near_words_the_one_in_most_documents_is_meant():
    held = Vocabulary(snapshot_of(texts("canal", "banal canals canal", "canals", "canals")))
    assert spelling.correction("canala", held) == "canals"
    assert spelling.correction("canalxyz", held) == ""


def test_only_the_first_misspelt_words_of_a_text_are_corrected():
    typed = [f"{word}x" for word in WORDS.split()[: MOST_CORRECTED + 3]]
    found = find(snapshot_of(texts(WORDS)), " ".join(["zzyzx", *typed]))
    [meaning] = found.meanings
    assert [each for each, _meant in meaning.corrections] == typed[: MOST_CORRECTED - 1]
    assert meaning.unknown == ["zzyzx", *typed[MOST_CORRECTED - 1 :]]


@pytest.fixture
def case(db):
    make_case(title="Another", city=make_city("Haikou"), summary="Birds")
    return make_case(
        title="Neighbourhood organisation of a program",
        city=make_city("Xiamen"),
        summary="An NGO with A.I. found 2,945 grids on 128.7 hectares. SPVs. 湿地公园 and a licence for theatres. "
        "The bus traveled for SDG 14 to a livable town.",
    )


def found(text):
    hits = snapshot().find(Wanted(("case",), (text,)))
    return [id for id, _score in hits.best(0, 10)]


@pytest.mark.parametrize(
    "typed",
    [
        "neighborhood",
        "organization",
        "programme",
        "license",
        "theater",
        "AI",
        "A.I.",
        "ai",
        "NGO",
        "NGOs",
        "SPV",
        "2,945",
        "2945",
        "128.7",
        "湿地",
        "公园",
        '"2,945 grids"',
        "ngo",
        "buses",
        "travelled",
        "SDG14",
        "liveable",
        "XIAMEN",
        "Xiamen's",
        "grids -birds",
    ],
)
def test_the_same_word_spelt_otherwise(case, typed):
    assert found(typed) == [case.pk]


@pytest.mark.parametrize(
    "typed", ["GO", "PV", "945", "128", "28.7", '"grids 2,945"', "地湿", "grids -hectares", "lice"]
)
def test_not_inside_words_or_numbers(case, typed):
    assert found(typed) == []


def test_of_a_text_full_of_unknown_words_fewer_are_corrected():
    known = WORDS.split()
    snapshot = snapshot_of(texts(WORDS))
    for count, corrected in ((8, MOST_CORRECTED), (9, 2)):
        typed = [f"{known[n % len(known)]}{'xz'[n // len(known)]}" for n in range(count)]
        [meaning] = find(snapshot, " ".join(typed)).meanings
        assert len(meaning.corrections) == corrected
