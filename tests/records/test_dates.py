import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records.dates import bounds, iso, label, validate_edtf


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", (2014, 1, 1), (2014, 12, 31)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2014-11-17", (2014, 11, 17), (2014, 11, 17)),
        ("198X", (1980, 1, 1), (1989, 12, 31)),
        ("18XX", (1800, 1, 1), (1899, 12, 31)),
        ("2020/2021", (2020, 1, 1), (2021, 12, 31)),
        ("2020-06/2021", (2020, 6, 1), (2021, 12, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day_a_date_can_mean(text, first, last):
    assert bounds(text) == (datetime.date(*first), datetime.date(*last))


def test_an_interval_without_a_start_is_open_there():
    assert bounds("/2020") == (datetime.date.min, datetime.date(2020, 12, 31))
    assert bounds("2020/") == (datetime.date(2020, 1, 1), datetime.date.max)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "17",
        "2014-13",
        "2014-02-30",
        "198X-01",
        "2014/2015/2016",
        "2014 ",
        "²014",
        "0000",
    ],
)
def test_what_is_not_a_date_is_refused_with_a_message(text):
    with pytest.raises(ValidationError, match="is not a date"):
        validate_edtf(text)


@pytest.mark.parametrize("text", ["2021/2020", "2014-12-31/2014-12-30", "199X/1989"])
def test_a_period_turned_round_is_told_so(text):
    with pytest.raises(ValidationError, match="ends before it starts"):
        validate_edtf(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("2014", "2014"),
        ("2018-06", "June 2018"),
        ("198X", "1980s"),
        ("2020/2021", "2020–2021"),
        ("/2020", "until 2020"),
        ("2020/", "from 2020"),
        ("18XX", "1800 to 1899"),
    ],
)
def test_a_label_says_no_more_than_the_date(text, words):
    assert label(text) == words


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text):
    try:
        validate_edtf(text)
    except ValidationError:
        return
    first, last = bounds(text)
    assert first <= last
    assert label(text)


@pytest.mark.parametrize("text", ["2014", "2016-02", "2014-11-17"])
def test_a_year_a_month_and_a_day_are_dates_of_iso_8601(text):
    assert iso(text) == text


@pytest.mark.parametrize("text", ["", "198X", "18XX", "2020/2021", "/2020", "1989/", "2014-13", "soon"])
def test_what_iso_8601_has_no_date_for_is_left_out(text):
    assert iso(text) == ""
