from search.vocabulary import Vocabulary
from tests.search.indexes import snapshot_of, texts


def test_words_are_counted_and_listed_by_how_they_begin_and_how_long_they_are():
    snapshot = snapshot_of(texts("canal canals", "Canal 2,945 cán", "b2b board"), pieces=2)
    vocabulary = Vocabulary(snapshot)
    assert [vocabulary.count(word) for word in ("canal", "canals", "can", "cana")] == [2, 1, 1, 0]
    assert vocabulary.beginning("ca", (5, 3)) == ["canal", "can"]
    assert vocabulary.beginning("ca", range(9)) == ["can", "canal", "canals"]
    assert vocabulary.beginning("b", range(9)) == ["board"]
    assert vocabulary.beginning("x", range(9)) == []


def test_the_singular_of_a_word_is_a_word_where_an_ending_is_all_that_parts_them():
    vocabulary = Vocabulary(snapshot_of(texts("Bee-eaters on a campus")))
    assert [vocabulary.count(word) for word in ("eater", "eaters", "campus", "campu")] == [1, 1, 1, 0]
