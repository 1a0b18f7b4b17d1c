import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Wanted
from search.models import Synonym
from search.service import snapshot
from search.synonyms import Synonyms, spellings
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
        ("pedal power", [0, 1, 2, 3]),
        ("power pedal", [2, 3]),
        ("spv", [4, 6]),
        ("special purpose vehicles", [4, 6]),
        ("elderly", [7, 9]),
        ("老人", [7, 9]),
        ("old folk", [7, 8, 9]),
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


def test_without_groups_there_is_nothing_else():
    parts = parse("special purpose vehicle").wanted
    assert Synonyms().of(parts) == {}
    assert Synonyms([(), ("",), ("…", "!")], [("", "?")]).of(parts) == {}


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=5),
    st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=5),
    st.text(max_size=60),
)
def test_any_groups_and_any_text_give_forms_of_typed_parts(groups, only_typed, text):
    parts = parse(text).wanted
    found = Synonyms(groups, only_typed).of(parts)
    assert set(found) <= set(parts)
    assert all(form.tokens and all(form.tokens) for forms in found.values() for form in forms)


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


def group(*words, only_typed=""):
    return Synonym.objects.create(words="\n".join(words), only_typed=only_typed, reason="They mean the same.")


def found_by(text):
    hits = snapshot().find(Wanted(("case",), (text,)))
    return [id for id, _score in hits.best(0, 10)]


def case(summary, **fields):
    return make.make_case(title="A case", city=make.make_city(), summary=summary, **fields).pk


@pytest.mark.django_db
def test_each_word_of_a_group_finds_the_others():
    elderly, bike = case("Services for the elderly"), case("A lane for bikes")
    group("elderly", "older people", "老年人")
    for typed in ("elderly", "older people", "老年人", "Older People"):
        assert found_by(typed) == [elderly]
    assert bike not in found_by("elderly")


@pytest.mark.django_db
def test_a_phrase_may_still_stand_apart():
    together, apart, other = case("Elderly care"), case("Old houses, and people"), case("Old houses")
    group("elderly", "old people")
    assert set(found_by("old people")) == {together, apart}
    assert other not in found_by("old people")


@pytest.mark.django_db
def test_what_is_only_typed_is_not_looked_for():
    bike, life = case("Lanes for bicycles"), case("The life cycle of a house")
    group("bicycle", "bike", only_typed="cycling")
    assert found_by("bike") == [bike]
    assert set(found_by("cycling")) == {bike, life}


@pytest.mark.django_db
def test_the_typed_word_comes_before_its_synonym_however_rare():
    typed = [case(f"Waste here and there, {n}") for n in range(8)]
    rare = case("Garbage, garbage and garbage")
    group("waste", "garbage")
    assert found_by("waste")[-1] == rare
    assert found_by("garbage")[0] == rare
    assert set(found_by("garbage")) == {rare, *typed}


@pytest.mark.django_db
def test_a_quoted_word_is_meant_to_the_letter():
    case("Garbage"), (waste := case("Waste"))
    group("waste", "garbage")
    assert found_by('"waste"') == [waste]


@pytest.mark.django_db
def test_a_misspelt_word_has_the_synonyms_of_the_one_that_was_meant():
    elderly, older = case("The elderly"), case("Older residents")
    group("elderly", "older residents")
    assert found_by("elderlly") == [elderly, older]


@pytest.mark.django_db
def test_a_run_of_chinese_is_cut_into_the_words_that_are_known():
    birds = case("Birds of the wetland in 海口")
    group("wetland", "湿地")
    assert found_by("海口的湿地") == [birds]
    assert found_by("海口湿地") == [birds]
    assert found_by("比特币") == []


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
