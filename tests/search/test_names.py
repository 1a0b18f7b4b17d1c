"""Cities by their names in syllables: together or apart, with hyphens and apostrophes or without; not by a syllable."""

import re

import pytest

from cases.models import Initiative
from cities.models import City
from search.analysis import BETWEEN, together
from search.engine import Wanted
from search.highlights import Highlighter, Passage
from search.service import snapshot
from tests.factories import make_case, make_city
from tests.search.indexes import find, snapshot_of, texts
from tests.search.relevance import everything

_MARK = re.compile(f"[{BETWEEN}]")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Hsia-men", "Hsiamen"),
        ("Ch'ing-tao", "Chingtao"),
        ("Shih-chia-chuang", "Shihchiachuang"),
        ("Xi’an", "Xian"),
        ("Hong Kong", "Hong Kong"),
        ("Fu-chou and Hsia-men", "Fuchou and Hsiamen"),
        ("Stratford-upon-Avon", "Stratford-upon-Avon"),
        ("Baden-Baden", "Baden-Baden"),
        ("L'Aquila", "L'Aquila"),
        ("St John's", "St John's"),
        ("海口", "海口"),
    ],
)
def test_what_parts_syllables_alone_is_left_out(name, written):
    assert together(name) == written


def spellings(name: str) -> set[str]:
    """The ways in which a romanised name may be typed."""
    plain, blank = _MARK.sub("", name), _MARK.sub(" ", name)
    found = {name, plain, name.replace("'", ""), plain.casefold(), plain.upper(), plain.replace("ü", "u")}
    # "Ha'erbin" apart is "Ha erbin"; a letter by itself ("Ch ing") is no syllable.
    return found | {name.replace("'", "").replace("-", " "), blank if "-" not in name else plain}


def of_city(typed: str) -> set[str]:
    """The cities whose cases come of a text."""
    hits = snapshot().find(Wanted(("case",), (typed,)))
    rows = Initiative.objects.filter(pk__in=[id for id, _score in hits.best(0, 1)])
    return set() if hits.is_partial else {each.city.slug for each in rows}


def test_every_spelling_of_every_name_finds_its_city(catalogue):
    missed = []
    with_cases = City.objects.public().filter(initiatives__state="published").distinct()
    for city in with_cases:
        names = [name for name in city.every_name if name.isascii() or "ü" in name]
        assert names
        missed += [
            (city.slug, typed) for name in names for typed in spellings(name) if of_city(typed) != {city.slug}
        ]
    assert with_cases.count() > 10
    assert missed == []


@pytest.mark.parametrize("typed", ["Ha", "Ta", "Lu", "Tung", "Chou", "Hsia", "Nanning", "Jinan", "Hankou"])
def test_neither_a_syllable_nor_another_place_finds_a_city(catalogue, typed):
    assert snapshot().find(Wanted(("case",), (typed,))).count == 0


def test_a_word_of_english_is_no_syllable(catalogue):
    found = everything(snapshot(), "men")
    assert not {each for each in found if "xiamen" in each}


@pytest.mark.parametrize(
    "typed", ["Hāěrbīn", "Haěrbin", "Hāerbin", "Haerbin", "Hā'ěrbīn", "Hā ěr bīn", "Xià mén"]
)
def test_accents_count_neither_together_nor_apart(catalogue, typed):
    assert len(of_city(typed)) == 1


def test_a_place_that_is_not_held_is_meant_to_the_letter_and_a_word_of_english_is_not():
    held = snapshot_of(
        texts("My nan has a new street in Xianning", "They read by the bath and barked at a nice mobile")
    )
    for typed in ("Nanning", "Nan-ning", "Xian", "Xi-an"):
        assert find(held, typed).count == 0, typed
    for typed in ("nans", "reading", "baths", "barking", "nice"):
        assert find(held, typed).count == 1, typed


@pytest.mark.parametrize("typed", ["hsiamen", "hsia men", "Hsia-men", "HSIA-MEN"])
def test_the_name_is_marked_as_it_is_shown(db, typed):
    make_case("A lagoon", city=make_city("Xiamen", other_names="Hsia-men\nAmoy"))
    hits = snapshot().find(Wanted(("case",), (typed,)))
    match = Highlighter(hits.shown_words).show("A lagoon", [Passage("Xiamen, Hsia-men, Amoy")])
    assert hits.count == 1
    assert [part.text for part in match.snippets[0].segments if part.marked] == ["Hsia-men"]


@pytest.mark.parametrize(
    ("district", "city"), [("Tianhe", "guangzhou"), ("Yuexiu", "guangzhou"), ("Haishu", "ningbo")]
)
def test_a_district_finds_its_city_and_the_cases_there_before_what_the_city_gave_its_name_to(
    catalogue, district, city
):
    first = everything(snapshot(), district)[:2]
    assert f"city:{city}" in first
    assert not any(each.startswith("article:") for each in first)


@pytest.mark.parametrize(
    "typed", ["旅顺", "Lushun", "Lüshun", "旅顺口", "Lüshunkou", "晋安", "Jin'an District"]
)
def test_a_district_is_known_by_its_short_names(catalogue, typed):
    assert of_city(typed) == {"dalian" if "顺" in typed or "shun" in typed else "fuzhou"}


@pytest.mark.parametrize("typed", ["pediatric", "paediatrics", "paediatric center", "儿科"])
def test_paediatrics_finds_paediatricians(catalogue, typed):
    assert of_city(typed) == {"guangzhou"}
