"""The facts of a case: in order and numbered, and as marks that cover neither each other nor each other's numbers."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.timeline.axis import Axis, axis_of, span_of
from cases.timeline.strips import in_order, strip_of


def _facts(*dates: str, start: str = "") -> list:
    return in_order(start, [(f"k{n}", date, f"event {n}") for n, date in enumerate(dates)])


def test_facts_stand_by_date_and_are_numbered_the_start_is_not():
    facts = _facts("2018-06", "198X", "1988", "2018", start="2018")
    assert [(fact.date, fact.name) for fact in facts] == [
        ("198X", "1"),
        ("1988", "2"),
        ("2018", "start"),
        ("2018", "3"),
        ("2018-06", "4"),
    ]


def test_a_year_is_a_year_wide_and_a_month_a_month():
    strip = strip_of(_facts("2010", "2012-01", "2013/2014", "2020"))
    widths = [float(mark.width) for mark in strip.marks]
    full = strip.axis.high - strip.axis.low
    assert widths[0] == pytest.approx(100 / full, abs=0.01)
    assert widths[2] == pytest.approx(200 / full, abs=0.02)
    assert widths[1] < widths[0]


def test_one_date_alone_is_no_picture():
    assert not strip_of(_facts("2017")).marks
    assert not strip_of(_facts("2017", "2017")).marks
    assert not strip_of([]).marks
    assert strip_of(_facts("2017", start="2016")).marks


def test_a_fact_beyond_the_line_has_an_arrow_and_no_bar():
    axis = axis_of([span_of(date) for date in ["18XX", *["2017"] * 40, "2049"]])
    strip = strip_of(_facts("18XX", "2017", "2049", "2017/2049"), axis)
    assert [(mark.label, mark.is_beyond) for mark in strip.marks] == [
        ("◂1", True),
        ("2", False),
        ("3▸", False),
        ("4▸", True),
    ]
    assert strip.goes_beyond
    assert not strip_of(_facts("2016", "2017")).goes_beyond


def test_the_picture_is_said_in_words_in_both_languages():
    strip = strip_of(_facts("2017", "2019-06"))
    assert strip.described == "2 dates on a line of years, from 2017 to June 2019; the list names each."
    with translation.override("zh-hans"):
        assert strip.described == "年份轴上的2个日期，从2017年到2019年6月；列表中逐一说明。"


years = st.integers(1800, 2060).map(str)
months = st.tuples(years, st.integers(1, 12)).map(lambda own: f"{own[0]}-{own[1]:02}")
periods = st.tuples(st.integers(1800, 1999), st.integers(2000, 2060)).map(lambda own: f"{own[0]}/{own[1]}")
dates = st.one_of(years, months, periods, st.sampled_from(["198X", "18XX", "/2020", "2020/"]))


@given(st.lists(dates, min_size=2, max_size=15), st.one_of(st.just(""), years))
def test_marks_stay_within_the_picture_and_off_each_other(found, start):
    strip = strip_of(_facts(*found, start=start), Axis(1990, 2030, True, True))
    assert [mark.fact for mark in strip.marks] == strip.facts
    by_lane = {}
    for mark in strip.marks:
        x, width, text = float(mark.x), float(mark.width), float(mark.text)
        assert x >= -0.01
        assert x + width <= 100.01
        assert mark.y + 15 <= strip.foot
        for left, right in by_lane.get(mark.y, []):
            assert min(x, text) >= right - 0.02 or max(x + width, text) <= left + 0.02
        by_lane.setdefault(mark.y, []).append((min(x, text), max(x + width, text)))
