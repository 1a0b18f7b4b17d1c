"""Names find room or are left out."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from maps.labels import Disc, overlap, placed, width

NAMES = st.sampled_from(["Xi'an", "Guangzhou", "哈尔滨"])
DISCS = st.lists(
    st.tuples(
        st.floats(0, 400),
        st.floats(0, 300),
        st.floats(4, 17),
        st.sampled_from(["Xi'an", "Guangzhou", "哈尔滨"]),
    ),
    max_size=40,
)


@given(DISCS)
def test_no_name_is_over_another_or_over_a_mark_or_beyond_the_edge(made):
    discs = [Disc(x, y, radius) for x, y, radius, _name in made]
    labels = [each for each in placed(discs, [[name] for *_disc, name in made], 13, (400, 300)) if each]
    assert not any(overlap(one.box, other.box) for one, other in combinations(labels, 2))
    for label in labels:
        left, top, right, bottom = label.box
        assert left >= 0 and right <= 400 and top >= 0 and bottom <= 300
        for disc in discs:
            square = (disc.x - disc.radius, disc.y - disc.radius, disc.x + disc.radius, disc.y + disc.radius)
            assert not overlap(label.box, square)


def test_a_name_stands_right_of_its_mark_where_it_can_and_the_shorter_where_the_fuller_cannot():
    discs = [Disc(100, 100, 5)]
    [label] = placed(discs, [["Xiamen"]], 13, (400, 300))
    assert (label.text, label.anchor) == ("Xiamen", "start")
    assert label.x > 105
    [label] = placed(discs, [["A very long list of cities, and one more", "Two more"]], 13, (200, 200))
    assert label.text == "Two more"


def test_what_finds_no_room_is_left_out():
    assert placed([Disc(20, 20, 5)], [["Shijiazhuang"]], 13, (40, 40)) == [None]


def test_a_chinese_character_is_as_wide_as_it_is_high():
    assert width("石家庄") == 3
    assert width("il") < width("mw")
