import pytest

from listing.text import is_plain, plain, shown


@pytest.mark.parametrize("text", ["housing", "海口", "", "50 %", "Évora – 5G", "\u200fعربي"])
def test_what_people_type_is_plain(text):
    assert is_plain(text)


@pytest.mark.parametrize("text", ["a\x00", "\x07", "a\tb", "a\nb", "\x7f", "a\x85", "\ufffd", "\ud800"])
def test_controls_and_broken_text_are_not(text):
    assert not is_plain(text)
    assert is_plain(plain(f"{text} 海"))


def test_a_refused_value_is_shown_short_and_printable():
    assert shown("a\x00b") == "a\ufffdb"
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
