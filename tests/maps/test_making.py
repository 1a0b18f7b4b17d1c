"""Rings out of TopoJSON, simplified and written; one oddity a test."""

from maps.making import rings, simplified, written


def topology(*arcs, numbers, kind="Polygon"):
    """A file of one shape whose arcs are given in whole degrees, as steps."""
    shape = {"type": kind, "arcs": [numbers] if kind == "Polygon" else [[numbers]]}
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [list(arc) for arc in arcs],
        "objects": {"land": {"geometries": [shape]}},
    }


def test_arcs_are_joined_and_turned_round_where_they_are_named_so():
    one, two = [(0, 0), (10, 0), (0, 10)], [(0, 0), (0, 10), (10, 0)]
    wanted = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert list(rings(topology(one, two, numbers=[0, ~1]))) == [wanted]
    assert list(rings(topology(one, two, numbers=[0, ~1], kind="MultiPolygon"))) == [wanted]


def test_a_ring_across_the_antimeridian_goes_on():
    ring = [(179, 70), (-358, 0), (0, 1), (358, 0), (0, -1)]
    assert list(rings(topology(ring, numbers=[0]))) == [
        [(179, 70), (181, 70), (181, 71), (179, 71), (179, 70)]
    ]


def test_a_ring_around_the_pole_is_closed_along_it():
    ring = [(-180, -80), (120, 0), (120, 0), (119, 0), (-359, 0)]
    [found] = rings(topology(ring, numbers=[0]))
    assert found[:5] == [(-180, -80), (-60, -80), (60, -80), (179, -80), (180, -80)]
    assert found[5:] == [(180, -90), (-180, -90), (-180, -80)]


def test_points_that_hardly_stand_off_are_left_out_and_corners_are_kept():
    ring = [(0, 0), (5, 0.01), (10, 0), (10, 5), (10, 10), (0, 10), (0, 0)]
    assert simplified(ring, 0.1) == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert (5, 0.01) in simplified(ring, 0.001)


def test_an_island_too_small_to_be_seen_is_left_out():
    assert simplified([(0, 0), (0.01, 0), (0.01, 0.01), (0, 0)], 0.1) == []


def test_what_is_written_are_steps_in_hundredths_of_a_degree():
    assert written([(1.5, -2.25), (1.5, -2.251), (2, -2.25), (1.5, -2.25)]) == "150,-225 50,0 -50,0"
