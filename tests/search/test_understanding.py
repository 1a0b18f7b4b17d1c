import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.highlights import Highlighter
from search.understanding import MOST_LETTERS, MOST_WORDS, forms_of, parse
from tests.search.indexes import find, ids, snapshot_of, texts


def _read(text: str) -> tuple[list, list]:
    query = parse(text)
    return [part.text for part in query.wanted], [part.text for part in query.unwanted]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("water park", ["water", "park"], []),
        ("water  WATER, (water)", ["water"], []),
        ('"water park" lane', ["water park", "lane"], []),
        ("“water park”", ["water park"], []),
        ('"water park', ["water park"], []),
        ('water park"', ["water", "park"], []),
        ("water -park", ["water"], ["park"]),
        ('water -"car park"', ["water"], ["car park"]),
        ("low-carbon", ["low carbon"], []),
        ("- park", ["park"], []),
        ("--park", ["park"], []),
        ("water AND (park OR lane) NOT x", ["water", "AND", "park", "OR", "lane", "NOT", "x"], []),
        ("title:water^5 park~2 l*ne", ["title water", "5", "park", "2", "l ne"], []),
        ("海口市", ["海口市"], []),
        ("Haikou海口", ["Haikou", "海口"], []),
        ("２,945 ﬁre", ["2,945", "fire"], []),
        ("", [], []),
        ('!! -- … "" \'', [], []),
    ],
)
def test_what_is_read_from_a_text(text, wanted, unwanted):
    found, without = _read(text)
    if text.startswith(("title", "--")):  # punctuation parts nothing else than words
        wanted, found = " ".join(wanted).split(), " ".join(found).split()
    assert (found, without) == (wanted, unwanted) or (text == "--park" and without == ["park"])


def test_words_that_only_carry_a_sentence_may_be_missing():
    assert [part.text for part in parse("how to plan the city").needed] == ["plan", "city"]
    assert [part.text for part in parse("to be or not to be").needed] == ["to", "be", "or", "not"]
    assert [part.text for part in parse('"the city" of').needed] == ["the city"]


def test_more_words_than_are_read_are_counted():
    query = parse(" ".join(f"word{n}" for n in range(MOST_WORDS + 7)))
    assert (len(query.wanted), query.left_out) == (MOST_WORDS, 7)
    query = parse('"' + "word " * 100_000 + '" one')
    assert (_texts(query), query.left_out) == ([" ".join(["word"] * MOST_WORDS)], 100_001 - MOST_WORDS)
    query = parse("海" * 10_000 + " -park")
    assert (_texts(query), query.left_out) == (["海" * MOST_WORDS], 10_001 - MOST_WORDS)


def test_the_words_are_no_longer_than_links_can_repeat():
    query = parse(" ".join(f"{n:050}" for n in range(30)))
    assert (len(query.wanted), query.left_out) == (20, 10)
    assert len(query.searched) <= MOST_LETTERS + 2 * MOST_WORDS


def test_a_word_too_long_for_the_index_is_cut_and_stays_unknown():
    snapshot = snapshot_of(texts("a" * 59, "b" * 70))
    assert ids(find(snapshot, "a" * 59)) == [0]
    for typed in ("a" * 60, "a" * 10_000, "b" * 70):
        found = find(snapshot, typed)
        assert ids(found) == []
        assert len(found.meanings[0].unknown[0]) == 60


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("((water)) park's", "water park"),
        ('low-carbon -"car park" “a b”', 'low-carbon -"car park" "a b"'),
        ("Haikou海口市 water/park", "Haikou 海口市 water-park"),
        ("A.I. 2,945 A.I.'s (A.I.)", "A.I 2,945 A.I A.I"),
        ("園 園", "園 園"),
        ("Xi’an don't", "Xi'an don-t"),
    ],
)
def test_what_is_searched_for_is_said_again_in_short(typed, searched):
    assert parse(typed).searched == searched


def test_traditional_and_simplified_characters_are_one_word_shown_as_typed():
    [part] = parse("廣州 广州").wanted
    assert (part.text, part.tokens, part.times) == ("廣州", ("广", "州"), 2)
    assert parse("關於廣州").wanted[0].text == "關於廣州"
    assert [part.text for part in parse("關於 廣州").needed] == ["廣州"]


