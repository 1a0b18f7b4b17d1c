"""Near marks become one: nothing is lost, nothing touches."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from maps.gathering import Spot, gathered

POINTS = st.lists(
    st.tuples(st.integers(0, 250), st.integers(0, 200), st.integers(0, 400)), min_size=0, max_size=120
)


@given(POINTS, st.sampled_from([26.0, 37.0]))
def test_every_spot_is_in_one_mark_and_no_two_marks_are_near(points, apart):
    spots = [Spot(number, x, y, weight) for number, (x, y, weight) in enumerate(points)]
    marks = gathered(spots, apart)
    assert sorted(spot.key for mark in marks for spot in mark.spots) == list(range(len(spots)))
    assert sum(mark.weight for mark in marks) == sum(spot.weight for spot in spots)
    for number, mark in enumerate(marks):
        assert all(hypot(mark.x - o.x, mark.y - o.y) >= apart for o in marks[number + 1 :])


def test_spots_far_apart_stay_where_they_are():
    marks = gathered([Spot("a", 0, 0, 1), Spot("b", 100, 0, 5)], 26)
    assert [(mark.x, mark.y, mark.is_group) for mark in marks] == [(100, 0, False), (0, 0, False)]


def test_a_group_names_its_heaviest_first_and_stands_where_their_weight_balances():
    [mark] = gathered([Spot("a", 0, 0, 1), Spot("b", 20, 0, 3)], 26)
    assert [spot.key for spot in mark.spots] == ["b", "a"]
    assert (mark.x, mark.weight) == (15, 4)


def test_the_order_of_the_spots_does_not_matter():
    spots = [Spot(number, number * 7 % 90, number * 13 % 80, number % 5) for number in range(60)]
    assert gathered(spots, 26) == gathered(spots[::-1], 26)


def test_a_group_that_comes_near_another_mark_takes_it_too():
    spots = [Spot("a", 31, 0, 8), Spot("b", 30, 0, 7), Spot("c", 8, 0, 2), Spot("d", 16, 0, 2)]
    [mark] = gathered(spots, 20)
    assert [spot.key for spot in mark.spots] == ["a", "b", "c", "d"]
