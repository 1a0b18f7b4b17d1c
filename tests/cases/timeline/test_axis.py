"""Dates as places on a line of years: as wide as they are precise, in order, within the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.timeline.axis import MARGIN, Axis, Span, axis_of, span_of


@pytest.mark.parametrize(
    ("date", "begin", "end"),
    [
        ("2017", 2017, 2018),
        ("2017-01", 2017, 2017 + 31 / 365),
        ("2016-12-31", 2016 + 365 / 366, 2017),
        ("198X", 1980, 1990),
        ("18XX", 1800, 1900),
        ("2020/2021", 2020, 2022),
        ("/2020", None, 2021),
        ("2020/", 2020, None),
    ],
)
def test_a_date_is_as_wide_as_it_is_precise(date, begin, end):
    span = span_of(date)
    assert (span.begin, span.end) == (
        pytest.approx(begin) if begin else None,
        pytest.approx(end) if end else None,
    )


def test_a_few_dates_have_a_line_from_the_first_to_the_last():
    axis = axis_of([span_of("2012"), span_of("2049")])
    assert (axis.low, axis.high, axis.has_earlier, axis.has_later) == (2010, 2050, False, False)
    assert [tick.year for tick in axis.ticks] == ["2010", "2020", "2030", "2040"]
    assert [tick.place for tick in axis.ticks] == ["0.00", "25.00", "50.00", "75.00"]


def test_of_many_dates_those_far_out_lie_beyond_the_line():
    axis = axis_of([span_of("18XX"), *[span_of("2017")] * 20, *[span_of("2019")] * 20, span_of("2049")])
    assert (axis.low, axis.high, axis.has_earlier, axis.has_later) == (2017, 2020, True, True)
    assert (axis.left, axis.right) == (MARGIN, 100 - MARGIN)


def test_no_date_has_no_line():
    assert axis_of([]) is None


spans = st.tuples(st.integers(1000, 2099), st.integers(0, 150)).map(
    lambda own: Span(own[0], own[0] + own[1] + 1)
)


@given(st.lists(spans, min_size=1, max_size=60))
def test_every_line_holds_most_dates_and_writes_few_years_in_order(found):
    axis = axis_of(found)
    assert axis.low < axis.high
    inside = [span for span in found if axis.low <= span.first and span.last <= axis.high]
    assert len(inside) >= len(found) * 0.9 - 1
    places = [float(tick.place) for tick in axis.ticks]
    assert places == sorted(places)
    assert 1 <= len(places) <= 8
    assert axis.has_earlier == any(span.first < axis.low for span in found)
    assert axis.has_later == any(span.last > axis.high for span in found)


@given(st.integers(1000, 2000), st.integers(1, 500), st.floats(0, 1), st.floats(0, 1))
def test_later_stands_further_right(low, length, one, other):
    axis = Axis(low, low + length)
    first, second = sorted([low + one * length, low + other * length])
    assert -1e-6 <= axis.place(first) <= axis.place(second) <= 100 + 1e-6
