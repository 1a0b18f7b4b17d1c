"""Words written together or apart find each other."""

import pytest

from search.engine import Wanted
from search.models import Synonym
from search.service import snapshot
from search.spacing import respaced
from search.understanding import parse
from tests.factories import make_case, make_city

WORDS = {
    "hong",
    "kong",
    "shijiazhuang",
    "zhangyuan",
    "jing",
    "an",
    "ha",
    "erbin",
    "erh",
    "pin",
    "office",
    "of",
    "fice",
    "water",
}
WORDS |= {"co", "operation", "cooperation", "re", "st", "rest"}
WORDS |= {"sdg14", "sdg", "14", "20", "23"}
PHRASES = {
    ("hong", "kong"),
    ("jing", "an"),
    ("ha", "erbin"),
    ("co", "oper"),
    ("re", "st"),
    ("of", "fice"),
    ("ha", "erh", "pin"),
    ("of", "erh", "pin"),
}


def forms(text):
    """What each typed part may also be, by its text."""

    def holds(stems):
        return int(stems in PHRASES if len(stems) > 1 else True)

    found = respaced(parse(text).wanted, WORDS.__contains__, holds)
    return {part.text: {form.shown for form in forms} for part, forms in found.items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Hongkong", {"Hongkong": {"hong kong"}}),
        ("Shi jia zhuang", {part: {"shijiazhuang"} for part in ("Shi", "jia", "zhuang")}),
        ("Zhang-yuan", {"Zhang yuan": {"zhangyuan"}}),
        ("water in Zhang Yuan", {part: {"zhangyuan"} for part in ("Zhang", "Yuan")}),
        ("Jingan", {"Jingan": {"jing an"}}),
        ("ha er bin", {"ha": {"ha erbin"}, "er": {"ha erbin", "erbin"}, "bin": {"ha erbin", "erbin"}}),
        ("Haerhpin", {"Haerhpin": {"ha erh pin"}}),
        ("oferhpin", {}),
        ("haerh", {}),
        ("office", {}),
        ("cooperation", {"cooperation": {"co operation"}}),
        ("co-operation", {"co operation": {"cooperation"}}),
        ("co operation", {"co": {"cooperation"}, "operation": {"cooperation"}}),
        ("rest", {}),
        ("Hā ěrbīn", {}),
        ("Jīngān", {"Jīngān": {"jing an"}}),
        ("20 23", {}),
        ("SDG 14", {"SDG": {"sdg14"}, "14": {"sdg14"}}),
        ('"Hongkong"', {}),
        ("香港", {}),
        ("hong kong", {}),
        ("x" * 70, {}),
    ],
)
def test_forms(typed, expected):
    assert forms(typed) == expected


def found(text):
    hits = snapshot().find(Wanted(("case",), (text,)))
    return [id for id, _score in hits.best(0, 10)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["Hongkong", "HongKong", "hong kong", "Hong-Kong", "Zhang Yuan", "zhangyuan"]
)
def test_a_name_is_found_either_way(typed):
    case = make_case(title="The renewal of Zhangyuan", city=make_city("Hong Kong"))
    make_case(
        title="Another", city=make_city("Haikou"), summary="A zhang of silk for Yuan Mei, and a kong of jade"
    )
    assert found(typed)[0] == case.pk


@pytest.mark.django_db
def test_words_known_by_themselves_still_find_what_holds_them_apart():
    together = make_case(title="A waterfront", city=make_city("Xiamen"))
    apart = make_case(title="Water, and the front of a house", city=make_city("Haikou"))
    assert set(found("water front")) == {together.pk, apart.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["cooperation", "co-operation", "co operation"])
def test_a_word_finds_the_same_with_a_hyphen_and_without_its_synonyms_too(typed):
    Synonym.objects.create(words="cooperation\n合作", reason="English and Chinese.")
    cases = [
        make_case(title=title, city=make_city(city))
        for title, city in [("Cooperation", "Xiamen"), ("A co-operation", "Haikou"), ("国际合作", "Ningbo")]
    ]
    make_case(title="A company in operation", city=make_city("Bijie"))
    assert set(found(typed)) == {case.pk for case in cases}
