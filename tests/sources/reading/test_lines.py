import pytest

from sources.reading import ReadingError
from sources.reading.lines import Lines, ends_sentence, even, letters, plain, slug, spaced, strip, unbulleted
from sources.reading.records import LineUse, Noise


def test_lines_are_split_at_newlines_only():
    lines = Lines("x", "one\x0bstill one\u2028and still\n\r\ntwo")
    assert len(lines) == 3
    assert lines.filled() == [1, 3]


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u3000", "\u200b", "\ufeff", "\u2800", "\r"])
def test_a_line_of_any_blank_is_blank(blank):
    assert Lines("x", f"one\n{blank}\ntwo").filled() == [1, 3]
    assert strip(f"{blank}one{blank}") == "one"


def test_even_keeps_every_place():
    text = "a\xa0\xa0b\u200bc\td"
    assert even(text) == "a  b c d"
    assert len(even(text)) == len(text)


def test_plain_drops_the_invisible_and_joins_blanks():
    assert plain("\ufeffKey\u200b \xa0 Mea\u00adsures ") == "Key Measures"


def test_spaces_of_a_pattern_stand_for_any_blanks_or_none():
    pattern = spaced("surface area")
    assert all(pattern.fullmatch(text) for text in ("Surface area", "SURFACE\xa0\xa0AREA", "surfacearea"))


@pytest.mark.parametrize("line", ["- Abstract", " - Abstract", "-\xa0Abstract", "• Abstract"])
def test_the_bullet_of_the_converter_is_left_out(line):
    assert unbulleted(line) == "Abstract"


def test_a_hyphen_without_a_blank_is_no_bullet():
    assert unbulleted("-3 degrees") == "-3 degrees"


def test_names_are_compared_by_letters_and_digits():
    assert letters("Hong Kong") == letters("Hongkong") == letters("HONG-KONG")
    assert slug("Hong  Kong") == "hong-kong"


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("It rained.", True),
        ("“It rained.”", True),
        ("as follows:", True),
        ("a park", False),
        ("parks,", False),
    ],
)
def test_prose_ends_as_a_sentence_does(line, ends):
    assert ends_sentence(line) is ends


def test_an_empty_text_is_refused():
    with pytest.raises(ReadingError, match="the text is empty"):
        Lines("x", " \n\xa0\n")


def test_uses_come_in_order_with_their_record_or_noise():
    lines = Lines("x", "one\n\ntwo")
    lines.noise(3, Noise.STRAY_SYMBOL)
    lines.record(1, "a / title")
    assert lines.uses() == (LineUse(1, "a / title", None), LineUse(3, None, Noise.STRAY_SYMBOL))


def test_a_line_that_nobody_used_is_refused_with_what_to_add():
    lines = Lines("prize", 'one\n\nthe "odd" \\ line' + "x" * 100)
    lines.record(1, "a / title")
    with pytest.raises(ReadingError) as caught:
        lines.uses()
    message = str(caught.value)
    assert caught.value.line == 3
    assert "prize, line 3: no rule covers this line" in message
    assert "sources/data/rulings/prize.toml" in message
    assert 'printed = "the \\"odd\\" \\\\ line' in message
    assert len(caught.value.text) == 80


def test_a_line_is_used_once():
    lines = Lines("x", "one")
    lines.record(1, "a / title")
    with pytest.raises(ReadingError, match="two rules claim this line"):
        lines.noise(1, Noise.TITLE_PAGE)