@pytest.mark.parametrize(
    ("typed", "is_name"),
    [
        ("Xi'an", True),
        ("xi’an", True),
        ("Chang'an's", True),
        ("Ha'er'bin", True),
        ("don't", False),
        ("we’ve", False),
        ("I'd", False),
        ("Xi-an", False),
        ('"Xi\'an"', False),
        ("5'an", False),
    ],
)
def test_an_apostrophe_before_a_syllable_makes_a_name(typed, is_name):
    assert parse(typed).wanted[0].is_name == is_name


def test_a_name_with_an_apostrophe_is_looked_for_to_the_letter_together_or_apart():
    library = snapshot_of(
        texts(
            "We change an old road", "The Chang an road, and change", "Changan", "Xianning", "Xi'an", "Chang"
        )
    )
    assert ids(find(library, "Chang'an")) == [1, 2]
    assert ids(find(library, "road Chang'an")) == [1]
    assert ids(find(library, "road -Chang'an")) == [0]
    assert ids(find(library, "Xi'an")) == [4]
    assert ids(find(library, "Xian")) == [4]
    for text in ("We change an old road", "We change roads"):
        without = snapshot_of(texts(text, "Xianning"))
        for typed in ("Chang'an", "Xi'an", "Xian"):
            assert find(without, typed).count == 0


def test_the_words_of_a_name_are_marked_to_the_letter():
    text = "The Chang an road, and we change an old one"
    marked = Highlighter(find(snapshot_of(texts(text)), "Chang'an").shown_words).mark(text)
    assert [each.text for each in marked if each.marked] == ["Chang an"]


def _texts(query) -> list[str]:
    return [part.text for part in query.wanted]


SIGNS = st.text(st.sampled_from(string.punctuation + "“”„«» \t-−ab海1"), max_size=60)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(max_size=300), SIGNS))
@example('"' * 5001)
@example("(" * 3000 + "a" + ")" * 3000)
@example('-"' * 2000)
@example("\ud800 a\udfff \x00")
def test_any_text_is_read_within_limits(text):
    query = parse(text)
    parts = [*query.wanted, *query.unwanted]
    assert sum(len(part.tokens) for part in parts) <= MOST_WORDS
    assert all(part.tokens and all(part.tokens) for part in parts)
    assert query.left_out >= 0
    again = parse(query.searched)
    assert (again.wanted, again.unwanted, again.left_out) == (query.wanted, query.unwanted, 0)
    assert [part.times for part in again.wanted] == [part.times for part in query.wanted]
    assert set(query.needed) <= set(query.wanted)
    assert bool(query.needed) == bool(query.wanted)


LIBRARY = snapshot_of(texts("water park", "a lane of cities", "海口 2,945", "A.I. colour"))


@settings(max_examples=400, deadline=None)
@example("", "0:1:2:3⺀4㇀5𠀀6")  # many words, one of them nowhere
@given(st.one_of(st.text(max_size=200), SIGNS), st.one_of(st.none(), st.text(max_size=40)))
@example("(" * 3000, None)
@example("water " * 2000, None)
@example('"' + "water " * 60 + '"', None)
def test_any_text_is_answered(text, other):
    found = find(LIBRARY, *([text] if other is None else [text, other]))
    best, near = found.best(0, 10), found.near(0, 10)
    assert found.count == len(best) <= 4
    assert not {id for id, _score in best} & {id for id, _score in near}
    assert len(found.best(1, 10)) == max(0, found.count - 1)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_forms_begin_with_what_was_typed_and_hold_no_empty_token(text):
    for part in parse(text).wanted:
        forms = forms_of(part)
        assert all(form.tokens and all(form.tokens) for form in forms)
        assert all(form.weight == 1.0 for form in forms)


def test_a_phrase_is_read_to_the_letter():
    snapshot = snapshot_of(texts("colour", "color", "low carbon", "lowcarbon"))
    assert ids(find(snapshot, "colour")) == [0, 1]
    assert ids(find(snapshot, '"colour"')) == [0]
    assert ids(find(snapshot, "low-carbon")) == [2, 3]
    assert ids(find(snapshot, '"low carbon"')) == [2]
