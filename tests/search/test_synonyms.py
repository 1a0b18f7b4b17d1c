"""Words that find each other, in queries."""

import pytest

from search.engine import Wanted
from search.models import Synonym
from search.service import snapshot
from search.synonyms import spellings
from tests.factories import make_case, make_city

pytestmark = pytest.mark.django_db


def group(*words, only_typed=""):
    return Synonym.objects.create(words="\n".join(words), only_typed=only_typed, reason="They mean the same.")


def found(text):
    hits = snapshot().find(Wanted(("case",), (text,)))
    return [id for id, _score in hits.best(0, 10)]


def case(summary, **fields):
    return make_case(title="A case", city=make_city(), summary=summary, **fields).pk


def test_each_word_of_a_group_finds_the_others():
    elderly, bike = case("Services for the elderly"), case("A lane for bikes")
    group("elderly", "older people", "老年人")
    for typed in ("elderly", "older people", "老年人", "Older People"):
        assert found(typed) == [elderly]
    assert bike not in found("elderly")


def test_a_phrase_may_still_stand_apart():
    together, apart, other = case("Elderly care"), case("Old houses, and people"), case("Old houses")
    group("elderly", "old people")
    assert set(found("old people")) == {together, apart}
    assert other not in found("old people")


def test_what_is_only_typed_is_not_looked_for():
    bike, life = case("Lanes for bicycles"), case("The life cycle of a house")
    group("bicycle", "bike", only_typed="cycling")
    assert found("bike") == [bike]
    assert set(found("cycling")) == {bike, life}


def test_the_typed_word_comes_before_its_synonym_however_rare():
    typed = [case(f"Waste here and there, {n}") for n in range(8)]
    rare = case("Garbage, garbage and garbage")
    group("waste", "garbage")
    assert found("waste")[-1] == rare
    assert found("garbage")[0] == rare
    assert set(found("garbage")) == {rare, *typed}


def test_a_quoted_word_is_meant_to_the_letter():
    case("Garbage"), (waste := case("Waste"))
    group("waste", "garbage")
    assert found('"waste"') == [waste]


def test_a_change_works_in_the_next_search():
    bike = case("A bicycle")
    assert found("velocipede") == []
    made = group("bicycle", "velocipede")
    assert found("velocipede") == [bike]
    Synonym.objects.update(words="bicycle\ntwo-wheeler")
    assert found("velocipede") == []
    assert found("two-wheeler") == [bike]
    made.delete()
    assert found("two-wheeler") == []


def test_a_misspelt_word_has_the_synonyms_of_the_one_that_was_meant():
    elderly, older = case("The elderly"), case("Older residents")
    group("elderly", "older residents")
    assert found("elderlly") == [elderly, older]


def test_a_run_of_chinese_is_cut_into_the_words_that_are_known():
    birds = case("Birds of the wetland in 海口")
    group("wetland", "湿地")
    assert found("海口的湿地") == [birds]
    assert found("海口湿地") == [birds]
    assert found("比特币") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NGO", {("ngo",), ("ngos",), ("n.g.o",), ("n.g.o.",)}),
        ("public organisation", {("public", "organis"), ("public", "organiz")}),
        ("海绵城市", {("海", "绵", "城", "市")}),
    ],
)
def test_the_spellings_of_a_member(text, expected):
    assert set(spellings(text)) >= expected
