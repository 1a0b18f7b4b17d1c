import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.models import Synonym
from search.synonyms import Synonyms
from search.understanding import parse
from tests import factories as make
from tests.search.indexes import find, ids, snapshot_of, texts
from tests.web import ids as slugs

GROUPS = [
    ("bicycle", "cycling", "pedal power"),
    ("special purpose vehicle", "SPV"),
    ("old folk", "elderly", "老人"),
]
LIBRARY = texts(
    "A bicycle shed", "We walk in cycling lanes", "pedal power", "power of the pedal", "The SPV", "special vehicle",
    "a special purpose vehicle", "elderly people", "old and folk", "为老人"
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bicycle", [0, 1, 2]),
        ("bicycles", [0, 1, 2]),
        ("pedal power", [0, 1, 2]),
        ("power pedal", [2, 3]),
        ("spv", [4, 6]),
        ("special purpose vehicles", [4, 6]),
        ("elderly", [7, 9]),
        ("老人", [7, 9]),
        ("old folk", [7, 9]),
        ('"bicycle"', [0]),
        ('"SPV"', [4]),
        ("bicycle shed", [0]),
        ("bicycle lanes", [1]),
        ("bicycle -pedal", [0, 1]),
    ],
)
def test_words_of_a_group_find_each_other(typed, found):
    assert ids(find(snapshot_of(LIBRARY, GROUPS), typed)) == found


def test_what_was_typed_comes_before_its_synonyms():
    snapshot = snapshot_of(texts("cycling one two", "bicycle one two", "three four"), GROUPS)
    assert find(snapshot, "bicycle").best(0, 1)[0][0] == 1
    assert find(snapshot, "cycling").best(0, 1)[0][0] == 0


def test_without_groups_nothing_is_joined():
    parts = parse("special purpose vehicle").wanted
    assert Synonyms().join(parts) == list(parts)
    assert Synonyms([(), ("",), ("…", "!")]).of(parts[0]) == []


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=5), st.text(max_size=60))
def test_any_groups_and_any_text_keep_every_token(groups, text):
    parts = parse(text).wanted
    joined = Synonyms(groups).join(parts)
    assert [t for part in joined for t in part.tokens] == [t for part in parts for t in part.tokens]


@pytest.mark.django_db
def test_a_group_counts_from_the_next_search_on(client):
    make.make_case("Bicycle sheds", slug="shed")
    assert slugs(client, "q=velocipede") == []
    group = Synonym.objects.create(words="bicycle\nvelocipede", reason="an old word")
    assert slugs(client, "q=velocipede") == ["shed"]
    group.words = "bicycle\nboneshaker"
    group.save()
    assert slugs(client, "q=velocipede") == []
    assert slugs(client, "q=boneshaker") == ["shed"]
    Synonym.objects.all().delete()
    assert slugs(client, "q=boneshaker") == []
