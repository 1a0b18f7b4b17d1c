"""Districts and counties find the city they are a part of, to the letter and behind what texts hold."""

import re

import pytest

from search.corpus import Document
from search.divisions import Division, Divisions
from search.engine import Snapshot
from search.highlights import Highlighter, Passage
from search.service import snapshot
from search.synonyms import Synonyms
from search.understanding import parse
from tests.factories import make_case, make_city
from tests.search.indexes import find, ids, index_of
from tests.web import ids as slugs

DIVISIONS = Divisions(
    [
        Division(("思明区", "Siming District", "思明", "Siming"), "Xiamen"),
        Division(("鼓楼区", "Gulou District", "鼓楼", "Gulou"), "Fuzhou"),
        Division(("鼓楼区", "Gulou District", "鼓楼", "Gulou"), "Nanjing"),
        Division(("长安区", "Chang'an District", "长安", "Chang'an"), "Shijiazhuang"),
        Division(("宾县", "Bin County"), "Harbin"),
    ]
)
TEXTS = [
    ("Xiamen\n厦门", "A lagoon"),
    ("Fuzhou\n福州", "A park like that of Xiamen"),
    ("Nanjing\n南京", "We change an old street"),
    ("Shijiazhuang\n石家庄", "A road to the drum tower called Gulou"),
    ("Harbin\n哈尔滨", "Bins for waste"),
]


@pytest.fixture(scope="module")
def library():
    documents = [
        Document(id, f"slug-{id}", {"names": names, "body": body}) for id, (names, body) in enumerate(TEXTS)
    ]
    return Snapshot(index_of(documents), Synonyms(), DIVISIONS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("思明", [0]),
        ("思明区", [0]),
        ("厦门思明区", [0]),
        ("Siming", [0]),
        ("SIMING", [0]),
        ("Si ming", [0]),
        ("Siming District", [0]),
        ("Siming lagoon", [0]),
        ("Siming park", []),
        ("鼓楼区", [1, 2, 3]),
        ("Chang'an", [3]),
        ("Changan", [3]),
        ("Chang an", [3]),
        ("Bin County", [4]),
        # No ending is taken off the name, and none put to it; who quotes wants what texts hold.
        ("Simings", []),
        ("change", [2]),
        ("an", [2]),
        ("bin", [4]),
        ('"Siming"', []),
        ("lagoon -Siming", [0]),
    ],
)
def test_a_division_finds_its_city_and_no_text_that_names_that_in_passing(library, typed, found):
    result = find(library, typed)
    assert (ids(result) if not result.is_partial else []) == found


def test_a_word_that_texts_hold_keeps_its_results_first(library):
    assert find(library, "Gulou").best(0, 10)[0][0] == 3
    assert ids(find(library, "Gulou")) == [1, 2, 3]


def test_results_of_a_common_word_are_not_pushed_down_by_a_rare_city():
    documents = [Document(0, "a", {"names": "Xiamen", "body": "A lagoon"})]
    documents += [Document(id, f"b-{id}", {"body": "Siming and " + "more " * 99}) for id in range(1, 30)]
    found = find(Snapshot(index_of(documents), Synonyms(), DIVISIONS), "Siming")
    assert [id for id, _score in found.best(0, 40)][-1] == 0
    assert found.count == 30


def test_no_word_is_corrected_to_a_division_and_none_of_its_names_is_corrected(library):
    assert find(library, "Simin").meanings[0].words[0].forms == ()
    assert find(library, "Siming").meanings[0].corrections == []


def test_it_is_said_whose_part_it_is(library):
    highlighter = Highlighter(find(library, "思明").shown_words)
    match = highlighter.show("A lagoon", [Passage("Xiamen, Amoy")])
    [reason] = match.reasons
    assert (reason.why, reason.found, reason.typed) == ("division", "Xiamen", "思明")
    assert reason.named == "思明区, Siming District"
    [reason] = Highlighter(find(library, "Si ming").shown_words).show("Xiamen", []).reasons
    assert reason.typed == "Si ming"


def test_texts_that_name_a_division_otherwise_are_found_before_its_city():
    documents = [
        Document(0, "a", {"names": "Xiamen", "body": "A lagoon"}),
        Document(1, "b", {"names": "Fuzhou", "body": "Partners in Siming District"}),
        Document(2, "c", {"names": "Xiamen", "body": "A canal in Siming"}),
    ]
    held = Snapshot(index_of(documents), Synonyms(), DIVISIONS)
    best = [id for id, _score in find(held, "思明").best(0, 10)]
    assert (set(best[:2]), best[2:]) == ({1, 2}, [0])


def test_without_divisions_there_is_nothing_else():
    assert Divisions().of(parse("Siming District").wanted) == {}
    assert not Divisions().knows(["思", "明"])


@pytest.mark.django_db
def test_a_change_of_a_city_is_known_with_the_next_search(client):
    city = make_city("Xiamen", divisions="思明区, Siming District, Siming")
    case = make_case("A lagoon", city=city)
    make_case("Another", city=make_city("Fuzhou"))
    assert slugs(client, "q=Siming") == [case.slug]
    said = re.sub("<[^>]+>", "", client.get("/cases/", {"q": "Siming"}).content.decode())
    assert "“思明区, Siming District” is a part of “Xiamen”" in said
    city.divisions = "海沧区, Haicang District, Haicang"
    city.save()
    assert slugs(client, "q=Siming") == []
    assert slugs(client, "q=Haicang") == [case.slug]
    type(city).objects.update(state="draft")
    assert snapshot().divisions.knows(["Haicang"]) is False


def test_a_district_that_no_text_holds_tells_more_than_a_common_word(library):
    """“Siming waste” is about Xiamen, as “Xiamen waste” is: only some of the words are there."""
    some = Division(("海曙区", "Haishu District", "海曙", "Haishu"), "Xiamen")
    texts = [("Xiamen", "A lagoon"), *((f"Town {n}", "A river and its park") for n in range(8))]
    documents = [
        Document(n, f"s-{n}", {"names": names, "body": body}) for n, (names, body) in enumerate(texts)
    ]
    state = Snapshot(index_of(documents), Synonyms(), Divisions([some]))
    found = find(state, "Haishu river")
    assert ids(found) == [0]
    assert len(found.near(0, 20)) == 8
