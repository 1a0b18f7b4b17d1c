"""Numbers as readers type them are understood, or refused with what to write instead."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.alike.numbers import NotANumber, plain, read, within
from cases.alike.words import apart_words, times


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12000", 12000),
        ("12,000", 12000),
        ("12 000", 12000),
        ("12\u00a0000", 12000),
        ("12\u202f000", 12000),
        ("12'000", 12000),
        ("2, 868", 2868),
        ("1.2 million", 1200000),
        ("1.2million", 1200000),
        ("1.2 Million", 1200000),
        ("1.234 million", 1234000),
        ("3 billion", 3 * 10**9),
        ("5 thousand", 5000),
        ("120万", 1200000),
        ("1.2 亿", 120000000),
        ("１２，０００", 12000),
        ("47.41", "47.41"),
        ("2542.670", "2542.670"),
        ("0.125", "0.125"),
        ("1,234,567.5", "1234567.5"),
        (" 7 ", 7),
        ("007", 7),
    ],
)
def test_numbers_with_separators_and_multipliers_are_understood(typed, number):
    assert read(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("abc", "is not a number"),
        ("12 people", "is not a number"),
        ("1e6", "is not a number"),
        ("NaN", "is not a number"),
        ("Infinity", "is not a number"),
        ("1.2.3", "is not a number"),
        ("12 00", "is not a number"),
        ("½", "is not a number"),
        ("٣٤", "is not a number"),
        ("1\x002", "is not a number"),
        ("million", "is not a number"),
        ("5,000x", "is not a number"),
        ("-3", "above zero"),
        ("−3", "above zero"),
        ("0", "above zero"),
        ("0.00", "above zero"),
        ("0 million", "above zero"),
        ("1,2 million", "decimals with a point"),
        ("1,2", "decimals with a point"),
        ("12.345,6", "decimals with a point"),
        ("1,20,000", "decimals with a point"),
        ("12.000", "two numbers"),
        ("1.234", "two numbers"),
        pytest.param("9" * 10_000_000, "more than 40 characters", id="10 million digits"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_write(typed, says):
    with pytest.raises(NotANumber, match=says) as refused:
        read(typed)
    assert len(str(refused.value)) < 200


def test_beyond_the_limits_is_refused_with_the_limits():
    assert within(Decimal(5), "5", Decimal(1), Decimal(10)) == 5
    with pytest.raises(NotANumber, match="from 1 to 10"):
        within(Decimal(11), "11", Decimal(1), Decimal(10))


@given(st.text(max_size=60) | st.from_regex(r"[-0-9.,'’ 万亿a-z]{0,45}", fullmatch=True))
def test_whatever_is_typed_is_a_number_above_zero_or_refused(typed):
    try:
        assert read(typed) > 0
    except NotANumber as error:
        assert str(error)


@given(st.decimals(min_value="0.01", max_value=10**10, places=3))
def test_links_carry_the_number_as_it_was_understood(number):
    assert read(plain(number)) == number


@given(st.integers(1, 10**10))
def test_grouped_and_plain_digits_are_the_same_number(number):
    assert read(f"{number:,}") == read(f"{number:,}".replace(",", " ")) == read(str(number)) == number


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.4, "1.4"),
        (9.96, "10"),
        (0.0526, "0.053"),
        (17.2, "17"),
        (1234.5, "1,200"),
        (2.0, "2"),
        (0.996, "1"),
    ],
)
def test_a_ratio_is_told_with_two_digits(ratio, words):
    assert times(ratio) == words


def test_nearly_the_same_is_told_so():
    assert apart_words("population", 1.04) == apart_words("population", 0.96) == "about as many people"
    assert apart_words("area_km2", 1.06) == "1.1 times the area"
