import pytest

from sources.reading import ReadingError
from sources.reading.lines import Lines
from sources.reading.records import Ruling, RulingKind
from sources.reading.rulings import Rulings

from .samples import collection, line_of, read_collection, ruling


def test_a_ruling_stands_on_its_line():
    with pytest.raises(ReadingError, match="is not on its line"):
        read_collection(collection(), ruling("misread_word", 1, "no such words"))


@pytest.mark.parametrize("lines", [(0, 1), (3, 2), (1, 9999)])
def test_a_ruling_is_about_lines_of_the_text(lines):
    wrong = Ruling("x", RulingKind.MISREAD_WORD, *lines, "The", "the", "for the test")
    with pytest.raises(ReadingError, match="lines the text does not have"):
        read_collection(collection(), wrong)


def test_a_ruling_over_several_lines_stands_on_one_of_them():
    rulings = Rulings([Ruling("x", RulingKind.ORDER_LOST, 1, 3, "two", "", "r")], Lines("x", "one\n\ntwo"))
    assert rulings.take(2, RulingKind.ORDER_LOST)
    assert rulings.take(2, RulingKind.MISREAD_WORD) is None
    assert rulings.take(4, RulingKind.ORDER_LOST) is None


def test_two_rulings_have_two_keys():
    with pytest.raises(ReadingError, match="two rulings have the key"):
        read_collection(collection(), *[ruling("misread_word", 1, "The", key="x")] * 2)


def test_a_ruling_that_steers_nothing_is_refused():
    text = collection()
    line = line_of(text, "It rained") if "It rained" in text else line_of(text, "The gutters")
    with pytest.raises(ReadingError, match="changes nothing"):
        read_collection(text, ruling("header_ignored", line, "The gutters"))


def test_a_ruling_that_only_explains_changes_no_record():
    text = collection()
    explained = read_collection(text, ruling("misread_word", line_of(text, "Plant 40"), "Plant", "Set"))
    assert explained.document == read_collection(text).document
    assert [each.kind for each in explained.rulings] == ["title_from_contents", "misread_word"]
