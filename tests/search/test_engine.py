"""What is found, counted and ordered, on small indexes that hold what a test says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import engine, meaning, orders, schema, weighing
from search.corpus import Document
from search.engine import Snapshot, Wanted
from search.synonyms import Synonyms
from tests.search.indexes import find, ids, index_of, snapshot_of, texts

# --- which documents


PARKS = snapshot_of(
    texts(
        "a park by the water",
        "water in the park",
        "car park, no water",
        "park only",
        "",
        "lane. Park by lane",
    )
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("park", [0, 1, 2, 3, 5]),
        ("park water", [0, 1, 2]),
        ('"water park"', []),
        ('"park by"', [0, 5]),
        ('"park by the water"', [0]),
        ('"by park"', []),
        ('"lane park"', [5]),
        ("park -water", [3, 5]),
        ('park -"car park"', [0, 1, 3, 5]),
        ("-park", [4]),
        ("-park -nothing", [4]),
        ("park -park", []),
        ('"park" -"by the"', [1, 2, 3, 5]),
    ],
)
def test_words_phrases_and_exclusions(typed, found):
    assert ids(find(PARKS, typed)) == found


def test_a_phrase_does_not_run_from_one_text_into_the_next():
    snapshot = snapshot_of([Document(0, "a", {"title": "water", "names": "park", "body": "lane"})])
    assert ids(find(snapshot, "water park lane")) == [0]
    assert ids(find(snapshot, '"water park"')) == []


def test_where_all_words_are_nowhere_those_with_most_of_the_weight_are_results():
    snapshot = snapshot_of(texts(*["park"] * 6, "park lane", "zeppelin", "nothing"))
    assert (find(snapshot, "park lane").is_partial, ids(find(snapshot, "park lane"))) == (False, [6])
    assert (find(snapshot, "park zeppelin").is_partial, ids(find(snapshot, "park zeppelin"))) == (True, [7])
    assert ids(find(snapshot, "park bucephalus")) == []
    assert ids(find(snapshot, "bucephalus")) == []


def test_near_holds_the_rest_of_what_has_some_of_the_words():
    found = find(PARKS, "water park lane")
    assert found.is_partial
    near = {id for id, _score in found.near(0, 10)}
    assert near | set(ids(found)) == {0, 1, 2, 3, 5}
    assert not near & set(ids(found))
    assert find(PARKS, "bucephalus").near(0, 10) == []
    assert find(PARKS).near(0, 10) == []


def test_nothing_is_found_in_an_empty_index():
    found = find(snapshot_of([]), "park -lane")
    assert (found.count, found.best(0, 10), found.near(0, 10), found.sorted("title", False, 0, 10)) == (
        0,
        [],
        [],
        [],
    )
    assert found.tallies(["theme"]) == {"theme": {}}


# --- any catalogue of few words, against a plain reading

WORDS = ("park", "lane", "water", "zoo")
BODIES = st.lists(st.lists(st.sampled_from(WORDS), max_size=4), max_size=8)
TYPED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)


@settings(max_examples=150, deadline=None)
@given(BODIES, TYPED, st.lists(st.sampled_from(WORDS), max_size=1), st.integers(1, 3))
def test_results_and_near_of_any_catalogue(bodies, wanted, unwanted, pieces):
    snapshot = snapshot_of(texts(*map(" ".join, bodies)), pieces=pieces)
    found = find(snapshot, " ".join([*wanted, *(f"-{word}" for word in unwanted)]))
    free = [n for n, body in enumerate(bodies) if not set(body) & set(unwanted)]
    every = [n for n in free if set(wanted) <= set(bodies[n])]
    some = {n for n in free if set(wanted) & set(bodies[n])}
    results, near = ids(found), {id for id, _score in found.near(0, 20)}
    assert found.count == len(results)
    if every:
        assert results == every
        assert not found.is_partial
    assert set(results) <= some
    assert near == some - set(results)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), min_size=1, max_size=9), TYPED)
def test_pages_of_the_best_are_complete_and_without_doubles(bodies, wanted):
    snapshot = snapshot_of(texts(*map(" ".join, bodies)), pieces=3)
    found = find(snapshot, " ".join(wanted))
    for ranked, whole in ((found.best, found.count), (found.near, len(found.near(0, 100)))):
        every = ranked(0, 100)
        assert len(every) == len({id for id, _score in every}) == whole
        assert [score for _id, score in every] == sorted((score for _id, score in every), reverse=True)
        assert [row for at in range(0, 10, 2) for row in ranked(at, 2)] == every
        assert ranked(whole, 5) == ranked(0, 0) == []


# --- filters and their counts

VALUES = {"city": "abc", "theme": "xyz", "goal": "123"}


@st.composite
def filed(draw):
    """Documents with values for three filters, one of them with many values each."""
    return [
        Document(
            n,
            f"s{n}",
            {"body": draw(st.sampled_from(["park", "lane"]))},
            {
                "city": [draw(st.sampled_from(VALUES["city"]))],
                "theme": draw(st.lists(st.sampled_from(VALUES["theme"]), unique=True)),
                "goal": draw(st.lists(st.sampled_from(VALUES["goal"]), unique=True)),
            },
        )
        for n in range(draw(st.integers(0, 10)))
    ]


CHOICES = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from(values + "9"), max_size=2, unique=True)
        for name, values in VALUES.items()
    }
)


@settings(max_examples=150, deadline=None)
@given(filed(), CHOICES, st.sampled_from(["", "park"]))
def test_counts_are_what_choosing_a_value_alone_in_its_group_gives(documents, choices, typed):
    snapshot = snapshot_of(documents, pieces=2)

    def expected(chosen) -> list[int]:
        return [
            each.id
            for each in documents
            if all(not values or set(values) & set(each.terms[name]) for name, values in chosen.items())
            and (not typed or typed == each.texts["body"])
        ]

    for _again in range(2):  # what is counted once for each state of the index stays what it is
        found = find(snapshot, *filter(None, [typed]), **choices)
        assert ids(found) == expected(choices)
        for name, counts in found.tallies(list(VALUES)).items():
            wanted = {value: len(expected(choices | {name: [value]})) for value in VALUES[name]}
            assert counts == {value: count for value, count in wanted.items() if count}
            assert found.tally(name) == counts


@settings(max_examples=100, deadline=None)
@given(filed(), CHOICES, st.sampled_from(["park", "park lane", "park zeppelin"]), st.integers(0, 3))
def test_what_is_counted_beside_is_what_is_counted_when_asked(documents, choices, typed, offset):
    snapshot = snapshot_of(documents, pieces=2)
    asked = find(snapshot, typed, **choices)
    wanted = asked.is_partial, asked.count, asked.tallies(list(VALUES)), asked.best(offset, 2)
    beside = snapshot.find(asked.wanted, tuple(VALUES))
    snapshot.counted.clear()
    beside.begin()
    best = beside.best(offset, 2)  # before anything is known of how many there are
    assert (beside.is_partial, beside.count, beside.tallies(list(VALUES)), best) == wanted


# --- pages in an order


def _titled(keys: list[str]) -> list[Document]:
    return [
        Document(
            n, f"case-{n:04}", {"title": "case", "body": "odd" if n % 2 else "even"}, sorts={"title": key}
        )
        for n, key in enumerate(keys)
    ]


LONG = "a long beginning that hundreds of titles have "
TITLES = [
    *(f"{n % 7:02} {LONG}" for n in range(300)),
    *(f"{LONG}{n:03}" for n in range(300)),
    *("" for _ in range(150)),
    *("équal" for _ in range(250)),
    *(chr(0x4E00 + n) for n in range(100)),
]


@pytest.fixture(scope="module")
def many():
    return snapshot_of(_titled(TITLES), pieces=4)


@pytest.mark.parametrize("typed", [(), ("odd",)])
@pytest.mark.parametrize("is_down", [False, True])
def test_every_page_of_an_order_deep_or_shallow(many, typed, is_down, monkeypatch):
    found = find(many, *typed)
    chosen = [n for n in range(len(TITLES)) if not typed or n % 2]
    keyed = sorted((n for n in chosen if TITLES[n]), key=lambda n: n)
    keyed.sort(key=lambda n: TITLES[n].encode(), reverse=is_down)
    expected = keyed + [n for n in chosen if not TITLES[n]]
    deep = [id for at in range(0, len(expected), 20) for id in found.sorted("title", is_down, at, 20)]
    assert deep == expected
    monkeypatch.setattr(orders, "_SHALLOW", 10**9)
    assert [
        id for at in range(0, len(expected), 20) for id in found.sorted("title", is_down, at, 20)
    ] == expected
    monkeypatch.setattr(orders, "_SHALLOW", 0)
    for at, size in [(1, 7), (299, 301), (555, 1), (len(expected) - 1, 20), (len(expected), 20), (10**6, 20)]:
        assert found.sorted("title", is_down, at, size) == expected[at : at + size]


def test_words_known_by_their_beginning_most_used_first():
    snapshot = snapshot_of(texts("park parking", "park", "parade", "lane"))
    assert snapshot.known("par", 2)[0] == ("park", 2)
    assert len(snapshot.known("par", 2)) == 2
    assert snapshot.known("zz", 5) == []


# --- which documents, and how well they fit


@settings(max_examples=100, deadline=None)
@given(BODIES, TYPED, st.integers(1, 3))
def test_what_is_counted_is_what_is_ranked(bodies, wanted, pieces):
    documents = [
        Document(
            n, f"slug-{n}", {"title": " ".join(body[:1]), "body": " ".join(body[1:]), "full": " ".join(body)}
        )
        for n, body in enumerate(bodies)
    ]
    snapshot = snapshot_of(documents, [("park", "zoo garden")], pieces=pieces)
    for text in (
        " ".join(wanted),
        f'"{" ".join(wanted)}"',
        f"{wanted[0]} -{wanted[-1]}",
        f"{' '.join(wanted)} nowhere",
    ):
        found = find(snapshot, text)
        for pair in (found._words, found._queries.joined(found._queries.some_words)):
            if pair is not None:
                matching, scored = (
                    {address.doc + address.segment_ord * 1_000 for _score, address in hits}
                    for hits in (
                        snapshot.searcher.search(query, 50).hits for query in (pair.matching, pair.scored)
                    )
                )
                assert matching == scored


def test_a_count_is_the_same_alone_and_beside_the_values_of_filters():
    documents = [
        Document(
            n,
            f"slug-{n}",
            {"body": "park" if n % 3 else "lane"},
            {"theme": ["a", "b"][: n % 3], "city": ["x"]},
        )
        for n in range(10)
    ]
    for wanted in (
        Wanted(("case",), ("park",)),
        Wanted(("case",)),
        Wanted(("case",), ("park",), {"theme": ["b"]}),
    ):
        alone = snapshot_of(documents).find(wanted)
        beside = snapshot_of(documents).find(wanted, ("theme", "city"))
        assert alone.count == beside.count > 0
        assert alone.tallies(["theme", "city"]) == beside.tallies(["theme", "city"])


def test_what_was_counted_without_a_filter_is_no_total_of_a_request_that_does_not_name_it():
    documents = [Document(n, f"slug-{n}", {}, {"theme": ["a"], "city": ["xy"[n % 2]]}) for n in range(10)]
    state = snapshot_of(documents)
    both = state.find(Wanted(("case",), (), {"theme": ["a"], "city": ["x"]}), ("theme", "city"))
    assert both.tally("city") == {"x": 5, "y": 5}
    assert state.find(Wanted(("case",), (), {"theme": ["a"]}), ("theme", "city")).count == 10


def test_weights_of_words_become_the_smallest_numbers_that_keep_their_shares():
    assert weighing.steps([]) == []
    assert weighing.steps([3.1, 2.9, 3.0]) == [1, 1, 1]
    assert weighing.steps([4.0, 2.0, 1.9]) == [2, 1, 1]
    assert max(weighing.steps([8.0, 1.0, 5.5, 3.1])) == 8
    assert min(weighing.steps([100.0, 0.01])) == 1


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 6, 100])
@pytest.mark.parametrize("typed", [(), ("park",), ("nothing",)])
def test_all_numbers_ascend_however_many_are_read_at_a_time(monkeypatch, at_once, typed):
    monkeypatch.setattr(orders, "_AT_ONCE", at_once)
    found = find(PARKS, *typed)
    assert list(found.ids()) == ids(found)


# --- documents that were taken out still lie in the index for a while


def _taken_out(*kept: str, gone: str):
    """A state whose only piece holds a document more than may be found."""
    index = index_of([*texts(*kept), Document(99, "gone", {"body": gone})])
    writer = index.writer(15_000_000, 1)
    writer.delete_documents_by_term("key", schema.key_of("case", 99))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Snapshot(index, Synonyms())


def test_words_of_documents_taken_out_are_no_words_any_more():
    snapshot = _taken_out("the parks", "a lane", gone="patent zeppelins parks")
    assert snapshot._dead
    assert not snapshot.is_word("patent")
    assert snapshot.frequency(["park"]) == 1
    assert snapshot.frequency(["zeppelin"]) == 0
    for typed in ("patnet", "zepelins", "zeppelins"):
        found = find(snapshot, typed)
        assert (found.count, [word.correction for word in found.meanings[0].words]) == (0, [""])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), BODIES, TYPED)
def test_results_do_not_depend_on_what_was_taken_out(gone, bodies, wanted):
    kept = [" ".join(body) for body in bodies]
    fresh, edited = snapshot_of(texts(*kept)), _taken_out(*kept, gone=" ".join(gone))
    for typed in (" ".join(wanted), f"{' '.join(wanted)} nowhere"):
        assert ids(find(edited, typed)) == ids(find(fresh, typed))


def test_of_many_that_hold_a_word_some_taken_out_may_be_counted_but_never_where_none_is_left(monkeypatch):
    monkeypatch.setattr(engine, "_COUNTED_EXACTLY", 0)
    snapshot = _taken_out("the parks", "more parks", gone="zeppelins parks")
    assert snapshot.frequency(["park"]) == 3
    assert snapshot.frequency(["more"]) == 1
    assert snapshot.frequency(["zeppelin"]) == 0
    assert not snapshot.is_word("zeppelins")


def test_phrases_of_common_words_are_looked_for_as_phrases_as_long_as_that_takes_no_time(monkeypatch):
    monkeypatch.setattr(meaning, "_PHRASED_ANYHOW", 0)
    snapshot = snapshot_of(
        texts("red park", "park red", "red park by blue lane", "lane blue red park", "a zeppelin")
    )
    three = '"red park" "blue lane" "lane blue"'
    # Their rarest words stand in eight of five documents: they are looked for as words.
    found = find(snapshot, three)
    assert (found.meanings[0].loosened, ids(found)) == (("red park", "blue lane", "lane blue"), [2, 3])
    # What must not be there is then not looked for: without one of its words alone, more would be taken away.
    found = find(snapshot, '"red park" "park red" -"blue lane"')
    assert (len(found.meanings[0].loosened), ids(found)) == (3, [0, 1, 2, 3])
    assert ids(find(snapshot, '"red park" -"blue lane"')) == [0, 3]
    assert find(snapshot, '"red nowhere" "blue nowhere" "lane nowhere"').meanings[0].loosened == ()
    monkeypatch.undo()
    snapshot.kept.clear()
    assert find(snapshot, three).meanings[0].loosened == ()


def test_what_kind_of_place_it_is_may_follow_its_name():
    snapshot = snapshot_of(texts("毕节 织金", "毕节", "静安", "a lane"))
    assert ids(find(snapshot, "织金县")) == [0]
    assert ids(find(snapshot, "毕节市织金县")) == [0]
    assert ids(find(snapshot, "静安区")) == [2]
    assert ids(find(snapshot, "区")) == ids(find(snapshot, "市区")) == []


def test_what_must_not_be_there_counts_written_together_apart_and_with_full_stops():
    snapshot = snapshot_of(texts("hong kong harbour", "an NGO", "N.G.O. of two", "NGOs", "a lane"))
    assert ids(find(snapshot, "-hongkong")) == [1, 2, 3, 4]
    assert ids(find(snapshot, "-NGO")) == ids(find(snapshot, "-N.G.O.")) == [0, 4]


def test_near_matches_are_counted_as_many_as_there_are():
    snapshot = snapshot_of(texts(*["water birds"] * 3, *["water"] * 30, *["birds"] * 2, "nothing"))
    found = find(snapshot, "water birds")
    assert (found.count, found.near_count) == (3, 32) == (3, len(found.near(0, 100)))
    assert find(snapshot, "zeppelin").near_count == find(snapshot).near_count == 0


def test_other_synonyms_leave_the_counts_and_meanings_of_a_state_alone():
    snapshot = snapshot_of(texts("water", "wet"))
    other = snapshot.with_synonyms(Synonyms([("water", "wet")]))
    assert [find(each, "water").count for each in (snapshot, other, snapshot)] == [1, 2, 1]
