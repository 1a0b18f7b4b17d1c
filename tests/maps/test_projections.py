"""Both projections against values of PROJ 9.5.1 (`eqearth` and `laea` with `+R=1`), back again, and true to area."""

from math import isclose, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.projections import Azimuthal, EqualEarth

LONS = st.floats(-179.9, 179.9)
LATS = st.floats(-89.9, 89.9)
CENTRES = [(105, 35), (0, 90), (178, -20), (10, 52)]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ((0, 0), (0, 0)),
        ((180, 0), (2.70663, 0)),
        ((-180, 0), (-2.70663, 0)),
        ((0, 90), (0, 1.317363)),
        ((180, 90), (1.603589, 1.317363)),
        ((0, -90), (0, -1.317363)),
        ((116.4, 39.9), (1.552261, 0.77287)),
        ((-70.66, -33.45), (-0.977411, -0.656999)),
        ((-179.5, 65), (-1.931565, 1.151924)),
        ((25, 71), (0.25243, 1.2175)),
    ],
)
def test_equal_earth_is_that_of_its_authors(place, wanted):
    assert EqualEarth().forward(place) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("centre", "place", "wanted"),
    [
        ((105, 35), (105, 35), (0, 0)),
        ((105, 35), (126.65, 45.75), (0.261247, 0.217935)),
        ((105, 35), (-179, -18), (1.29778, -0.541584)),
        ((105, 35), (0, 89), (-0.019028, 0.927394)),
        ((0, 90), (105, 35), (0.89203, 0.239019)),
        ((0, 90), (0, 89), (0, -0.017453)),
        ((0, 90), (-179, -18), (-0.028239, 1.617788)),
        ((178, -20), (-179, -18), (0.049797, 0.03447)),
        ((178, -20), (179, -18), (0.016601, 0.034856)),
        ((178, -20), (10, 52), (-0.446199, 1.863255)),
        ((10, 52), (25, 71), (0.085585, 0.339555)),
    ],
)
def test_the_azimuthal_one_is_lamberts(centre, place, wanted):
    assert Azimuthal(*centre).forward(place) == pytest.approx(wanted, abs=1e-6)


def same(place, other) -> bool:
    return abs(place[1] - other[1]) < 1e-6 and abs((place[0] - other[0] + 180) % 360 - 180) < 1e-4


@given(LONS, LATS, st.floats(-180, 180))
def test_equal_earth_leads_back(lon, lat, middle):
    projection = EqualEarth(middle)
    assert same((lon, lat), projection.inverse(projection.forward((lon, lat))))


@given(LONS, st.floats(-89, 89), st.sampled_from(CENTRES))
def test_the_azimuthal_one_leads_back(lon, lat, centre):
    projection = Azimuthal(*centre)
    x, y = projection.forward((lon, lat))
    if x * x + y * y < 3.9:  # beside the point opposite the middle nothing can be told apart
        assert same((lon, lat), projection.inverse((x, y)))


@pytest.mark.parametrize("projection", [EqualEarth(11), *(Azimuthal(*centre) for centre in CENTRES)])
@pytest.mark.parametrize("place", [(20.0, 5.0), (110.0, 30.0), (60.0, -40.0), (25.0, 65.0)])
def test_both_are_true_to_area(projection, place):
    lon, lat = place
    step = 0.01
    corners = [(lon, lat), (lon + step, lat), (lon + step, lat + step), (lon, lat + step)]
    points = [projection.forward(corner) for corner in corners]
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    area = abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2
    on_the_globe = radians(step) * (sin(radians(lat + step)) - sin(radians(lat)))
    assert isclose(area, on_the_globe, rel_tol=1e-3)


def test_off_the_world_there_is_no_place():
    assert EqualEarth().inverse((0, 1.4)) is None
    assert EqualEarth().inverse((2.6, 1.3)) is None
    assert Azimuthal(10, 50).inverse((2, 0.1)) is None


def test_a_pole_is_a_line_in_one_and_a_point_in_the_other():
    assert EqualEarth().forward((90, 90)) != EqualEarth().forward((0, 90))
    assert Azimuthal(10, 80).forward((90, 90)) == pytest.approx(Azimuthal(10, 80).forward((0, 90)))


def test_what_lies_opposite_the_middle_is_not_shown_there():
    assert Azimuthal(0, 0).forward((180, 0)) == (2, 0)
    assert Azimuthal(0, 0).forward((-180, 0)) == (2, 0)
