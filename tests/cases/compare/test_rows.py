"""What differs is marked exactly when values differ; what several have is said of each of them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cases.compare.rows import MOST_ITEMS, Item, Part, Row, cell, shown

KEYS = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=5)


def row_of(cells, **more):
    return Row("Matter", [cell(Item(key, str(key)) for key in keys) for keys in cells], **more)


def values(keys):
    return Counter(key for key in keys if key is not None)


@given(st.lists(KEYS, min_size=1, max_size=4))
def test_a_row_differs_exactly_when_two_of_its_cells_hold_other_values(cells):
    wanted = any(values(one) != values(other) for one in cells for other in cells)
    assert row_of(cells).differs is wanted


@given(st.lists(KEYS, min_size=2, max_size=4), st.randoms())
def test_the_order_of_values_and_of_things_makes_no_difference(cells, random):
    turned = [random.sample(keys, len(keys)) for keys in random.sample(cells, len(cells))]
    assert row_of(cells).differs is row_of(turned).differs


@given(st.lists(st.lists(st.integers(0, 4), max_size=5, unique=True), min_size=2, max_size=4))
def test_each_value_says_how_many_have_it_and_nothing_where_it_stands_alone(cells):
    for own in row_of(cells, tells_shared=True).cells:
        for item in own.items:
            count = sum(item.key in keys for keys in cells)
            every = len(cells)
            words = (
                f"in {count} of {every}"
                if count < every
                else ("in both" if every == 2 else f"in all {every}")
            )
            assert item.shared_by == (words if count > 1 else "")


def test_a_label_without_a_value_is_no_value():
    assert not row_of([[None], []]).differs
    assert row_of([[None], [1]]).differs


def test_a_long_cell_is_cut_and_says_by_how_much():
    own = cell((Item(number, str(number)) for number in range(MOST_ITEMS + 7)), "/list/")
    assert (len(own.items), own.more, own.more_url) == (MOST_ITEMS, 7, "/list/")


def test_only_what_differs_can_be_shown_and_parts_without_a_row_are_left_out():
    same, other = row_of([[1], [1]]), row_of([[1], [2]])
    parts = [Part("a", "A", "", [same, other]), Part("b", "B", "", [same])]
    assert [part.rows for part in shown(parts, False)] == [[same, other], [same]]
    assert [part.rows for part in shown(parts, True)] == [[other]]
